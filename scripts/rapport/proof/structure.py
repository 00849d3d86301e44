"""Whether an output makes of the words what the document does: titles, heads of tables, crossed-out words, links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rapport.proof.reading import Lead, Structure
from rapport.proof.transcript import ExpectedHeading, ExpectedText

Findings = Iterator[tuple[str, str]]
"""(kind, words): « heading », « header », « struck », « raised », « lowered », « link » or « bookmark », and where."""

LISTED = 2  # the levels that Word numbers and lists
BOOKMARKED = 3
OWN = 4  # the first level that is a contribution's own
DEEPEST = 6
HEADED = {"docx": ("head", "group", "first"), "pdf": ("head", "group"), "html": ("head", "group", "first")}
"""Which headings of a table each format can tell from other cells."""
FEWEST = 3  # letters by which a place is known


def structure_differences(expected: ExpectedText, found: Structure, suffix: str, contents: str) -> Findings:
    """What differs, of the output whose name has this ending; `contents`: the title of its table of contents, or ""."""
    yield from _headings(list(levels(expected.headings, suffix)), found.headings)
    headed: frozenset[int] = frozenset().union(*(expected.heading_cells[kind] for kind in HEADED[suffix]))
    for at in sorted(found.heading_cells ^ headed):
        if said := expected.cells[at] if at < len(expected.cells) else "…":  # an empty one heads nothing
            yield "header", said
    for kind, words in expected.marked_words.items() if suffix != "pdf" else ():
        if sorted(said := found.marked_words.get(kind, "")) != sorted(words):
            yield kind, said or words
    yield from _links(expected.links, found.links, all_=suffix != "pdf")
    yield from _listed("link", [title.text for title in expected.titles if contents], found.contents)
    if found.bookmarks is not None:
        titles = [heading.text for heading in expected.headings if heading.level <= BOOKMARKED and not heading.inside]
        yield from _listed("bookmark", titles, [lead for lead in found.bookmarks if lead[0] != contents])


def levels(headings: Sequence[ExpectedHeading], suffix: str) -> Iterator[tuple[int, str]]:
    """The level that each heading has in an output, which skips none; Word has no titles inside lists and the like."""
    last = 0
    for heading in headings:
        level = heading.level
        if heading.inside:
            if suffix == "docx" and level <= LISTED:
                continue
            level = level if suffix == "docx" else max(level, OWN)
        last = min(level, last + 1)
        yield min(last, DEEPEST) if suffix == "docx" else last, heading.text


def _headings(wanted: Sequence[tuple[int, str]], found: Sequence[tuple[int, str]]) -> Findings:
    for one, other in zip_longest(wanted, found):
        if one != other:
            yield "heading", " ≠ ".join(f"{title[0]} {title[1]}" for title in (other, one) if title)
            return


def _links(wanted: Sequence[tuple[str, str]], found: Sequence[Lead], all_: bool) -> Findings:
    """Every link leads where the document's link of the same words does; where `all_`, none is missing."""
    known: dict[str, set[str]] = {}
    for words, place in wanted:
        known.setdefault(words, set()).add(place)
    for words, places in found:
        if not any(_same(place, one) for place in known.get(words, ()) for one in places):
            yield "link", f"{words} → {' / '.join(places)}"
    if all_:
        missing = Counter(words for words, _ in wanted) - Counter(words for words, _ in found)
        yield from (("link", words) for words in sorted(missing))


def _listed(kind: str, titles: Sequence[str], found: Sequence[Lead]) -> Findings:
    """Lines of a table of contents or bookmarks, in order: each leads to its title; bookmarks say nothing else."""
    for title, lead in zip_longest(titles, found):
        if title is None or lead is None:
            yield kind, title or lead[0]
        elif (kind == "bookmark" and lead[0] != title) or not any(_same(title, place) for place in lead[1]):
            yield kind, f"{lead[0]} → {' / '.join(lead[1])}"


def _same(one: str, other: str) -> bool:
    """Whether what may be read in a place opens as it should, as far as both go; a short title stands there whole."""
    short = min(len(one), len(other))
    return one[:short] == other[:short] and (short >= FEWEST or len(one) == short > 0)
