"""What there is to say to each association: what it sent, what is to be changed, where, in words it understands.

What concerns another association too is left to the secretariat, and only counted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from rapport import rules
from rapport.correspondence.agreement_status import WORKING, approvals
from rapport.correspondence.quotation import sentence_at
from rapport.examination.result import Examined
from rapport.language.folding import fold_words
from rapport.language.names import identifier, printable_line
from rapport.messages import letter, letter_rule, words
from rapport.model import Association, Diagnostic, Draft, Outline, Severity, Span, Theme
from rapport.project.outline import title_in
from rapport.storage import schema

CARD = "association.yaml"
OF_THE_EDITOR = frozenset(
    "P03 P04 P05 P06 P07 P08 S15 S16 B01 B02 C13 E01 E02 E03 E06 E07 E08 E09 S05 S18 "
    "R04 R08 R12 R13 R15 R16 R19 R25".split()
)  # nothing that an association can do
PRIVATE = "C"  # the family of protection: a letter travels, so what could tell who a child is stays out of it
UNSIGNED, UNKNOWN_THEME = "C10", rules.UNKNOWN_THEME.code
OPEN_TO_ITS_AUTHOR = frozenset(("C10", "C14", "C15", "C02"))  # records, by their codes; a name that nobody reviewed yet
MEMBER = "membre"
SECTION = re.compile(r"^##[ \t]+(.+?)[ \t#]*$")
SHORTEST_NAME = 3  # letters of an acronym that is looked for in a sentence


class Point(Struct, frozen=True):
    """One thing to say of a file: where it first stands, the words there, what is wrong, what to do, other lines."""

    path: str
    code: str
    severity: Severity
    line: int
    section: str
    quote: str
    message: str
    hint: str
    others: tuple[str, ...] = ()  # the sentences of other places
    places: tuple[Span, ...] = ()  # all of them


class ReceivedFile(Struct, frozen=True):
    """One file of an association as it stands: accepted, refused, unread, or waiting for the editor (ours)."""

    path: str
    theme: str
    title: str
    date: str
    state: str


class OverLength(Struct, frozen=True):
    """Its words on a theme that is too long (`theme` "" for the report), and an even share of the limit."""

    theme: str
    words: int
    planned_words: int
    associations: int

    @property
    def share(self) -> int:
        """What each association has where all have as much."""
        return self.planned_words // self.associations


class Post(Struct, frozen=True):
    """What there is to write to one association; `files` are its own texts, `working_themes` those where a working
    document still holds the place of one, each with its share of the words that are planned there (0: nobody said)."""

    association: Association
    files: tuple[ReceivedFile, ...]
    points: tuple[Point, ...]
    missing: tuple[Theme, ...]
    waiting_files: int
    working_themes: tuple[tuple[str, int], ...] = ()
    overlengths: tuple[OverLength, ...] = ()


def unknown_folders(examined: Examined) -> list[str]:
    """Folders that no association's card stands for: nobody to write to."""
    folders = {folder_of(d.span.path) for d in examined.diagnostics if d.rule.code == "P04"}
    return sorted(printable_line(folder) for folder in folders if folder)


def posts(examined: Examined, language: str) -> Iterator[Post]:
    """What there is to write, to each association that sent something, leads a theme or is a member, by identifier."""
    stand = approvals(examined)
    waiting = {path for path, one in stand.items() if one.state == WORKING}
    for association in sorted(examined.associations.values(), key=lambda a: a.id):
        files = tuple(_received(association, examined, language))
        received = tuple(one for one in files if one.path not in waiting)
        working = tuple((one.theme, _share(one.path, examined)) for one in files if one.path in waiting)
        mine = [d for d in examined.diagnostics if _is_of(d.span, association) and not d.span.path.endswith(CARD)]
        actionable = [d for d in mine if not _is_for_the_editor(d)]
        told = [d for d in actionable if not _speaks_of_others(d, association, examined, language)]
        written = {draft.theme for draft in examined.drafts if draft.association == association.id}
        themes = outline_of(examined).themes
        missing = tuple(t for t in themes if t.lead == association.id and t.id not in written and not t.is_closed)
        if files or missing or association.state_on(outline_of(examined).identity.date) == MEMBER:
            points = tuple(_points([d for d in told if d.span.path not in waiting], examined, language))
            left = sum(d.rule.severity is not Severity.NOTE for d in mine if d not in told)
            own = {identifier(file_name(one.path).removesuffix(".md")) for one in received}
            over = tuple(_over_length(association, own, examined, language))
            yield Post(association, received, points, missing, left, working, over)


