"""The open data in further forms, and the files that describe it."""
