"""A numbered draft frozen: the map of its paragraphs, and the copies that are sent out."""
