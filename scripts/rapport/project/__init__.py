"""The project's folder: its texts read, its outline, its associations, its pictures, its agreements."""
