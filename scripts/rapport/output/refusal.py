"""What an exporter says of a document that it cannot print."""


class Unprintable(ValueError):
    """The document holds what must not, or cannot, be printed: a bug upstream, never a user's slip."""
