"""French and English: names folded, patterns, articles, acronyms, typography, figures and dates in prose."""
