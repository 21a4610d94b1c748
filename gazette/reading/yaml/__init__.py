"""Parses YAML text into nodes that know their positions, with all problems of its syntax."""
