"""S: the sections of a contribution, and nothing in it that would be lost or run."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from rapport import rules, tree
from rapport.checks.plan import title_key
from rapport.checks.references import notes_spoken_of
from rapport.checks.rule_context import OutlineContext
from rapport.language.names import nearest
from rapport.model import Diagnostic, Draft, DraftSection, Find, Passage, Section, Span
from rapport.tree import SECTION_LEVEL

DEEPEST = 6  # « ##### » as typed: neither Word nor PDF have more levels that mean anything
GLUED = re.compile(r"#{1,6}([^#\s].*)")  # a heading without its space is text to pandoc; « #unmot » may be a word


def models_of(draft: Draft, known: OutlineContext) -> dict[str, Section]:
    """The sections that a text may have, by what makes their headings known."""
    return {title_key(section.title): section for section in known.sections_of(draft)}


def with_models(draft: Draft, known: OutlineContext) -> Iterator[tuple[DraftSection, Section]]:
    """The sections of a text that the theme's model has, each with what it says of it."""
    models = models_of(draft, known)
    for section in draft.body.sections:
        if section.heading is not None and (model := models.get(title_key(section.title))):
            yield section, model


def _opened(draft: Draft) -> list[tuple[Passage, str]]:
    """The headings that open a section, with their words."""
    return [(section.heading, section.title) for section in draft.body.sections if section.heading is not None]


def _no_header(draft: Draft) -> bool:
    """True when the header was not recognised, so that its lines stand in the body."""
    return any(diagnostic.rule is rules.NO_HEADER for diagnostic in draft.diagnostics)


def text_before_sections(draft: Draft, known: OutlineContext) -> Iterator[Diagnostic]:
    """S04: text that stands under no heading has no place in the report."""
    if _no_header(draft):
        return
    above = draft.body.sections[0].passages
    if above and not _glued(above[0]) and not _meant_section(above[0], models_of(draft, known)):
        yield Diagnostic(rules.TEXT_BEFORE_SECTIONS, above[0].span, {})


def _underlined(draft: Draft, heading: Passage) -> bool:
    """True for a heading made by a line of dashes under it, often by mistake."""
    line = draft.source.text.split("\n")[heading.span.line - 1]
    return not line.lstrip(" >").startswith("#")


def unknown_section(draft: Draft, known: OutlineContext) -> Iterator[Diagnostic]:
    """S01: a heading that the theme's model does not have."""
    models = models_of(draft, known)
    titles = [section.title for section in models.values()]
    for heading, title in _opened(draft):
        if title_key(title) not in models and not (_no_header(draft) and _underlined(draft, heading)):
            underlined = _underlined(draft, heading)
            facts = {"title": title, "known": ", ".join(titles), "advice": "dashes" if underlined else "hashes"}
            facts["nearest"] = "" if underlined else nearest(title, titles)
            yield Diagnostic(rules.UNKNOWN_SECTION, heading.span, facts)


def missing_section(draft: Draft, known: OutlineContext) -> Iterator[Diagnostic]:
    """S02: a section that the model requires is not there, not even misspelt (S01), glued (S09) or swallowed (S10)."""
    if draft.body.error or _unclosed(draft) or _no_header(draft):
        return
    models = models_of(draft, known)
    titles = [section.title for section in models.values()]
    typed = [title for _, title in _opened(draft)]
    typed += [glued.lstrip("#") for passage in draft.body.passages if (glued := _glued(passage))]
    typed += [meant.title for passage in draft.body.passages if (meant := _meant_section(passage, models))]
    typed += [find.value for find in draft.body.finds_of("nested-heading")]
    present = {title_key(name) for name in typed} | {title_key(nearest(name, titles)) for name in typed}
    for key, section in models.items():
        if section.required and key not in present:
            yield Diagnostic(rules.MISSING_SECTION, Span(draft.source.path), {"title": section.title})


def empty_section(draft: Draft, known: OutlineContext) -> Iterator[Diagnostic]:
    """S03: a heading with nothing under it, not even lost words (S07) or another heading by mistake (S01, S05)."""
    models = models_of(draft, known)
    for section, after in itertools.pairwise([*draft.body.sections, None]):
        if section is None or section.heading is None or section.passages:
            continue
        lost = any(_between(section, find.span, after) for find in draft.body.finds_of("lost"))
        meant = after is None or title_key(after.title) in models.keys() - {title_key(section.title)}
        if meant and not lost:
            yield Diagnostic(rules.EMPTY_SECTION, section.heading.span, {"title": section.title})


