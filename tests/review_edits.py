"""Drafts edited as people edit them, tracked and not, for the tests: each edit says where it must be found.

Every edit leaves a word of its own (« marque17 ») where it leaves any, so that a remark can be told to be of it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

from rapport.office.archive import pack, unpack
from rapport.office.namespaces import q
from rapport.office.tracked_reader import read_lines
from rapport.review.collect.ledger import Remark
from rapport.review.freeze.draft_map import DraftParagraph

DATE = "2026-11-20T10:00:00Z"
KINDS = ("word", "insert", "delete", "rewrite", "replace", "split", "merge", "move", "new", "gone", "many")
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
OTHER = (
    "autrement une phrase tout à fait différente remplace ici la précédente sans garder beaucoup de ses mots afin que "
    "seul son emplacement permette encore de la reconnaître parmi ses voisines"
).split()


@dataclass(frozen=True)
class Edit:
    """One edit: its kind, its mark, the paragraphs that it may be told on, and what remark it must give."""

    kind: str
    mark: str
    places: tuple[str, ...]


class Editor:
    """A draft's Word file under the hands of one reviewer."""

    def __init__(
        self, docx: bytes, places: Sequence[DraftParagraph], seed: int, tracked: bool, author: str = "Jeanne Exemple"
    ) -> None:
        self.parts = unpack(docx)
        self.root = etree.fromstring(self.parts["word/document.xml"])
        self.random, self.tracked, self.author = random.Random(seed), tracked, author
        body = [place for place in places if place.part == "body"]
        printed = [p for p, line in read_lines(self.root) if line.text_sent.strip()]
        self.printed = list(zip(printed, body, strict=True))
        self.number = 1000 * seed
        self.edits: list[Edit] = []

    def edit(self, count: int, kinds: Sequence[str] = KINDS) -> list[Edit]:
        """So many edits, spread over paragraphs that have words enough, none touching another."""
        able = [n for n, (p, place) in enumerate(self.printed) if self.able(p, place)]
        self.random.shuffle(able)
        taken: set[int] = set()
        for index in range(count):
            kind = kinds[index % len(kinds)]
            for n in able:
                wide = {"many": 3, "merge": 2}.get(kind, 1)
                near = set(range(n - 2, n + wide + 2))
                fits = all(m < len(self.printed) and self.able(*self.printed[m]) for m in range(n, n + wide))
                if not near & taken and fits and self.whole(kind, n):
                    taken |= near
                    getattr(self, kind)(n)
                    break
        return self.edits

    def able(self, p: Any, place: DraftParagraph) -> bool:
        if p.getparent() is None:
            return False
        return (
            place.kind in ("text", "list")
            and bool(place.block)
            and p.getparent().tag == q("w:body")
            and self.run(p) is not None
        )

    def whole(self, kind: str, n: int) -> bool:
        """Whole paragraphs are only merged with the next one in the file, and never with one that ends a section."""
        if kind not in ("merge", "many", "move", "gone"):
            return True
        p = self.printed[n][0]
        follows = [p]
        for m in range(1, {"many": 3, "merge": 2}.get(kind, 1)):
            if self.printed[n + m][0] is not follows[-1].getnext():
                return False
            follows.append(self.printed[n + m][0])
        return all(
            one.find(f".//{q('w:sectPr')}") is None and one.find(f".//{q('w:footnoteReference')}") is None
            for one in follows
        )

    def save(self) -> bytes:
        content = etree.tostring(self.root, encoding="UTF-8", xml_declaration=True, standalone=True)
        return pack({**self.parts, "word/document.xml": content})

    def noted(self, kind: str, *numbers: int) -> str:
        mark = f"marque{self.number}"
        self.edits.append(Edit(kind, mark, tuple(self.printed[n][1].id for n in numbers)))
        self.number += 1
        return mark

    # ------------------------------------------------------------ the edits

    def word(self, n: int) -> None:
        self.change(n, "word", lambda words, mark: [*words[:-1], mark], 1)

    def insert(self, n: int) -> None:
        self.change(n, "insert", lambda words, mark: [*words, "et", mark, "aussi"], 1)

    def delete(self, n: int) -> None:
        """Words gone: told by the words that were there, in the place of a mark."""
        before, run, words, at = self.cut(n, 3)
        self.noted("delete", n)
        gone = " ".join(words[at : at + 3])
        self.edits[-1] = Edit("delete", gone, self.edits[-1].places)
        self.put(run, before, [*words[:at]], words[at : at + 3], [], words[at + 3 :])

    def rewrite(self, n: int) -> None:
        """Two words of three kept."""
        mark = self.noted("rewrite", n)
        run = self.run(self.printed[n][0])
        words = run.find(q("w:t")).text.split(" ")
        new = [w if i % 3 else OTHER[i % len(OTHER)] for i, w in enumerate(words)]
        new[len(new) // 2] = mark
        self.put(run, None, [], words, new, [])

    def replace(self, n: int) -> None:
        """Nothing kept."""
        mark = self.noted("replace", n)
        first, *others = self.runs(self.printed[n][0])
        for other in others:
            self.remove(other)
        new = [mark, *OTHER[: 12 + n % 8]]
        self.put(first, None, [], first.find(q("w:t")).text.split(" "), new, [])

    def split(self, n: int) -> None:
        p = self.printed[n][0]
        self.noted("split", n)
        run = self.run(p)
        words = run.find(q("w:t")).text.split(" ")
        half = len(words) // 2
        self.edits[-1] = Edit("split", f"{words[half - 1]} {words[half]}", self.edits[-1].places)
        after = etree.Element(q("w:p"))
        if p.find(q("w:pPr")) is not None:
            after.append(deepcopy(p.find(q("w:pPr"))))
        tail = list(run.itersiblings())
        second = self.text_run(run, " ".join(words[half:]))
        run.find(q("w:t")).text = " ".join(words[:half]) + " "
        after.append(second)
        after.extend(tail)
        p.addnext(after)
        self.mark_of(p, "w:ins")

    def merge(self, n: int) -> None:
        p, after = self.printed[n][0], self.printed[n + 1][0]
        self.noted("merge", n, n + 1)
        if self.tracked:
            self.mark_of(p, "w:del")
            return
        p.append(self.plain_run(" "))
        p.extend([child for child in after if child.tag != q("w:pPr")])
        after.getparent().remove(after)

    def move(self, n: int) -> None:
        """A paragraph put elsewhere in the body."""
        p = self.printed[n][0]
        targets = [m for m in range(len(self.printed)) if abs(m - n) > 10 and self.able(*self.printed[m])]
        self.noted("move", n)
        goal = self.printed[self.random.choice(targets)][0]
        moved = deepcopy(p)
        for mark in [*moved.iter(q("w:bookmarkStart"), q("w:bookmarkEnd"))] if self.tracked else []:
            mark.getparent().remove(mark)
        goal.addnext(moved)
        if self.tracked:
            name, number = f"move{self.number}", str(self.number + 900_000)
            for one, kind, at in ((p, "From", number), (moved, "To", number + "1")):
                self.wrap_all(one, f"w:move{kind}")
                begin = etree.Element(
                    q(f"w:move{kind}RangeStart"),
                    {q("w:id"): at, q("w:name"): name, q("w:author"): self.author, q("w:date"): DATE},
                )
                one.addprevious(begin)
                one.addnext(etree.Element(q(f"w:move{kind}RangeEnd"), {q("w:id"): at}))
                self.mark_of(one, f"w:move{kind}")
        else:
            p.getparent().remove(p)

    def new(self, n: int) -> None:
        p = self.printed[n][0]
        mark = self.noted("new", n)
        made = etree.Element(q("w:p"))
        if p.find(q("w:pPr")) is not None:
            made.append(deepcopy(p.find(q("w:pPr"))))
        words = f"Un paragraphe {mark} tout neuf que personne n’avait encore écrit avant cette relecture."
        made.append(self.plain_run(words))
        p.addnext(made)
        if self.tracked:
            self.wrap_all(made, "w:ins")
            self.mark_of(made, "w:ins")

    def gone(self, n: int) -> None:
        self.noted("gone", n)
        self.take(n)

    def many(self, n: int) -> None:
        for m in range(n, n + 3):
            self.noted("gone", m)
            self.take(m)

    # ------------------------------------------------------------ how

    def take(self, n: int) -> None:
        p = self.printed[n][0]
        if self.tracked:
            self.wrap_all(p, "w:del")
            self.mark_of(p, "w:del")
        else:
            p.getparent().remove(p)

    def runs(self, p: Any) -> list[Any]:
        """The runs of a paragraph with plain text, those inside fields apart."""
        found, depth = [], 0
        for run in p.iterchildren(q("w:r")):
            for char in run.iter(q("w:fldChar")):
                depth += {"begin": 1, "end": -1}.get(char.get(q("w:fldCharType")), 0)
            if not depth and run.find(q("w:t")) is not None and run.find(q("w:fldChar")) is None:
                found.append(run)
        return found

    def run(self, p: Any) -> Any:
        """The longest plain run, of eight words at least."""
        runs = [run for run in self.runs(p) if len(run) <= 2 and len((run.find(q("w:t")).text or "").split(" ")) >= 8]
        return max(runs, key=lambda run: len(run.find(q("w:t")).text)) if runs else None

    def cut(self, n: int, count: int) -> tuple[None, Any, list[str], int]:
        run = self.run(self.printed[n][0])
        words = run.find(q("w:t")).text.split(" ")
        fits = [i for i in range(1, len(words) - count) if all(w.isalpha() for w in words[i : i + count])] or [1]
        return None, run, words, self.random.choice(fits)

    def change(self, n: int, kind: str, make: Any, count: int) -> None:
        mark = self.noted(kind, n)
        _, run, words, at = self.cut(n, count)
        self.put(run, None, words[:at], words[at : at + count], make(words[at : at + count], mark), words[at + count :])

    def put(self, run: Any, _: None, before: list[str], old: list[str], new: list[str], after: list[str]) -> None:
        """A run's words with some of them changed."""
        if not self.tracked:
            run.find(q("w:t")).text = " ".join([*before, *new, *after])
            return
        pieces = [self.text_run(run, "".join(f"{w} " for w in before))] if before else []
        ending = " " if after else ""
        if old:
            gone = self.text_run(run, " ".join(old) + ending)
            pieces.append(self.wrapped([gone], "w:del"))
        if new:
            pieces.append(self.wrapped([self.text_run(run, " ".join(new) + ending)], "w:ins"))
        if after:
            pieces.append(self.text_run(run, " ".join(after)))
        for piece in pieces:
            run.addprevious(piece)
        run.getparent().remove(run)

    def remove(self, run: Any) -> None:
        if self.tracked:
            hull = self.wrapped([], "w:del")
            run.addprevious(hull)
            hull.append(run)
            self.as_deleted(run)
        else:
            run.getparent().remove(run)

    def wrap_all(self, p: Any, name: str) -> None:
        for child in [c for c in p if c.tag in (q("w:r"), q("w:hyperlink"))]:
            if child.tag == q("w:hyperlink"):
                for inner in [*child]:
                    child.addprevious(inner)
                p.remove(child)
        for child in [c for c in p if c.tag == q("w:r")]:
            hull = self.wrapped([], name)
            child.addprevious(hull)
            hull.append(child)
            if name == "w:del":
                self.as_deleted(child)

    def wrapped(self, runs: list[Any], name: str) -> Any:
        self.number_of_change = getattr(self, "number_of_change", 5_000_000) + 1
        hull = etree.Element(
            q(name), {q("w:id"): str(self.number_of_change), q("w:author"): self.author, q("w:date"): DATE}
        )
        for run in runs:
            hull.append(run)
            if name == "w:del":
                self.as_deleted(run)
        return hull

    def as_deleted(self, run: Any) -> None:
        for text in run.iter(q("w:t")):
            text.tag = q("w:delText")

    def mark_of(self, p: Any, name: str) -> None:
        if not self.tracked:
            return
        properties = p.find(q("w:pPr"))
        if properties is None:
            properties = etree.Element(q("w:pPr"))
            p.insert(0, properties)
        looks = properties.find(q("w:rPr"))
        if looks is None:
            looks = etree.Element(q("w:rPr"))
            at = [i for i, child in enumerate(properties) if child.tag in (q("w:sectPr"), q("w:pPrChange"))]
            properties.insert(at[0] if at else len(properties), looks)
        looks.insert(0, self.wrapped([], name))

    def text_run(self, like: Any, text: str) -> Any:
        run = deepcopy(like)
        for extra in run.findall(q("w:t"))[1:]:
            run.remove(extra)
        run.find(q("w:t")).text = text
        run.find(q("w:t")).set(XML_SPACE, "preserve")
        return run

    def plain_run(self, text: str) -> Any:
        run = etree.Element(q("w:r"))
        etree.SubElement(run, q("w:t"), {XML_SPACE: "preserve"}).text = text
        return run


def as_google(docx: bytes) -> bytes:
    """What Google Docs makes of a file: other names for bookmarks and styles, no properties of ours."""
    parts = unpack(docx)
    document = parts["word/document.xml"].decode()
    names = iter(range(10_000))
    document = re.sub(
        r'(<w:bookmarkStart [^>]*w:name=")[^"]*"', lambda m: f'{m[1]}_heading=h.{next(names):06x}"', document
    )
    renamed = {
        m: f"Style{i}" for i, m in enumerate(re.findall(r'w:styleId="([^"]+)"', parts["word/styles.xml"].decode()))
    }
    for name in ("word/document.xml", "word/styles.xml", "word/footnotes.xml"):
        text = document if name == "word/document.xml" else parts[name].decode()
        for element in ("pStyle", "rStyle", "basedOn", "next", "link", "tblStyle"):
            text = re.sub(rf'(<w:{element} w:val=")([^"]+)"', lambda m: f'{m[1]}{renamed.get(m[2], m[2])}"', text)
        parts[name] = re.sub(r'(w:styleId=")([^"]+)"', lambda m: f'{m[1]}{renamed.get(m[2], m[2])}"', text).encode()
    parts["docProps/custom.xml"] = re.sub(rb"<property .*</property>", b"", parts["docProps/custom.xml"])
    return pack(parts)


@dataclass(frozen=True)
class Score:
    """How many edits were told on their paragraph, and which were told on another or not at all."""

    right: int
    wrong: tuple[str, ...]
    missed: tuple[str, ...]


def score(edits: Sequence[Edit], remarks: Sequence[Remark]) -> Score:
    """Each edit looked for among the remarks."""
    right, wrong, missed = 0, [], []
    for edit in edits:
        mine = list(_told(edit, remarks))
        if any(remark.bloc in edit.places or remark.vers in edit.places for remark in mine):
            right += 1
        elif any(remark.is_placed for remark in mine):
            wrong.append(f"{edit} → {[(r.genre, r.bloc, r.avant[:40], r.apres[:40]) for r in mine]}")
        else:
            missed.append(f"{edit} {[(r.genre, r.doute) for r in mine]}")
    return Score(right, tuple(wrong), tuple(missed))


def _told(edit: Edit, remarks: Sequence[Remark]) -> Iterator[Remark]:
    for remark in remarks:
        if edit.kind in ("split", "merge", "move", "gone"):
            wanted = {"split": "coupure", "merge": "reunion", "move": "deplacement", "gone": "suppression"}[edit.kind]
            if remark.genre == wanted and (remark.bloc in edit.places or remark.vers in edit.places):
                yield remark
        elif edit.kind == "delete":
            if edit.mark in remark.avant:
                yield remark
        elif edit.mark in remark.apres:
            yield remark
