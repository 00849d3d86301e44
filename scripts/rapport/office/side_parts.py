"""What lies beside the running text of a Word file: comments, headers and footers, diagrams, embedded files."""

from __future__ import annotations

import re

from rapport.office.namespaces import q
from rapport.office.normal_document import Loss, NormalDocument, Notice
from rapport.office.package import Package
from rapport.office.wordml import block_text, story_root
from rapport.office.xml import remove

FURNITURE = ("header", "footer")
OUTSIDE = {"attachedTemplate": "template", "oleObject": "object", "frame": "object", "subDocument": "object"}
OBJECTS = re.compile(r"embeddings/|activeX/")


def usual_names(package: Package) -> Package:
    """The file with its notes under the names that most programs give them, the only ones where pandoc looks."""
    folder = package.main.rpartition("/")[0]
    given = {kind: f"{folder}/{target}" for kind, target, away in package.relations(package.main).values() if not away}
    moved = {
        f"{folder}/{kind}.xml": package.parts[given[kind]]
        for kind in ("footnotes", "endnotes")
        if given.get(kind) in package.parts and f"{folder}/{kind}.xml" not in package.parts
    }
    return Package(package.kind, {**package.parts, **moved}) if moved else package


def comments(package: Package, normal: NormalDocument) -> None:
    """Every comment told, with its place and who wrote it, in the newer parts too."""
    named = {f"word/{target}" for kind, target, _ in package.relations(package.main).values() if kind == "comments"}
    for name in sorted(package.parts):
        if re.fullmatch(r"word/comments\d*\.xml", name) or name in named:
            for comment in story_root(package, name).iter(q("w:comment")):
                place = normal.comment_places.get(comment.get(q("w:id"), ""), ())
                normal.findings.append(Notice("comment", block_text(comment), place, comment.get(q("w:author"), "")))


def furniture(package: Package, normal: NormalDocument) -> None:
    """Headers and footers, with their pictures and WordArt: not the contribution's text, but told."""
    pictures = set[str]()
    for kind in FURNITURE:
        texts = []
        for name in sorted(package.parts):
            if re.fullmatch(rf"word/{kind}\d*\.xml", name):
                root = story_root(package, name)
                for node in [*root.iter(q("mc:Fallback"))]:
                    remove(node)
                drawn = (path.get("string", "").strip() for path in root.iter(q("v:textpath")))
                texts.append(" ".join(filter(None, (block_text(root), *drawn))))
                pictures |= {target for one, target, _ in package.relations(name).values() if one == "image"}
        said = [text for text in dict.fromkeys(texts) if text]
        if said:
            normal.losses.append(Loss(kind, len(said), " ".join(said)))
    if pictures:
        normal.losses.append(Loss("page-picture", len(pictures)))


def count_drawings(package: Package, normal: NormalDocument) -> None:
    """Diagrams, charts and embedded files: counted, with the words that can be seen in them."""
    for kind, prefix in (("diagram", "diagrams/data"), ("chart", "charts/chart")):
        names = [n for n in sorted(package.parts) if re.match(rf"word/{prefix}\w*\.xml$", n)]
        if names:
            words = [t.text or "" for n in names for t in story_root(package, n).iter(q("a:t"))]
            normal.losses.append(Loss(kind, len(names), " ".join(words)))
    if objects := [n for n in package.parts if OBJECTS.search(n) and not n.endswith(".rels")]:
        normal.losses.append(Loss("object", len(objects)))


def outside(package: Package, normal: NormalDocument) -> None:
    """What the file would have fetched from elsewhere when opened in Word: never looked for, told."""
    for part in sorted(package.parts):
        if found := re.fullmatch(r"(word/)_rels/(.*)\.rels", part):
            for kind, _, away in package.relations(found[1] + found[2]).values():
                if away and kind in OUTSIDE:
                    normal.losses.append(Loss(OUTSIDE[kind], 1))
