"""What the rendered pages are held to: the editor's own prose, and the numbers that an English page must share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set

from rapport import rules
from rapport.language.names import nearest
from rapport.model import Body, Diagnostic, Report, Source, Span, span_at
from rapport.project.images import still_picture
from rapport.report.bilingual_templates import unlike_templates
from rapport.report.cross_references import unknown_places
from rapport.report.page_values import PageValues
from rapport.report.templates import Pages, render
from rapport.storage.cache import Cache

FENCE = re.compile(r"^(?:`{3,}|~{3,}|:{3,}).*$", re.MULTILINE)


def template_problems(
    rendered: Pages, body: Body, templates: Sequence[Source], keys: Mapping[str, str], names: Set[str],
    pictures: Set[str] = frozenset(),
) -> Iterator[Diagnostic]:  # fmt: skip
    """What the editor's own prose may not hold either: code, keys in no bibliography, blocks left open, dead links.

    `keys` are those that the templates may cite, `names` the places that they may link to, `pictures` the files there.
    """
    understood = rendered.passages(body)
    unread = [page.index for page in rendered.in_order if page.index not in understood]
    if unread:  # a fence left open has swallowed the pages after it
        culprit = rendered.in_order[max(unread[0] - 1, 0)].template
        yield Diagnostic(rules.TEMPLATE_ERROR, _last_fence(culprit, templates), {"reason": "open"})
    for find in body.finds:
        line = find.span.line
        if find.kind == "raw":
            yield Diagnostic(rules.RAW_CONTENT, rendered.place(line, find.value, templates), {"text": find.value})
        elif find.kind == "lost" and not unread:
            yield Diagnostic(rules.LOST_TEXT, rendered.place(line, find.value, templates), {"text": find.value})
        elif find.kind == "warning" and not (unread and "unclosed" in find.detail):
            reason = "open" if "unclosed" in find.detail else find.detail
            yield Diagnostic(rules.TEMPLATE_ERROR, rendered.place(line, "", templates), {"reason": reason})
        elif find.kind == "image" and not {find.value, still_picture(find.value)} <= pictures:
            span = rendered.place(line, find.value, templates)
            yield Diagnostic(rules.TEMPLATE_ERROR, span, {"reason": "chart"})
        elif find.kind == "citation" and find.value not in keys:
            span = rendered.place(line, f"@{find.value}", templates)
            yield Diagnostic(rules.UNKNOWN_CITATION, span, {"key": find.value, "nearest": nearest(find.value, keys)})
    yield from unknown_places(rendered, body, templates, names)


def _last_fence(path: str, templates: Sequence[Source]) -> Span:
    """The last line of a template that opens or closes a block: the one that another should follow."""
    text = next(template.text for template in templates if template.path == path)
    fences = list(FENCE.finditer(text))
    if not fences:
        return Span(path)
    return span_at(path, text, fences[-1].start(), len(fences[-1][0]))


def other_numbers(
    report: Report, english: Pages, body: Body, templates: Sequence[Source], values: PageValues, cache: Cache
) -> Iterator[Diagnostic]:
    """T12: English pages that would give what follows them other numbers than the French report has."""
    french, _ = render(report, templates, "fr", values)
    if french is not None:
        (read_in_french,) = french.read(cache)
        for path, was, now in unlike_templates(french.count_numbered(read_in_french), english.count_numbered(body)):
            yield Diagnostic(rules.OTHER_NUMBERS, Span(path), {"french": str(was), "english": str(now)})
