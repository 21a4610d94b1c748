"""The live preview: the browser shows a saved change at once."""
