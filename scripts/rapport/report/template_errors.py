"""Why a template cannot be filled in, and where: the kind of mistake, for which both languages have a sentence."""

from __future__ import annotations

import re
from collections.abc import Collection

from jinja2 import TemplateNotFound, TemplateSyntaxError

from rapport.model import Span

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


class SlotCountError(Exception):
    """A template prints nowhere, or twice, what the report cannot be without: the template's path, and what."""


def place_of(error: Exception, templates: Collection[str]) -> Span | None:
    """The line of a template that an error comes from; None when it comes from the program itself."""
    if isinstance(error, TemplateSyntaxError):
        return Span(error.name or "chapters", error.lineno, 1, 1)
    if isinstance(error, SlotCountError):
        return Span(error.args[0])
    place = Span(str(error.name)) if isinstance(error, TemplateNotFound) else None
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename in templates:
            place = Span(trace.tb_frame.f_code.co_filename, trace.tb_lineno, 1, 1)
        trace = trace.tb_next
    return place


def reason_of(error: Exception) -> str:
    """The kind of a template's mistake, and after a tab the name or sign that it is about."""
    match error:
        case SlotCountError():
            return "once" + f"\t{{{{ {error.args[1]} }}}}"
        case TemplateNotFound():
            return "No such file or directory"
        case _:
            return _jinja_says(str(error))


def _jinja_says(said: str) -> str:
    """« jinja-name<tab>titre » for « 'dict object' has no attribute 'titre' »; a sentence of another form as it is."""
    for kind, form in KINDS:
        match = re.match(form, said, re.DOTALL)
        if match:
            it = next(filter(None, match.groups()), "")
            return f"{kind}\t{it}" if it else kind
    return said
