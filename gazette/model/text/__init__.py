"""How the lines and the markup of texts are read."""
