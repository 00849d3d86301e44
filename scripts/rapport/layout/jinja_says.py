"""What Jinja2 says of a template that cannot be filled in, told by its kind so that it can be said in our languages."""

from __future__ import annotations

import re

GOT = r"(?:unexpected(?: char)?|Expected an expression, got|expected token .+?, got) "
# Jinja2 3.1's own sentences; a group is what they speak of.
KINDS = (
    ("jinja-open", r"Unexpected end of template\..*needs to be closed is '(.+?)'"),
    ("jinja-cut", GOT + r"'?end of (?:template|\w+ statement|statement block)"),
    ("jinja-sign", GOT + r"['\"](.+?)['\"](?: at \d+|,.*)?$"),
    ("jinja-tag", r"Encountered unknown tag '(.+?)'"),
    ("jinja-filter", r"No (?:filter|test) named '(.+?)'"),
    ("jinja-name", r"'(.+?)' is undefined|.* has no attribute '(.+?)'|.* object has no element (.+)"),
    ("jinja-comment", r"Missing end of comment tag"),
)


def reason(said: str) -> str:
    """« jinja-name<tab>titre » for « 'dict object' has no attribute 'titre' »; a sentence of another form as it is."""
    for kind, form in KINDS:
        match = re.match(form, said, re.DOTALL)
        if match:
            it = next(filter(None, match.groups()), "")
            return f"{kind}\t{it}" if it else kind
    return said