def _share(path: str, examined: Examined) -> int:
    """An even share, in words, of what is planned for the theme of a text that was accepted; 0 where nothing is."""
    theme = next((text.theme for text in examined.accepted if text.path == path), "")
    planned = next((one.budget or 0 for one in outline_of(examined).themes if one.id == theme), 0)
    return planned // max(len({text.association for text in examined.accepted if text.theme == theme}), 1)


def _over_length(
    association: Association, own: Collection[str], examined: Examined, language: str
) -> Iterator[OverLength]:  # fmt: skip
    """Of the themes it wrote on (`own`), the too long ones in which it has more than an even share; else the report."""
    outline, counted = outline_of(examined), examined.budget
    if counted is None:
        return
    mine = {
        text.theme: text.words for text in counted.texts if text.association == association.id and text.theme in own
    }
    found = []
    for theme in outline.themes:
        writers = len({text.association for text in counted.texts if text.theme == theme.id})
        if theme.budget and theme.id in mine and counted.themes[theme.id] > theme.budget:
            found.append(OverLength(title_of(theme, language), mine[theme.id], theme.budget, writers))
    limit, writers = outline.identity.length_words, len({text.association for text in counted.texts})
    if not found and mine and limit and counted.total > limit:
        found.append(OverLength("", sum(mine.values()), limit, writers))
    yield from (one for one in found if one.words > one.share)


def _is_for_the_editor(diagnostic: Diagnostic) -> bool:
    """Whether only the editor can do something: what concerns the outline, and names still to be reviewed."""
    code = diagnostic.rule.code
    unreviewed = code.startswith(PRIVATE) and diagnostic.rule.severity is Severity.REVIEW and code != UNSIGNED
    return unreviewed or diagnostic.rule.code in OF_THE_EDITOR


def _received(association: Association, examined: Examined, language: str) -> Iterator[ReceivedFile]:
    """Every file that the association sent, by name, and its state."""
    drafts = {draft.source.path: draft for draft in examined.drafts if draft.association == association.id}
    accepted = {contribution.path for contribution in examined.accepted}
    found: dict[str, set[str]] = {path: set() for path in drafts}
    for diagnostic in examined.diagnostics:
        path = diagnostic.span.path
        if _is_of(diagnostic.span, association) and not path.endswith(CARD):
            blocks = diagnostic.rule.severity is Severity.ERROR
            found.setdefault(path, set()).update({diagnostic.rule.code} if blocks or path not in drafts else ())
    for path, codes in sorted(found.items()):
        if path.lower().endswith(".bib"):
            continue
        theirs = codes - OF_THE_EDITOR
        state = (
            "accepted" if path in accepted else "unread" if codes <= {"F03", "F12"} else "refused" if theirs else "ours"
        )
        draft = drafts.get(path)
        yield ReceivedFile(path, theme_of(path, examined, language), *_header(draft), state)


def _header(draft: Draft | None) -> tuple[str, str]:
    """The title and the date that a text gives itself, "" for what it does not."""
    if not draft:
        return "", ""
    date = schema.text(draft.header, "date")
    return printable_line(schema.text(draft.header, "titre")), date if schema.is_date(date) else ""


# ---------------------------------------------------------------- the points


def _points(diagnostics: Sequence[Diagnostic], examined: Examined, language: str) -> Iterator[Point]:
    """One point for each thing to say of a file, with all its lines; a thing said twice is one point."""
    groups: dict[tuple[str, str, str, str], list[Span]] = {}
    severities, titles = {}, _titles(examined, language)
    for d in sorted(diagnostics, key=lambda d: (d.span.path, d.span.line, d.span.column)):
        key = (d.span.path, d.rule.code, *_sentences(d, titles, language))
        own = [span for span in d.related_spans if span.path == d.span.path and span.line]
        groups.setdefault(key, []).extend([d.span, *own])
        severities[key] = d.rule.severity
    hidden = _private_words(diagnostics, examined)
    for key, spans in groups.items():
        path, code, *sentences = key
        first, quoted = spans[0], _quote(spans[0], examined)
        elsewhere = dict.fromkeys(_quote(span, examined) for span in spans[1:] if span.line != first.line)
        others = tuple(_masked(q, hidden.get(path, ()), language) for q in elsewhere if q and q != quoted)
        said = (section_of(first, examined), quoted, *sentences)
        section, quote, message, hint = (_masked(text, hidden.get(path, ()), language) for text in said)
        yield Point(
            path=path,
            code=code,
            severity=severities[key],
            line=first.line,
            section=section,
            quote=quote,
            message=message,
            hint=hint,
            others=others,
            places=tuple(dict.fromkeys(spans)),
        )


