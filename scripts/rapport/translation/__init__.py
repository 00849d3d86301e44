"""The English edition: translations beside contributions, which follow what they translate; the report in English."""
