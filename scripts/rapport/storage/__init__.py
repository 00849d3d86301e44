"""What is kept on disk: atomic writes, the lock, the cache, the manifest, encodings, YAML read strictly.

Everything in build/cache is a result kept under the digest of what it was made from and of the program's own version;
a damaged or missing entry is made again, and a cached build is the clean one byte for byte. `manifest` answers `make`
on an unchanged project before anything heavy is imported: it compares contents, not dates.
"""
