"""The file system: walking, locking, moving, caching, checksums."""