def _between(section: DraftSection, span: Span, after: DraftSection | None) -> bool:
    """Whether a place is after a section's heading, and before the next one's."""
    begins, ends = (one.heading.span.line if one and one.heading else None for one in (section, after))
    return (begins or 0) < span.line and (ends is None or span.line < ends)


def duplicate_section(draft: Draft, known: OutlineContext) -> Iterator[Diagnostic]:
    """S05: the same heading twice."""
    first: dict[str, Span] = {}
    for heading, title in _opened(draft):
        key = title_key(title)
        if key in first:
            yield Diagnostic(rules.DUPLICATE_SECTION, heading.span, {"title": title}, (first[key],))
        first.setdefault(key, heading.span)


def recommendation_not_listed(draft: Draft, known: OutlineContext) -> Iterator[Diagnostic]:
    """S06: a recommendation is one item of a list."""
    models = models_of(draft, known)
    for section, model in with_models(draft, known):
        if model.kind == "recommandations":
            for passage in itertools.takewhile(lambda one: not _meant_section(one, models), section.passages):
                if tree.kind(passage.node) not in ("BulletList", "OrderedList", "Header"):
                    yield Diagnostic(rules.RECOMMENDATION_NOT_LISTED, passage.span, {})


def _typed_as_heading(passage: Passage) -> str:
    """The text of a paragraph that begins with « # » and no space: « ##Constat »."""
    inlines = tree.inlines(passage.node) if tree.kind(passage.node) in tree.PARAGRAPHS else []
    if not inlines or tree.kind(inlines[0]) != "Str" or not tree.letters(inlines[0]).startswith("#"):
        return ""
    words = tree.text(passage.node)
    return words if GLUED.match(words) else ""


def _glued(passage: Passage) -> str:
    """The text of a paragraph that was meant to be a heading; one « # » alone may be a word of the Web."""
    words = _typed_as_heading(passage)
    return words if words.startswith("##") else ""


def _meant_section(passage: Passage, models: dict[str, Section]) -> Section | None:
    """The section that a heading names at another level, or nearly (« # Constats », « #Constat »).

    Below the sections only its very title counts: an intermediate title may resemble one.
    """
    if tree.kind(passage.node) == "Header":
        level, title = tree.level(passage.node), tree.text(tree.inlines(passage.node))
    elif title := _typed_as_heading(passage).lstrip("#").strip():
        level = 0
    else:
        return None
    if level == SECTION_LEVEL or not title:
        return None
    near = nearest(title, [section.title for section in models.values()]) if level < SECTION_LEVEL else ""
    return models.get(title_key(title)) or models.get(title_key(near))


def heading_level(draft: Draft, known: OutlineContext) -> Iterator[Diagnostic]:
    """S09: a heading at a level that it cannot have, inside something else, or without a space after its « # »."""
    before, models = SECTION_LEVEL, models_of(draft, known)
    opened = {title_key(title) for _, title in _opened(draft)}
    for passage in draft.body.passages:
        meant = _meant_section(passage, models)
        nearest_title = meant.title if meant else ""
        if (glued := _typed_as_heading(passage)) and (meant or _glued(passage)):
            facts = {"title": glued, "kind": "glued", "nearest": nearest_title}
            yield Diagnostic(rules.HEADING_LEVEL, passage.span, facts)
        if tree.kind(passage.node) != "Header":
            continue
        level = tree.level(passage.node)
        kind = _wrong_level(level, before)
        if meant and level > SECTION_LEVEL and title_key(meant.title) not in opened:
            kind = "low"
        if kind:
            nearest_title = nearest_title if kind in ("high", "low") else ""
            facts = {"title": tree.text(tree.inlines(passage.node)), "kind": kind, "nearest": nearest_title}
            yield Diagnostic(rules.HEADING_LEVEL, passage.span, facts)
        before = max(level, SECTION_LEVEL)
    if not _unclosed(draft):  # a block that never closes swallows the headings after it
        for find in draft.body.finds_of("nested-heading"):
            facts = {"title": find.value, "kind": "inside", "nearest": ""}
            yield Diagnostic(rules.HEADING_LEVEL, find.span, facts)


