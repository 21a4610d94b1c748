"""The live preview: a save is seen in the browser at once."""
