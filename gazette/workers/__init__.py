"""Where work runs: this process, others, other machines. Knows no content."""
