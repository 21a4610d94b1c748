"""Workbooks and other tables of an office, there and back; those for translators too."""
