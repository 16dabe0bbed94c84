"""Alembic runs the migrations here, on the connection that corpus.store.database hands over."""

from __future__ import annotations

from alembic import context
from sqlalchemy import text

from corpus.store.schema import metadata

connection = context.config.attributes["connection"]
if connection.dialect.name == "postgresql":
    connection.execute(text("SELECT pg_advisory_xact_lock(7067836)"))  # one program at a time changes the schema
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
