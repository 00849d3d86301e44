"""parse: Source → Draft. The header is read as strings, the body by pandoc, alone, and every block gets its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import orjson

from rapport import rules, tree
from rapport.diff.similarity import sketch
from rapport.language import prose, typed_marks
from rapport.language.names import LOST_LETTER
from rapport.language.printable import unprintable_characters
from rapport.markdown import pandoc
from rapport.markdown.body_cache import decode, encode
from rapport.markdown.body_text import BodyText, FindRecorder
from rapport.markdown.confidential import unwrap_confidential
from rapport.markdown.limits import first_tangled_line
from rapport.markdown.markup import in_sentences
from rapport.markdown.namespacing import Namespace, unwrap_addresses, with_real_addresses
from rapport.markdown.node_inspection import NodeInspection
from rapport.markdown.source_map import TooDeep, locate_blocks
from rapport.markdown.straight_quotes import curl_quotes, unclosed_quotes
from rapport.model import Body, Diagnostic, Draft, Find, Node, Passage, Span
from rapport.project.read import ContributionFile
from rapport.storage import strict_yaml
from rapport.storage.cache import Cache, digest
from rapport.storage.encoding import NOT_DRAWN
from rapport.tree import SECTION_LEVEL, anchors, counting

HEADER = re.compile(r"\A\s*^---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
LATE_HEADER = re.compile(r"^---[ \t]*\n(?=titre[ \t]*:)", re.MULTILINE)
SECTION = re.compile(r"^##+[ \t]", re.MULTILINE)  # in a header, it says that the header was never closed
CONTROL = re.compile(r"(?<!\\)(?:\\\\)*\\u(00[0189][0-9a-f]|d[89a-f][0-9a-f]{2}|007f)")
OPENED_AT = re.compile(r"line (\d+) column (\d+)")


def parse(contributions: Sequence[ContributionFile], cache: Cache) -> Iterator[Draft]:
    """Every contribution, read alone, as soon as it is read; only those whose text changed are given to pandoc."""
    split = [_split(sent) for sent in contributions]
    bodies = read_bodies([text for _, text in split], cache)
    return (_draft(sent, header, body) for sent, (header, _), body in zip(contributions, split, bodies, strict=True))


def is_read(sent: ContributionFile, cache: Cache) -> bool:
    """Whether the cache has something of this text."""
    return cache.holds(*_kept_as(_split(sent)[1]))


def _draft(sent: ContributionFile, header: str | None, body: Body) -> Draft:
    if header is None:
        below = LATE_HEADER.search(sent.source.text)
        kind = "unclosed" if sent.source.text.lstrip().startswith("---\n") else "below" if below else "absent"
        line = sent.source.text.count("\n", 0, below.start()) + 1 if below and kind == "below" else 1
        problem = Diagnostic(rules.NO_HEADER, Span(sent.source.path, line, 1, 3), {"kind": kind})
        return Draft(sent.association, sent.theme, sent.source, {}, body, (problem,))
    values, found = strict_yaml.read_fields(header, sent.source.path, 2)
    return Draft(sent.association, sent.theme, sent.source, values, body, found)


def _split(sent: ContributionFile) -> tuple[str | None, BodyText]:
    """A file's header (None when there is none) and its body."""
    source, namespace = sent.source, anchors.namespace(sent.association, sent.theme)
    match = HEADER.match(source.text)
    if not match or SECTION.search(match["yaml"]):
        return None, BodyText(source.path, source.text, 1, namespace)
    line = source.text.count("\n", 0, match.end()) + 1
    return match["yaml"], BodyText(source.path, source.text[match.end() :], line, namespace)


def _kept_as(text: BodyText) -> tuple[str, ...]:
    """What the body of a text is kept under: the kind, and all that it is made from."""
    return "bodies", text.path, text.namespace, str(text.first_line), text.text


def read_bodies(texts: Sequence[BodyText], cache: Cache) -> Iterator[Body]:
    """The body of every text, from the cache or from pandoc, which is at work from the call on."""
    places = [cache.get(*_kept_as(text)) for text in texts]
    bodies = [decode(stored, text.path) for text, (_, stored) in zip(texts, places, strict=True)]
    bodies = [
        Body((), (), f"tangled:{line + text.first_line}")
        if body is None and (line := first_tangled_line(text.text)) >= 0
        else body
        for body, text in zip(bodies, texts, strict=True)
    ]
    unread = [in_sentences(curl_quotes(text.text)) for text, body in zip(texts, bodies, strict=True) if body is None]
    answers = pandoc.read_all(unread)
    known = zip(texts, bodies, places, strict=True)
    return (body or _body(text, next(answers), place, cache) for text, body, (place, _) in known)


