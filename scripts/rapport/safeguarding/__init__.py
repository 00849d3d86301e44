"""What could identify a child in a text: pure functions from prose to findings, and the register of reviewed names."""
