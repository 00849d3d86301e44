"""T: translations that say what their French says, all of it, and what the English edition still lacks.

What is forbidden in a contribution is forbidden in its English too: the same rules run on it, block by block.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from rapport import rules, tree
from rapport.checks import characters, hidden_texts, images, prose, protection, references, structure
from rapport.checks.rule_context import RuleContext
from rapport.checks.typed_marks import bare_tables
from rapport.checks.unnamed_author import unnamed_author_in_english
from rapport.model import Body, Contribution, Diagnostic, Node, Outline, Severity, Span
from rapport.project.read import CONTRIBUTIONS, OUTLINE
from rapport.storage import schema
from rapport.storage.schema import Key
from rapport.translation.block_shape import fit
from rapport.translation.file import REMOVED, Fault, TranslationEntry
from rapport.translation.pairing import Pair, PairState
from rapport.translation.passage_lines import first_words
from rapport.translation.quote import words
from rapport.translation.source_blocks import key_recommendations
from rapport.translation.translations import Translation

KEYS = (Key("statut", allowed_values=("ebauche", "relu", "valide")),)  # of files made before: it approves nothing
# Of every text's rules, those that look at words and marks; order, sections and places are the French text's own.
IN_BLOCKS = (
    structure.lost_text, structure.raw_content, structure.unclosed_block, structure.unknown_script,
    structure.unknown_mark, prose.terms, prose.source_too_late, prose.later_than_cutoff, *hidden_texts.CHECKS,
    references.too_rich_citation, references.unknown_citation, references.undefined_note, references.unused_note,
    references.pandoc_warning, references.duplicate_identifier, references.forbidden_link,
    references.misleading_address, images.no_alternative_text,
)  # fmt: skip
IN_FILES = (*characters.CHECKS, *protection.CHECKS, unnamed_author_in_english)
FAULTS = ("translation-outside", "translation-open", "translation-mark", "translation-twice")
CALLED = ("other-note", "other-citation", "other-link")  # beside the words of a block
THOUSANDS = re.compile(r"(?<!\d)\d{1,3}(?:[ \u00a0\u202f,]\d{3})+(?!\d)")
DIGITS = re.compile(r"\d+")
KEY = re.compile(r"@[\w:.#$%&+?<>~/-]+")  # « @livre2010 » names a work, not a year


def with_kept_out_blocks(
    translations: Iterable[Translation], known: RuleContext, damaged: Sequence[Diagnostic]
) -> tuple[tuple[Translation, ...], tuple[Diagnostic, ...]]:
    """The translations, each with its blocks that must not be printed, and their diagnostics.

    `damaged` is what reading the project's files has found.
    """
    kept, told = [], list[Diagnostic]()
    for translation in translations:
        found = list(check_translation(translation, known))
        kept.append(replace(translation, refused=blocks_kept_out(translation, (*found, *damaged))))
        told += found
    return tuple(kept), tuple(told)


def check_translation(translation: Translation, known: RuleContext) -> Iterator[Diagnostic]:
    """Everything that is wrong with one translation, and what is still to be done in it."""
    yield from translation.in_header
    yield from schema.check(translation.header, KEYS, Span(translation.path, 1, 1, 3))
    if no_french := list(without_french_text(translation, known)):
        yield from no_french
        return
    yield from text_out_of_place(translation)
    open_ = {fault.line for fault in translation.file.faults}
    for pair, draft in translation.drafts():
        yield from (diagnostic for rule in IN_BLOCKS for diagnostic in rule(draft, known))
        misfits = list(misfit(translation, pair)) if pair.entry and pair.entry.line not in open_ else []
        yield from misfits
        if not misfits and pair.state is PairState.DONE and not pair.is_checked:
            yield from other_figures(translation, pair)
            yield from other_references(translation, pair)
            yield from caption_left_out(translation, pair)
    whole = translation.whole()
    yield from (diagnostic for rule in IN_FILES for diagnostic in rule(whole, known))
    if translation.contribution:
        yield from stale(translation)
        yield from leftover_english(translation)


def blocks_kept_out(translation: Translation, found: Iterable[Diagnostic]) -> frozenset[int]:
    """The blocks, by the line their English begins at, that errors keep out of print: their French stands there."""
    wrong = {d.span.line for d in found if d.rule.severity is Severity.ERROR and d.span.path == translation.path}
    return frozenset(
        entry.english_line
        for entry in translation.file.entries
        if wrong & set(range(entry.line, entry.english_line + entry.english.count("\n") + 1))
    )


def without_french_text(translation: Translation, known: RuleContext) -> Iterator[Diagnostic]:
    """T05: a translation beside no contribution."""
    if (translation.association, translation.theme) not in known.paths:
        yield Diagnostic(rules.NO_FRENCH_TEXT, Span(translation.path), {"theme": translation.theme})


def text_out_of_place(translation: Translation) -> Iterator[Diagnostic]:
    """T06: text outside the blocks, a block never closed, a damaged mark, the same block twice; each told once."""
    twice = [Fault("translation-twice", entry.ref, entry.line) for entry in translation.pairing.duplicate_entries]
    for kind in FAULTS:
        if faults := [fault for fault in (*translation.file.faults, *twice) if fault.kind == kind]:
            facts = {"kind": kind, "text": faults[0].text}
            span = _span(translation, faults[0].line, len(faults[0].text))
            yield Diagnostic(rules.OUT_OF_PLACE, span, facts, _others(translation, faults))


def misfit(translation: Translation, pair: Pair) -> Iterator[Diagnostic]:
    """T07: English that cannot stand where its French stands."""
    if problem := fit(pair.original.node, translation.body(pair), pair.original.places).problem:
        facts = {"kind": problem, "text": first_words(pair.original.quote)}
        yield Diagnostic(rules.MISFIT, _in_english(translation, pair), facts)


def other_figures(translation: Translation, pair: Pair) -> Iterator[Diagnostic]:
    """T08: a figure that stands in one language alone."""
    french = figures(words(pair.original.node))
    english = figures(" ".join(words(node) for node in _nodes(translation.body(pair))))
    if french != english:
        facts = {"french": _listed(french - english), "english": _listed(english - french)}
        yield Diagnostic(rules.OTHER_FIGURES, _in_english(translation, pair), facts)


def figures(text: str) -> Counter[str]:
    """The figures of a text, however thousands and decimals are parted: « 12 500 » and « 12,500 » are one."""
    text = THOUSANDS.sub(lambda match: "".join(DIGITS.findall(match[0])), KEY.sub(" ", text))
    return Counter(DIGITS.findall(text))


def other_references(translation: Translation, pair: Pair) -> Iterator[Diagnostic]:
    """T09: notes, citations or links that stand in one language alone."""
    french, english = _apparatus([pair.original.node]), _apparatus(_nodes(translation.body(pair)))
    for kind in french:
        if french[kind] != english[kind]:
            missing, more = french[kind] - english[kind], english[kind] - french[kind]
            facts = {"kind": kind, "french": _listed(missing), "english": _listed(more)}
            yield Diagnostic(rules.OTHER_REFERENCES, _in_english(translation, pair), facts)


def caption_left_out(translation: Translation, pair: Pair) -> Iterator[Diagnostic]:
    """S28 of a table that has its caption in French."""
    if bare_tables(_nodes(translation.body(pair))) and not bare_tables([pair.original.node]):
        yield Diagnostic(rules.TABLE_WITHOUT_CAPTION, _in_english(translation, pair), {})


def _apparatus(nodes: Iterable[Node]) -> dict[str, Counter[str]]:
    """What is called in a block beside its words, by kind; notes are all alike."""
    found: dict[str, Counter[str]] = {kind: Counter() for kind in CALLED}
    for node in tree.walk(list(nodes)):
        match tree.kind(node):
            case "Note":
                found["other-note"]["[^…]"] += 1
            case "Cite":
                found["other-citation"].update("@" + cited["citationId"] for cited in tree.citations(node))
            case "Link":
                found["other-link"][tree.address(tree.target(node))] += 1
    return found


def incomplete(translation: Translation) -> Iterator[Diagnostic]:
    """T02: blocks of the French that have no English yet, told once a file."""
    missing = [pair for pair in translation.pairing.pairs if pair.state is PairState.MISSING]
    if missing:
        places = [_span(translation, pair.entry.line) for pair in missing if pair.entry]
        first, *others = places or [Span(translation.path)]
        facts = {"missing": str(len(missing)), "total": str(len(translation.pairing.pairs))}
        yield Diagnostic(rules.INCOMPLETE_TRANSLATION, first, facts, tuple(others[: rules.MAX_RELATED]))


def stale(translation: Translation) -> Iterator[Diagnostic]:
    """T03: English made of a French that has changed since."""
    for pair in translation.pairing.pairs:
        if pair.entry and pair.state is PairState.REVISE:
            facts = {
                "text": first_words(pair.original.quote),
                "kind": "french-changed" if pair.is_changed else "french-marked",
            }
            yield Diagnostic(rules.STALE_TRANSLATION, _span(translation, pair.entry.line), facts)


def leftover_english(translation: Translation) -> Iterator[Diagnostic]:
    """T04: English whose French is no longer there, unless it has been put aside; told once a file."""
    if left := [entry for entry in translation.pairing.leftover_entries if REMOVED not in entry.marks]:
        facts = {"text": first_words(left[0].english)}
        yield Diagnostic(rules.WITHOUT_FRENCH, _span(translation, left[0].line), facts, _others(translation, left))


def keys_in_french(
    contributions: Iterable[Contribution], translations: Iterable[Translation], outline: Outline
) -> Iterator[Diagnostic]:
    """T13: key recommendations that the English summary has in French; told once a text."""
    english = {
        (translation.association, translation.theme): {
            pair.original.ref for pair in translation.pairing.pairs if translation.printable(pair)
        }
        for translation in translations
    }
    for contribution in contributions:
        done = english.get((contribution.association, contribution.theme), set())
        left = [span for ref, span in key_recommendations(contribution, outline) if ref not in done]
        if left:
            facts = {"count": str(len(left))}
            yield Diagnostic(rules.KEY_IN_FRENCH, left[0], facts, tuple(left[1 : rules.MAX_RELATED + 1]))


# ---------------------------------------------------------------- the whole edition


def check_edition(
    outline: Outline, pages: Iterable[tuple[str, str]], contributions: int, translations: Sequence[Translation]
) -> Iterator[Diagnostic]:
    """What the English edition lacks: passages, texts, titles, and pages (with the one wanted)."""
    for path, wanted in pages:
        yield Diagnostic(rules.NO_ENGLISH_TEMPLATE, Span(path), {"path": wanted})
    if untitled := list(_untitled(outline)):
        facts = {"names": ", ".join(f"« {name} »" for name in untitled[:5]), "count": str(len(untitled))}
        yield Diagnostic(rules.NO_ENGLISH_TITLE, Span(OUTLINE), facts)
    begun = [translation for translation in translations if translation.contribution]
    if len(begun) < contributions:
        facts = {"missing": str(contributions - len(begun)), "total": str(contributions)}
        yield Diagnostic(rules.NOT_TRANSLATED, Span(CONTRIBUTIONS), facts)
    for translation in begun:
        yield from incomplete(translation)


def _untitled(outline: Outline) -> Iterator[str]:
    """T11: what is printed of the outline and has no English."""
    said = {getattr(outline.identity, name): text for name, text in outline.identity.english.items()}
    yield from (french for french, text in said.items() if french and not text)
    yield from (entry.short for entry in outline.instruments if not entry.title_en)
    yield from (entry.name for entry in outline.addressees if not entry.name_en)
    for part in outline.parts:
        if not part.title_en:
            yield part.title
        yield from (theme.title for theme in part.themes if not theme.title_en)
    sections = {section for theme in outline.themes for section in theme.sections}
    yield from sorted(section.title for section in sections if not section.title_en)


# ---------------------------------------------------------------- what they share


def _nodes(body: Body) -> list[Node]:
    return [passage.node for passage in body.passages]


def _span(translation: Translation, line: int, length: int = 3) -> Span:
    return Span(translation.path, line, 1, max(length, 1))


def _others(translation: Translation, found: Sequence[Fault | TranslationEntry]) -> tuple[Span, ...]:
    """The other places of one mistake that are worth telling."""
    return tuple(_span(translation, other.line) for other in found[1 : rules.MAX_RELATED + 1])


def _in_english(translation: Translation, pair: Pair) -> Span:
    assert pair.entry is not None
    return _span(translation, pair.entry.english_line, len(pair.entry.english.split("\n")[0]))


def _listed(found: Counter[str]) -> str:
    return ", ".join(sorted(found.elements())) or "—"
