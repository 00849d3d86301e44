"""The editor's pages of a new report: those of the present one without what only it says, and the works they cite.

A page marks what is its report's own: {# ce rapport seulement #} … {# sinon : what stands there in another #}, or
« ce Comité seulement », which is kept for another report to the same Committee.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

OWN = re.compile(r"\{# ce (rapport|Comité) seulement #\}(.*?)\{# sinon :(.*?)#\}", re.DOTALL)
BLANK_LINES = re.compile(r"\n{3,}")
KEY = re.compile(r"@([\w-]+)")
ENTRY = re.compile(r"^@\w+\{([^,\s]+),.*?^\}\n?", re.MULTILINE | re.DOTALL)


def page_of_another(text: str, same_committee: bool) -> str:
    """A page as another report begins with it."""

    def other(match: re.Match[str]) -> str:
        return match[0] if match[1] == "Comité" and same_committee else match[3].strip()

    return BLANK_LINES.sub("\n\n", OWN.sub(other, text)).rstrip("\n") + "\n"


def works_cited(bibliography: str, pages: Iterable[str]) -> str:
    """The entries of a bibliography that pages still cite."""
    cited = {key for page in pages for key in KEY.findall(page)}
    entries = [match[0].rstrip("\n") for match in ENTRY.finditer(bibliography) if match[1] in cited]
    head = (
        "% Les références que le rapport peut citer : on ajoute ici celles des textes, une entrée BibLaTeX par ouvrage."
    )
    return "\n\n".join([head, *entries]) + "\n"
