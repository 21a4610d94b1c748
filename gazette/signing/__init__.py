"""The office's signature under what was built, and what a signature proves. Imported by `sign` and `verify` only."""
