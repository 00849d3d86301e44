"""What the editor decides on the remarks of reviewers: recorded, written into the texts, and answered."""