def _private_words(diagnostics: Iterable[Diagnostic], examined: Examined) -> dict[str, list[str]]:
    """By file, the words that could lead to somebody, the longest first: a letter repeats none of them."""
    found: dict[str, set[str]] = {}
    for diagnostic in diagnostics:
        if diagnostic.rule.code.startswith(PRIVATE) and diagnostic.rule.code not in OPEN_TO_ITS_AUTHOR:
            own = _text(diagnostic.span.path, examined)
            words_here = {value for value in diagnostic.facts.values() if value and value in own}
            found.setdefault(diagnostic.span.path, set()).update(words_here)
    return {path: sorted(texts, key=len, reverse=True) for path, texts in found.items()}


def _masked(text: str, private: Iterable[str], language: str) -> str:
    for word in private:
        text = text.replace(printable_line(word), letter("masked", language))
    return text


def _sentences(diagnostic: Diagnostic, titles: Mapping[str, str], language: str) -> tuple[str, str]:
    """What is wrong and what to do, in the letter's words: a theme that was perhaps meant by its title."""
    text = letter_rule(diagnostic.rule.code, language)
    said = words(diagnostic.facts, language)
    if diagnostic.rule.code == UNKNOWN_THEME:
        said |= {name: titles.get(value, value) for name, value in said.items()}
    near = text.near_hint if text.near_hint and diagnostic.facts.get("nearest") else text.hint
    return printable_line(text.message.format(**said)), printable_line(near.format(**said))


def _quote(span: Span, examined: Examined) -> str:
    """The sentence a place is in, as it reads in Word; "" in the header, which her file has not."""
    lines = _text(span.path, examined).split("\n")
    if not _first_line(lines) < span.line <= len(lines):
        return ""
    return printable_line(sentence_at(lines[span.line - 1], span.column))


def _first_line(lines: Sequence[str]) -> int:
    """The number of the line that closes the header, 0 where there is none."""
    if not lines or lines[0].strip() != "---":
        return 0
    return next((at for at, line in enumerate(lines[1:], 2) if line.strip() == "---"), 0)


def section_of(span: Span, examined: Examined) -> str:
    """The heading that a line stands under, as typed."""
    for line in reversed(_text(span.path, examined).split("\n")[: max(span.line - 1, 0)]):
        if match := SECTION.match(line):
            return printable_line(match[1])
    return ""


def _speaks_of_others(diagnostic: Diagnostic, association: Association, examined: Examined, language: str) -> bool:
    """Whether what would be said names another association, or one of its files, beside the text's own words."""
    own = _text(diagnostic.span.path, examined)
    facts = {name: "" if value and value in own else value for name, value in diagnostic.facts.items()}
    text = letter_rule(diagnostic.rule.code, language)
    said = " ".join(part.format(**words(facts, language)) for part in text)
    others = [a for a in examined.associations.values() if a.id != association.id]
    names = [n for a in others for n in (a.name, a.acronym, f"contributions/{a.id}/") if len(n) >= SHORTEST_NAME]
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said) for name in names)


# ---------------------------------------------------------------- what they share


def outline_of(examined: Examined) -> Outline:
    """The outline, without which the command has stopped before."""
    assert examined.outline is not None
    return examined.outline


def folder_of(path: str) -> str:
    """The name of the folder under contributions/ that a file lies in, "" for a file elsewhere."""
    parts = path.split("/")
    return parts[1] if len(parts) > 2 and parts[0] == "contributions" else ""


def _is_of(span: Span, association: Association) -> bool:
    return identifier(folder_of(span.path)) == association.id


def file_name(path: str) -> str:
    """A file's name without its folders, on one printable line."""
    return printable_line(path.rsplit("/", 1)[-1])


def _text(path: str, examined: Examined) -> str:
    return examined.sources[path].text if path in examined.sources else ""


def title_of(theme: Theme, language: str) -> str:
    """A theme's title in `language`, on one printable line."""
    return printable_line(title_in(language, theme))


def theme_of(path: str, examined: Examined, language: str) -> str:
    """The title of the theme that a file is for; of none of the outline, the text's own, or the file's name."""
    name = identifier(file_name(path).rsplit(".", 1)[0])
    own = next((_header(draft)[0] for draft in examined.drafts if draft.source.path == path), "")
    return _titles(examined, language).get(name) or own or fold_words(name).capitalize() or file_name(path)


def _titles(examined: Examined, language: str) -> dict[str, str]:
    """The titles of the outline's themes, by their identifiers."""
    return {theme.id: title_of(theme, language) for theme in outline_of(examined).themes}
