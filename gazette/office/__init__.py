"""Helps an office to write the content: values written into YAML, tables exported and imported, translations."""
