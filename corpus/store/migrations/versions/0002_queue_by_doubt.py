"""An index for the queue of the review page."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLUMNS = ["needs_review", "confidence", "document_id", "recommendation_id"]


def upgrade() -> None:
    """To this schema."""
    op.create_index("ix_codings_doubt", "codings", COLUMNS)


def downgrade() -> None:
    """Back to the one before."""
    op.drop_index("ix_codings_doubt", "codings")
