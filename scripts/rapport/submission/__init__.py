"""The package that is handed in to the Committee.

Everything must be green before it is built (`readiness`), over the texts and the `registers` beside them; it is proved
before it is packed; it is packed beside the former package, read back, and only then takes its place (`package`).
`statement` says what was verified, and nothing else.
"""
