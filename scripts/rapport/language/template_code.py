"""What in a page of the editor's is the template's code, and no text that is printed."""

from __future__ import annotations

import re

CODE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


def blank_code(text: str) -> str:
    """The page with spaces for its code: the words keep their lines and columns."""
    return CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
