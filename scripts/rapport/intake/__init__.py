"""Files that associations send, made into contributions: nothing lost, every repair and every loss told."""
