"""Where documents come from: the Kamer's OData interface, the official publications, a watched folder. See docs/pull.md."""
