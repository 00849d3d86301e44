"""The comparison of two states of the report, in English."""

WORDS = {
    "author": "Collectif",
    "now": "texts of today",
    "now-slug": "now",
    "draft": "draft no. {number}",
    "header": "Comparison: {old} → {new}. What was added is underlined, what was deleted is struck out.",
    "written": "{path} written",
    "no-draft": 'no draft is frozen: "make draft" freezes one; or say what to compare, "make redline FROM=… TO=…"',
    "unknown-draft": "draft no. {typed} is not frozen; those that are: {known}",
    "unknown-state": '"{typed}" is neither a frozen draft ({known}) nor a git revision known here',
    "not-laid-out": 'the report cannot be laid out as it was ({name}); "make check" says why for the texts of today',
    "digest-title": "What changed in your passages: {old} → {new}",
    "digest-none": "Nothing changed in your passages.",
    "digest-key": "[-deleted words-] {+added words+}; numbers are those of the second state.",
    "changed": "Paragraph {where}, changed:",
    "added": "Paragraph {where}, added:",
    "moved": "Paragraph {where}, moved:",
    "removed": "Paragraph {where}, removed:",
}
