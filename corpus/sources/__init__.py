"""Where documents come from: the OData interface of the Kamer, the official publications, a folder. See docs/pull.md."""
