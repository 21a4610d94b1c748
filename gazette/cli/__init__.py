"""The command line: what may be asked of the program, and what it prints."""
