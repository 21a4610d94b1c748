"""What is stated in public, as plain facts and lines, and how two days differ."""
