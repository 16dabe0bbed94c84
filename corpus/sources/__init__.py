"""Where documents come from: the Kamer (OData), the official publications (SRU), a folder. See docs/pull.md."""
