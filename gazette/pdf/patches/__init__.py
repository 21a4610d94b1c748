"""Patches that make WeasyPrint faster. Each can be left out, and changes no byte of a document."""