def _wrong_level(level: int, before: int) -> str:
    if level < SECTION_LEVEL:
        return "high"
    if level > DEEPEST:
        return "deep"
    return "skipped" if level > before + 1 else ""


def lost_text(draft: Draft, known: OutlineContext) -> Iterator[Diagnostic]:
    """S07: words of the file that would be in no output, but for those of notes already spoken of (R02, R03)."""
    told = notes_spoken_of(draft)
    header = next((heading.span.line for heading, _ in _opened(draft)), 0) if _no_header(draft) else 0
    for find in draft.body.finds_of("lost"):
        if {find.span.line, find.span.line - 1} & told:
            told.add(find.span.line)  # the next line of a note already spoken of
        elif find.span.line >= header:
            yield Diagnostic(rules.LOST_TEXT, find.span, {"text": find.value})


def raw_content(draft: Draft, known: OutlineContext) -> Iterator[Diagnostic]:
    """S08: HTML, TeX or another program's code in the text."""
    for find in draft.body.finds_of("raw"):
        yield Diagnostic(rules.RAW_CONTENT, find.span, {"text": find.value.split("\n")[0].strip()})
    for located in draft.header.values():
        if "<!--" in str(located.value):
            yield Diagnostic(rules.RAW_CONTENT, located.span, {"text": "<!--"})


def _unclosed(draft: Draft) -> list[Find]:
    return [find for find in draft.body.finds_of("warning") if find.value == "UnclosedDiv"]


def unknown_script(draft: Draft, known: OutlineContext) -> Iterator[Diagnostic]:
    """F08: a character that the fonts do not have, typed as an entity (as itself, `read` has told of it)."""
    for find in draft.body.finds_of("unprintable"):
        name = find.value if find.value.isprintable() else f"U+{ord(find.value):04X}"
        yield Diagnostic(rules.UNKNOWN_SCRIPT, find.span, {"characters": name})


def unclosed_block(draft: Draft, known: OutlineContext) -> Iterator[Diagnostic]:
    """S10: a block that opens and never closes, or a fence that pandoc took for text: what was to be hidden is not."""
    for find in _unclosed(draft):
        yield Diagnostic(rules.UNCLOSED_BLOCK, find.span, {"mark": ":::", "kind": "open"})
    first, *others = draft.body.finds_of("fence") or (None,)
    if first:
        facts = {"mark": first.value, "kind": "text"}
        yield Diagnostic(
            rules.UNCLOSED_BLOCK, first.span, facts, tuple(find.span for find in others[: rules.MAX_RELATED])
        )


def unknown_mark(draft: Draft, known: OutlineContext) -> Iterator[Diagnostic]:
    """S11: a mark that means nothing here: « confidentielle » hides nothing, and on a heading only the heading."""
    for find in draft.body.finds_of("mark"):
        near = "" if "=" in find.value else nearest(find.value, (tree.CONFIDENTIAL, *tree.KEPT_PAIRS))
        yield Diagnostic(rules.UNKNOWN_MARK, find.span, {"mark": find.value, "kind": "unknown", "nearest": near})
    for find in draft.body.finds_of("id"):
        if find.value.lower().startswith(tree.CONFIDENTIAL):
            facts = {"mark": f"#{find.value}", "kind": "unknown", "nearest": tree.CONFIDENTIAL}
            yield Diagnostic(rules.UNKNOWN_MARK, find.span, facts)
    for passage in draft.body.passages:
        if tree.kind(passage.node) == "Header" and tree.has_class(passage.node, tree.CONFIDENTIAL):
            facts = {"mark": tree.CONFIDENTIAL, "kind": "heading", "nearest": ""}
            yield Diagnostic(rules.UNKNOWN_MARK, passage.span, facts)


CHECKS = (
    text_before_sections, unknown_section, missing_section, empty_section, duplicate_section,
    recommendation_not_listed, heading_level, lost_text, raw_content, unclosed_block,
    unknown_script, unknown_mark,
)  # fmt: skip
