"""From a statement as it was printed to drafts of its units."""
