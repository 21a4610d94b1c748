"""The files of a content folder: which there are, of what kind, and their text."""
