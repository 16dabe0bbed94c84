"""The browser for these tests."""

from tests.browsing import axe, browser  # noqa: F401
