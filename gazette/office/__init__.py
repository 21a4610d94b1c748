"""What helps an office to write the content."""
