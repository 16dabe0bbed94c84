"""The review page: look at what the program found, beside the page of the PDF, and correct it.

`create_app(store, …)` makes the web application; flows.commands.review serves it. What a reviewer decides becomes a
correction in the store (corpus.store.corrections); nothing that the program found is ever changed.
"""

from flows.review.app import create_app

__all__ = ["create_app"]
