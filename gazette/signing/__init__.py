"""Gazette: the office's signature under what was built, and what a signature proves. Only the commands `sign` and
`verify` import it."""
