"""The form of a translator: the French line by line, beside each the place of its English; nothing confidential.

A line is known by the code above it (`ROW`): the passage and line as numbers, then stamps of its French and of the
English that was in it when the form was made. Words are what every program keeps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from rapport.forms.page import HOW, AnswerCell, Form, FormPart, PassageRow, letterhead
from rapport.language.names import with_spaces_of
from rapport.messages import translations
from rapport.model import Association, Contribution, Outline
from rapport.project.outline import title_in
from rapport.translation.block_shape import fit
from rapport.translation.file import REVISE
from rapport.translation.pairing import Pair, pair
from rapport.translation.passage_lines import TextLine, as_markdown, lines_of, stamp
from rapport.translation.source_blocks import originals
from rapport.translation.translations import Translation
from rapport.tree.anchors import namespace

FOLDER = "build/traductions"
ROW = re.compile(r"\s*(?P<passage>\d+)\.(?P<line>\d+)\s+·\s+(?P<french>[a-z]{6})(?:\s+·\s+(?P<english>[a-z]{6}))?\s*")


def translation_form(
    contribution: Contribution, outline: Outline, associations: Mapping[str, Association],
    before: Translation | None, language: str,
) -> Form | None:  # fmt: skip
    """The form of one text as its French is today; None where nothing of it may go round."""

    def say(name: str, /, **facts: object) -> str:
        return with_spaces_of(translations(name, language, **facts), language)

    whose = associations[contribution.association].name
    theme = next(
        (title_in(language, one) for one in outline.themes if one.id == contribution.theme), contribution.proposes
    )
    lines = (
        say("for", association=whose), say("on", theme=theme),
        translations("file", language, association=contribution.association, theme=contribution.theme),
    )  # fmt: skip
    pairs = before.pairing.pairs if before else pair(originals(contribution, outline), ()).pairs
    numbered = [(number, one) for number, one in enumerate(pairs, 1) if not one.original.confidential]
    own = namespace(contribution.association, contribution.theme)
    ask = AnswerCell("english", label=say("english"), prompt=say("prompt"))
    parts = []
    for at, (section, some) in enumerate(groupby(numbered, key=lambda one: one[1].original.section)):
        rows = tuple(row for number, one in some for row in _rows(number, one, before, own, language))
        heads = (say("french"), say("english"))
        if rows:
            parts.append(FormPart(f"part_{at}", title_in(language, section), ask, passages=rows, heads=heads))
    if not parts:
        return None
    return Form(
        language=language,
        title=say("title"),
        subtitle=say("subtitle"),
        lines=lines,
        how=tuple(map(say, HOW)),
        notes=(),
        card=(),
        parts=tuple(parts),
        date=outline.identity.date,
        letterhead=letterhead(outline, language),
    )


def english_lines(one: Pair, before: Translation | None, own: str, count: int) -> tuple[TextLine, ...] | None:
    """The English of a passage line by line; None where there is some of another form than its French."""
    if one.entry is None or not one.entry.english or before is None:
        return ((),) * count
    node = fit(one.original.node, before.body(one), one.original.places).node
    lines = lines_of(node, own) if node else ()
    return lines if len(lines) == count else None


def _rows(number: int, one: Pair, before: Translation | None, own: str, language: str) -> Iterator[PassageRow]:
    """The lines of one passage."""
    french = lines_of(one.original.node, own)
    english = english_lines(one, before, own, len(french))
    notices = tuple(_notices(one, english is None, language))
    for at, line in enumerate(french):
        so_far = english[at] if english else ()
        if as_markdown(so_far) == as_markdown(line):  # French that stood in for it
            so_far = ()
        codes = [f"{number}.{at + 1}", stamp(as_markdown(line)), *([stamp(as_markdown(so_far))] if so_far else [])]
        yield PassageRow(" · ".join(codes), line, so_far, notices if at == 0 else ())


def _notices(one: Pair, other_form: bool, language: str) -> Iterator[str]:
    if other_form:
        yield translations("other-form", language)
    if one.entry and one.entry.english and (one.is_changed or REVISE in one.entry.marks):
        former = one.entry.former or (one.entry.quote if one.is_changed else "")
        if former:
            yield translations("revise", language, former=" ".join(former.split()))
