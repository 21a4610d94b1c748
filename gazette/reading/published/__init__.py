"""Reads the records of what was published, and checks that the content still states it."""
