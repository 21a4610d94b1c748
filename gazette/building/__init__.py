"""From a content folder to the output folder: what is stale, having it made, writing it safely, saying why."""
