"""Line setting, for Chinese and for words that fit nowhere. Required: without it documents are wrong."""
