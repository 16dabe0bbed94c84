"""One module for each command: `add_arguments(parser)` and `main(arguments)`. Heavy imports stay inside main."""
