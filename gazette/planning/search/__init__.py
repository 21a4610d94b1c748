"""The files of the search, and the records that it finds."""
