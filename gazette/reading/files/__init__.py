"""Lists the files of a content folder, finds their kinds, and reads their text."""
