"""Exports content as workbooks and tables for translators, and imports tables."""
