"""From files to records, with every problem in its place."""
