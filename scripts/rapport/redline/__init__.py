"""Two states of the report laid one over the other: what was taken out and what was put in, in Word's own way."""
