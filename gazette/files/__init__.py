"""Works with the file system: walks, locks, moves, caches, computes checksums."""
