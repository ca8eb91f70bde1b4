"""One module a command, imported when the command is used; each parses, calls the library, prints."""
