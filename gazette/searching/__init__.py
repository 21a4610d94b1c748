"""Prepares the search: the tokens of texts, their weights, and the files in which a browser looks them up."""
