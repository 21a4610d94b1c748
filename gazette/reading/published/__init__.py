"""What was published, as it is kept with the content, and whether the content still states it."""
