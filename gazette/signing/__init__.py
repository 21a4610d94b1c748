"""Signs the documents of a built site with the office's key, and verifies signatures. Only the commands `sign` and
`verify` import it."""
