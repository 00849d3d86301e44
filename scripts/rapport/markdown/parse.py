"""parse: Source → Draft. The header is read as strings, the body by pandoc, alone, and every block gets its place.

What a contribution calls by a name of its own (ids, internal links) is moved into a namespace of its own here, once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from rapport import rules, tree
from rapport.diff.similarity import sketch
from rapport.language import prose, typed_marks
from rapport.language.names import LOST_LETTER
from rapport.language.printable import unprintable_characters
from rapport.language.web_addresses import leads_elsewhere, real_address
from rapport.markdown import pandoc
from rapport.markdown.body_cache import decode, encode
from rapport.markdown.confidential import unwrap_confidential
from rapport.markdown.limits import first_tangled_line
from rapport.markdown.markup import in_sentences
from rapport.markdown.source_map import TooDeep, locate_blocks
from rapport.markdown.straight_quotes import curl_quotes, unclosed_quotes
from rapport.model import Body, Diagnostic, Draft, Find, Node, Passage, Source, Span
from rapport.project.read import ContributionFile
from rapport.storage import strict_yaml
from rapport.storage.cache import Cache, digest
from rapport.storage.encoding import NOT_DRAWN
from rapport.tree import CONFIDENTIAL, KEPT_PAIRS, SECTION_LEVEL, anchors, counting

HEADER = re.compile(r"\A\s*^---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
LATE_HEADER = re.compile(r"^---[ \t]*\n(?=titre[ \t]*:)", re.MULTILINE)
SECTION = re.compile(r"^##+[ \t]", re.MULTILINE)  # in a header, it says that the header was never closed
COMMENT = re.compile("<!(?:-|–|—)")  # a comment that never closes is text to pandoc, which makes dashes of its hyphens
UNESCAPED = re.compile(r"(?<!\\)(?:<|&lt;)!(?:-|–|—)")  # an escaped one is meant to be read
OPENINGS = ("<!--", "<!–", "<!—", "&lt;!--")
NOTE_CALL = re.compile(r"\[\^[^\]\s]+\]")
HARMLESS = (CONFIDENTIAL, "uri", "email", "unnumbered", *KEPT_PAIRS, "height")  # marks that need not be spoken of
# A width of nought stops typst, and a language that is none is an error to a reader of the PDF.
SENSIBLE = {
    "width": re.compile(r"(?!0*(?:\.0*)?\D*$)\d{1,4}(?:\.\d{1,3})?(?:%|cm|mm|in|px|pt)?"),
    "lang": re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?"),
}
CODE = ("RawInline", "Math")
FENCES = (":::", "```", "~~~")  # at the head of a word of text, the fence of a block that pandoc did not see
CONTROL = re.compile(r"(?<!\\)(?:\\\\)*\\u(00[0189][0-9a-f]|d[89a-f][0-9a-f]{2}|007f)")
OPENED_AT = re.compile(r"line (\d+) column (\d+)")


@dataclass(frozen=True, slots=True)
class Text:
    """A body to be read: its text, the line of its file it begins at, and the namespace of its names.

    The editor's own templates have no namespace: their ids, classes and heading levels are the report's.
    """

    path: str
    text: str
    first_line: int = 1
    namespace: str = ""


def parse(contributions: Sequence[ContributionFile], cache: Cache) -> Iterator[Draft]:
    """Every contribution, read alone, as soon as it is read; only those whose text changed are given to pandoc."""
    split = [_split(sent.source) for sent in contributions]
    texts = [
        Text(sent.source.path, body, line, anchors.namespace(sent.association, sent.theme))
        for sent, (_, body, line) in zip(contributions, split, strict=True)
    ]
    bodies = read_bodies(texts, cache)
    return (_draft(sent, header, body) for sent, (header, _, _), body in zip(contributions, split, bodies, strict=True))


def _draft(sent: ContributionFile, header: str | None, body: Body) -> Draft:
    if header is None:
        below = LATE_HEADER.search(sent.source.text)
        kind = "unclosed" if sent.source.text.lstrip().startswith("---\n") else "below" if below else "absent"
        line = sent.source.text.count("\n", 0, below.start()) + 1 if below and kind == "below" else 1
        problem = Diagnostic(rules.NO_HEADER, Span(sent.source.path, line, 1, 3), {"kind": kind})
        return Draft(sent.association, sent.theme, sent.source, {}, body, (problem,))
    values, found = strict_yaml.read_fields(header, sent.source.path, 2)
    return Draft(sent.association, sent.theme, sent.source, values, body, found)


def _split(source: Source) -> tuple[str | None, str, int]:
    """A file's header (None when there is none), its body, and the line the body begins at."""
    match = HEADER.match(source.text)
    if not match or SECTION.search(match["yaml"]):
        return None, source.text, 1
    return match["yaml"], source.text[match.end() :], source.text.count("\n", 0, match.end()) + 1


def read_bodies(texts: Sequence[Text], cache: Cache) -> Iterator[Body]:
    """The body of every text, from the cache or from pandoc, which is at work from the call on."""
    places = [cache.get("bodies", t.path, t.namespace, str(t.first_line), t.text) for t in texts]
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


