"""Letters: what each association is told about what it sent."""