def _body(text: BodyText, answer: pandoc.PandocResult, place: Path, cache: Cache) -> Body:
    body = _Reading(text).body(answer)
    if not body.error.startswith("exit status"):  # what was killed from outside may be read the next time
        cache.put(place, encode(body))
    return body


class _Reading:
    """One body on its way from pandoc's answer to passages with places."""

    def __init__(self, text: BodyText) -> None:
        self.given, self.text = text, text.text
        self.recorder = FindRecorder(text)
        self.inspection = NodeInspection(text, self.recorder)
        self.namespace = Namespace(text)

    def body(self, answer: pandoc.PandocResult) -> Body:
        if answer.error:
            return Body((), (), answer.error)
        try:
            blocks = orjson.loads(answer.payload)["blocks"]
            read = list(unwrap_confidential(blocks)) if self.given.namespace else [(block, False) for block in blocks]
            traced = locate_blocks(self.text, [block for block, _ in read])
        except (TooDeep, orjson.JSONDecodeError):  # orjson too stops at a depth
            return Body((), (), "deep")
        passages = tuple(
            self.passage(node, offset, items, hidden)
            for (node, hidden), offset, items in zip(read, traced.blocks, traced.items, strict=True)
        )
        for character in _unprintable(answer.payload):
            if character not in self.text:  # typed as an entity, &#x6587; : what was typed as itself is told by `read`
                self.recorder.record("unprintable", character, 0, "&")
        self.recorder.finds += [
            Find("lost", self.text[start:end], self.recorder.span(start, end)) for start, end in traced.lost_runs
        ]
        for warning in answer.warnings:
            self.recorder.finds.append(Find("warning", warning.kind, self.warning_span(warning), warning.text))
        if self.given.namespace:
            self.recorder.finds += prose.finds(self.text, self.recorder.span)
            self.recorder.finds += typed_marks.finds(self.text, self.recorder.span)
            self.recorder.finds += (
                Find("unclosed-quote", mark, self.recorder.span(at, at + 1)) for mark, at in unclosed_quotes(self.text)
            )
        return Body(passages, tuple(self.recorder.finds), headings=self.headings(passages))

    def headings(self, passages: Sequence[Passage]) -> tuple[tuple[int, str], ...]:
        """The headings that open a section (« ## » as typed), of which the editor's own pages have none."""
        return tuple(
            (at, tree.text(tree.inlines(passage.node)))
            for at, passage in enumerate(passages if self.given.namespace else ())
            if tree.kind(passage.node) == "Header" and tree.level(passage.node) == SECTION_LEVEL
        )

    def warning_span(self, warning: pandoc.Warning) -> Span:
        """The place of a warning, which for some kinds stands in its text only."""
        line, column = warning.line, warning.column
        if not line and (at := OPENED_AT.search(warning.text)):
            line, column = int(at[1]), int(at[2])
        return Span(self.given.path, max(line, 1) + self.given.first_line - 1, max(column, 1), 1)

    def passage(self, node: Node, offset: int, items: Iterable[int], hidden: bool) -> Passage:
        kinds = {"confidential"} if hidden else set[str]()
        names: list[str] = []
        marked = wrapped = False
        for inner in tree.walk(node):
            kind = tree.kind(inner)
            if kind == "Str" and tree.letters(inner).isalpha():  # most of all nodes: a word, and nothing but a word
                continue
            kinds.add(self.inspection.inspect(inner, offset, inner is node))
            if kind == "Str" and "://" in tree.letters(inner):
                wrapped = wrapped or with_real_addresses(tree.letters(inner)) != tree.letters(inner)
            if kind in tree.ATTRIBUTES_AT:
                marked = True
                if self.inspection.inspect_attributes(inner, offset):
                    kinds.add("confidential")
                if name := tree.identifier(inner):
                    names.append(self.given.namespace + name)
        if wrapped:
            unwrap_addresses(node)
        clean = self.namespace.in_report(node, "link" in kinds) if marked else node
        words, note_words = counting.words(node)
        text = tree.text(node)
        return Passage(
            node=clean,
            span=self.recorder.span(offset),
            items=tuple(self.recorder.span(item) for item in items),
            key=digest(text)[:12],
            cites="citation" in kinds,
            images="image" in kinds,
            confidential="confidential" in kinds,
            links="link" in kinds,
            words=words,
            note_words=note_words,
            sketch=sketch(text),
            names=tuple(names),
        )


def _unprintable(payload: bytes) -> set[str]:
    """What in pandoc's JSON, where controls are written « \\u0001 », could not be printed or would not be seen."""
    text = payload.decode()
    return {
        *unprintable_characters(text),
        *NOT_DRAWN.findall(text),
        *({LOST_LETTER} & set(text)),
        *(chr(int(code, 16)) for code in CONTROL.findall(text)),
    }