def _body(text: Text, answer: pandoc.PandocResult, place: Path, cache: Cache) -> Body:
    body = _Reading(text).body(answer)
    if not body.error.startswith("exit status"):  # what was killed from outside may be read the next time
        cache.put(place, encode(body))
    return body


class _Reading:
    """One body on its way from pandoc's answer to passages with places."""

    def __init__(self, text: Text) -> None:
        self.given, self.text = text, text.text
        self.line_starts = [0, *(m.end() for m in re.finditer("\n", self.text))]
        self.finds: list[Find] = []
        self.searched: dict[str, int] = {}

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
                self.find("unprintable", character, 0, "&")
        self.finds += [Find("lost", self.text[start:end], self.span(start, end)) for start, end in traced.lost]
        for warning in answer.warnings:
            self.finds.append(Find("warning", warning.kind, self.warning_span(warning), warning.text))
        if self.given.namespace:
            self.finds += prose.finds(self.text, self.span)
            self.finds += typed_marks.finds(self.text, self.span)
            self.finds += (
                Find("unclosed-quote", mark, self.span(at, at + 1)) for mark, at in unclosed_quotes(self.text)
            )
        return Body(passages, tuple(self.finds), headings=self.headings(passages))

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

    def span(self, start: int, end: int | None = None) -> Span:
        line = bisect_right(self.line_starts, start)
        length = max((end or start + 1) - start, 1)
        return Span(self.given.path, line + self.given.first_line - 1, start - self.line_starts[line - 1] + 1, length)

    def passage(self, node: Node, offset: int, items: Iterable[int], hidden: bool) -> Passage:
        kinds = {"confidential"} if hidden else set[str]()
        names: list[str] = []
        marked = wrapped = False
        for inner in tree.walk(node):
            kind = tree.kind(inner)
            if kind == "Str" and tree.letters(inner).isalpha():  # most of all nodes: a word, and nothing but a word
                continue
            kinds.add(self.look(inner, offset, inner is node))
            if kind == "Str" and "://" in tree.letters(inner):
                wrapped = wrapped or _unwrapped(tree.letters(inner)) != tree.letters(inner)
            if kind in tree.ATTRIBUTES_AT:
                marked = True
                if self.look_at_attributes(inner, offset):
                    kinds.add("confidential")
                if name := tree.identifier(inner):
                    names.append(self.given.namespace + name)
        change = self.own_names if self.given.namespace else self.own_link if "link" in kinds else None
        if wrapped:
            _unwrap(node)
        clean = tree.rewrite(node, change) if marked and change else node
        words, note_words = counting.words(node)
        text = tree.text(node)
        return Passage(
            clean, self.span(offset), tuple(self.span(item) for item in items), digest(text)[:12],
            "citation" in kinds, "image" in kinds, "confidential" in kinds, "link" in kinds,
            words, note_words, sketch(text), tuple(names),
        )  # fmt: skip

    def look(self, node: Node, offset: int, top: bool) -> str:
        """Note what rules and later stages want to know of a node; says what kind it was."""
        match tree.kind(node):
            case "Cite":
                for key in tree.cited_keys(node):
                    self.find("citation", key, offset, f"@{key}")
                self.look_around_keys(node, offset)
                return "citation"
            case "Image":
                target, alt = tree.target(node), tree.pairs(node).get("alt")
                self.find("image", tree.address(target), offset, target, alt or tree.text(tree.inlines(node)))
                return "image"
            case "Link":
                typed = tree.target(node)
                target = tree.address(real_address(typed))
                literal = next((form for form in (typed, tree.address(typed)) if form in self.text), target)
                words = tree.text(tree.inlines(node))
                other = words if leads_elsewhere(words, target) else ""
                self.find("link", target, offset, literal if len(literal) > 1 else f"]({literal})", other)
                return "link" if anchors.link_target(self.given.path, target) else ""
            case "RawInline" | "RawBlock" | "Math":
                self.find("raw", tree.letters(node), offset, tree.letters(node))
            case "Note":
                for inner in tree.find(tree.blocks(node), "Note"):  # neither Word nor typst has notes in notes
                    words = tree.text(tree.blocks(inner))
                    self.find("nested-note", words, offset, words.split(" ")[0] or "^")
            case "Str":
                self.look_at_word(tree.letters(node), offset)
            case "Header" if not top:
                words = tree.text(tree.inlines(node))
                self.find("nested-heading", words, offset, words)
            case kind if kind not in tree.ALLOWED:
                self.find("raw", kind, offset, kind)
        return ""

    def look_at_word(self, word: str, offset: int) -> None:
        """Note what looks like markup that pandoc did not take for any."""
        if COMMENT.search(word) and UNESCAPED.search(self.text):
            self.find("raw", "<!--", offset, next((mark for mark in OPENINGS if mark in self.text), "<!"))
        elif word.startswith(FENCES):
            self.find("fence", word[:3], offset, word[:3])
        elif "[^" in word:
            for call in NOTE_CALL.findall(word):
                self.find("undefined-note", call, offset, call)

    def look_at_attributes(self, node: Node, offset: int) -> bool:
        """Note a node's name and its marks; says whether it is marked as confidential."""
        identifier, classes, pairs = tree.attributes(node)
        if identifier:
            self.find("id", identifier, offset, "{#" + identifier)
        if self.given.namespace:
            for mark in (*classes, *(key if key not in SENSIBLE else f"{key}={value}" for key, value in pairs)):
                key, _, value = mark.partition("=")
                if mark not in HARMLESS and (key not in SENSIBLE or not _sensible(key, value)):
                    typed = next((form for form in (f".{mark}", mark) if form in self.text), key)
                    self.find("mark", mark, offset, typed)
        return CONFIDENTIAL in classes

    def look_around_keys(self, cite: Node, offset: int) -> None:
        """Citeproc prints what stands around a key: no door is open there either."""
        place = self.finds[-1].span
        around = list(tree.affixes(cite))
        for code in (tree.letters(node) for node in around if tree.kind(node) in CODE):
            self.find("raw", code, offset, code)
        rich = [kind for kind in map(tree.kind, around) if kind not in tree.PLAIN and kind not in CODE]
        if rich:
            self.finds.append(Find("around-key", rich[0], place))

    def find(self, kind: str, value: str, offset: int, literal: str, detail: str = "") -> None:
        """Record a find at the next place its literal stands at, or where its block begins."""
        # « @livre » does not stand in « @livre2010 », nor « x » in « texte ».
        before, after = r"(?<!\w)" if literal[:1].isalnum() else "", r"(?!\w)" if literal[-1:].isalnum() else ""
        whole = re.compile(before + re.escape(literal) + after)
        match = whole.search(self.text, max(offset - 200, self.searched.get(literal, 0))) or whole.search(self.text)
        at = match.start() if match else -1
        self.searched[literal] = at + 1 if at >= 0 else self.searched.get(literal, 0)
        end = at + len(literal.split("\n")[0]) if at >= 0 else None
        self.finds.append(Find(kind, value, self.span(at if at >= 0 else offset, end), detail))

    def own_names(self, node: Node) -> Node | None:
        """The node with its id and internal links in this contribution's namespace, and no other attribute."""
        kind = tree.kind(node)
        if kind in tree.PARAGRAPHS and (inlines := anchors.move_into_first_words(tree.inlines(node))):
            return tree.with_inlines(node, tree.rewrite(inlines, self.own_names))
        if kind not in tree.ATTRIBUTES_AT:
            return None
        own = tree.with_attributes(self.own_link(node) or node, self.own_attributes(tree.attributes(node)))
        own = tree.rewrite_inside(own, self.own_names)
        if kind == "Header":
            return tree.with_level(own, tree.level(own) + 1)  # the report's parts, themes and sections come above
        if kind == "Code" and (name := tree.identifier(own)):  # its name is printed by nobody, that of a span is
            return tree.span([tree.with_identifier(own, "")], identifier=name)
        return own

    def own_link(self, node: Node) -> Node | None:
        """A link to a place of this text or of another, by the name that the place has in the report."""
        if tree.kind(node) != "Link":
            return None
        if (name := anchors.report_id(self.given.path, tree.target(node))) is None:
            address = real_address(tree.target(node))
            return tree.with_target(node, address) if address != tree.target(node) else None
        return tree.with_target(node, f"#{name}")

    def own_attributes(self, attributes: tree.Attributes) -> tree.Attributes:
        identifier, classes, pairs = attributes
        return [
            self.given.namespace + identifier if identifier else "",
            [name for name in classes if name == CONFIDENTIAL],
            [[key, value] for key, value in pairs if key in KEPT_PAIRS and _sensible(key, value)],
        ]


WEB_ADDRESS = re.compile(r"https?://[^\s<>«»\"]+")


def _unwrapped(word: str) -> str:
    """A word with the addresses in it as they are without their wrappers."""
    return WEB_ADDRESS.sub(lambda found: real_address(found[0]), word)


def _unwrap(node: Node) -> None:
    """Put the addresses that are typed as words under a node, in its own lists, as they are without their wrappers."""
    for inner in tree.walk(node):
        held = tree.inlines(inner)
        held[:] = [tree.word(_unwrapped(tree.letters(n))) if tree.kind(n) == "Str" else n for n in held]


def _sensible(key: str, value: str = "") -> bool:
    """Whether a value is one that can be printed with; other keys' values are words."""
    return key not in SENSIBLE or SENSIBLE[key].fullmatch(value) is not None


def _unprintable(payload: bytes) -> set[str]:
    """What in pandoc's JSON, where controls are written « \\u0001 », could not be printed or would not be seen."""
    text = payload.decode()
    return {
        *unprintable_characters(text),
        *NOT_DRAWN.findall(text),
        *({LOST_LETTER} & set(text)),
        *(chr(int(code, 16)) for code in CONTROL.findall(text)),
    }
