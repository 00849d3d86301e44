"""What is kept on disk: atomic writes, the lock, the cache, the manifest, encodings, YAML read strictly."""
