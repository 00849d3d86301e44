"""A file opened: Word or OpenDocument through `word` and pandoc, Markdown and plain text as they are."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from urllib.parse import unquote

from rapport import tree
from rapport.intake.header_keys import labels_apart, readable
from rapport.intake.page_sight import hides
from rapport.intake.states import BOXED, SentDocument
from rapport.intake.tab_columns import as_told, with_columns
from rapport.intake.typed_tables import escape_markup, split_tables, told_columns, with_tables
from rapport.markdown import pandoc
from rapport.markdown.parse import HEADER
from rapport.model import Node
from rapport.office.archive import pack
from rapport.office.file_kinds import Kind, kind_of
from rapport.office.namespaces import q
from rapport.office.normal_document import NormalDocument, Notice
from rapport.office.normalise_docx import normalise
from rapport.office.normalise_odt import normalise_odt
from rapport.office.package import Package, Unsafe, open_package
from rapport.office.paragraph_styles_odt import SMALL_CAPS
from rapport.office.text_boxes import BOX
from rapport.storage.encoding import decode, mend

OFFICE = (".docx", ".docm", ".dotx", ".odt", ".ott")
MARKDOWN = (".md", ".markdown")
LOOKS_LIKE_MARKDOWN = re.compile(r"^(#{1,5} \S|---\s*$|\[\^[^\]\s]+\]: )", re.MULTILINE)
MEDIA = re.compile(r"(word/media|media|Pictures)/|.*/(media|embeddings)/")
PDF = b"%PDF-"
READ_AS = {Kind.DOCX: "docx+styles", Kind.ODT: "odt"}
SECONDS = 90  # for a long report full of tables
# A web page, Word's own XML, or a page saved with its pictures, whatever the file is called.
NOT_TEXT = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|head|meta|body|\?xml)\b|\s*MIME-Version:", re.IGNORECASE | re.DOTALL
)
SOURCE = re.compile(  # what a Markdown source holds beside its words
    r"^\[[^\]^][^\]]*\]:[ \t]*<?(?:\w+:|\S*[/#])\S*.*$|\[\^[^\]\s]+\]:?|(?<=\])\([^()\s]*\)|(?<=\])\[[^\]\n]*\]|"
    r"\{#[^}\n]*\}|(?:(?<=\])|(?<=::: ))\{[^{}\n]*\}|^[ \t]*\d{1,3}[.)][ \t]",
    re.MULTILINE,
)
AHEAD = r"^([ \t]*(?:>[ \t]*)*(?:[-*+][ \t]+)?)"  # what may stand before the words of a line
LONE = re.compile(AHEAD + r"(\(?\w{1,9})([.)])[ \t]*$(?!\n[ \t]+\S)", re.MULTILINE)  # « C. », which is no empty list
TASK = re.compile(AHEAD[:-1] + r"(?:\d{1,3}[.)][ \t]+)?)\[([ xX])\](?=[ \t]+\S)", re.MULTILINE)
EMBEDDED = re.compile(r"data:image/[\w.+-]+;base64,(?P<data>.+)", re.DOTALL)
UNTICKED, TICKED = "☐", "☒"
MAX_TEXT = 2_000_000  # bytes of plain text, as in `read`
BULLET = re.compile(r"^\s*[-–—•*·▪]\s+")
NUMBER = re.compile(r"^\s*\d{1,2}[.)]\s+")
UNDERLINE = re.compile(r"\s*([=~-])\1{2,}\s*")
STARRED = re.compile(r"\*(\w[^*]*[^*\s])\*\s?:?")
LONGEST_TITLE = 14  # words
ENDING = re.compile(r"\.([A-Za-z][A-Za-z0-9]{0,8}~?)\Z")
TEXTS = frozenset("md markdown txt text doc docx docm odt rtf".split())  # names that a plain text may bear
NO_TEXTS = dict.fromkeys(("gdoc", "gsheet", "gslides", "gdraw", "gform"), "shortcut-google")
NO_TEXTS |= dict.fromkeys(("url", "lnk", "webloc", "desktop"), "shortcut")
NO_TEXTS |= dict.fromkeys("png jpg jpeg gif heic webp tif tiff bmp svg".split(), "picture")
NO_TEXTS |= dict.fromkeys("mp3 m4a wav ogg opus aac mp4 m4v mov avi mkv webm epub".split(), "media")
NO_TEXTS |= dict.fromkeys(("csv", "tsv"), "spreadsheet")
NO_TEXTS |= dict.fromkeys("vcf ics p7s p7m asc sig css js".split(), "accessory")
NO_TEXTS |= dict.fromkeys(("html", "htm", "mht", "mhtml"), "web-page")
NO_TEXTS |= dict.fromkeys(("bib", "ris", "enw", "nbib"), "bibliography")


def open_document(name: str, data: bytes) -> SentDocument:
    """The file as blocks, with all that has to be told of it; raises `Unsafe` where it must not or cannot be opened."""
    kind = kind_of(data)
    ending = ENDING.search(name)
    if kind is Kind.OTHER and ending and not data.startswith(PDF) and ending[1].lower() not in TEXTS:
        raise Unsafe(NO_TEXTS.get(ending[1].lower(), "format"))
    if kind in READ_AS:
        return _office(name, open_package(data))
    if kind is Kind.OTHER and not data.startswith(PDF):
        return _text(name, data)
    if kind is Kind.ZIP and name.lower().endswith(OFFICE):
        raise Unsafe("damaged")
    raise Unsafe("pdf" if data.startswith(PDF) else "format")


def _office(name: str, package: Package) -> SentDocument:
    normal = normalise(package) if package.kind is Kind.DOCX else normalise_odt(package)
    parts = {name: b"" if MEDIA.match(name) else content for name, content in normal.parts.items()}  # pandoc needs none
    try:
        blocks = _boxed(pandoc.run(["-f", READ_AS[package.kind], "-t", "json"], pack(parts), SECONDS).decode())
        blocks = tree.rewrite(blocks, _in_small_caps) if package.kind is Kind.ODT else blocks
    except RecursionError as error:
        raise Unsafe("nested") from error
    except (pandoc.PandocError, ValueError) as error:
        raise _unread(str(error)) from error
    media = {part.removeprefix("word/"): content for part, content in normal.parts.items() if MEDIA.match(part)}
    in_columns = with_columns(blocks, normal)
    return SentDocument(name, package.kind.value, normal, tuple(in_columns), media, date=_date(package))


def _boxed(answer: str) -> list[Node]:
    """Pandoc's blocks; those that `text_boxes` marked, without the mark and in a Div of the class `BOXED`."""
    blocks: list[Node] = json.loads(answer)["blocks"]
    if BOX not in answer:
        return blocks
    bare = json.loads(answer.replace(f'{{"t":"Str","c":"{BOX}"}},', "").replace(BOX, ""))["blocks"]
    marked = [tree.text(block).startswith(BOX) for block in blocks]
    return [tree.div([block], [BOXED]) if boxed else block for block, boxed in zip(bare, marked, strict=True)]


def _in_small_caps(node: Node) -> Node | None:
    """The words of a link that `show_small_caps` made, in small capitals."""
    if tree.kind(node) != "Link" or tree.target(node) != SMALL_CAPS:
        return None
    return tree.styled_inlines("SmallCaps", tree.inlines(node))


def _date(package: Package) -> str:
    """The day of the last change, as the file tells it."""
    for part, field in (("docProps/core.xml", q("dcterms:modified")), ("meta.xml", q("dc:date"))):
        root = package.xml(part) if part in package.parts else None
        found = root.find(f".//{field}") if root is not None else None
        said = (found.text or "")[:10] if found is not None else ""
        try:
            return date.fromisoformat(said).isoformat()
        except ValueError:
            continue
    return ""


def _text(name: str, data: bytes) -> SentDocument:
    if len(data) > MAX_TEXT:
        raise Unsafe("too-big")
    decoded, _ = decode(data)
    if decoded is None or re.search("[\x00-\x08\x0e-\x1f]", decoded):
        raise Unsafe("format")
    text = labels_apart(mend(decoded)[0])
    if NOT_TEXT.match(text):
        raise Unsafe("format")
    normal = NormalDocument({}, text)
    made, uneven = told_columns(text)
    normal.repairs |= {"tabs": made} if made else {}
    normal.uneven_columns += map(as_told, uneven)
    if not name.lower().endswith(MARKDOWN) and not LOOKS_LIKE_MARKDOWN.search(text):
        return SentDocument(name, "text", normal, tuple(_plain_blocks(_with_boxes(text))))
    header = HEADER.match(text)
    body = text[header.end() :] if header else text
    answer = next(pandoc.read_all([_as_meant(body)]))
    if answer.error:
        raise _unread(answer.error)
    try:
        blocks: Sequence[Node] = json.loads(answer.payload)["blocks"]
    except RecursionError as error:
        raise Unsafe("nested") from error
    normal.text = SOURCE.sub("", body)
    media: dict[str, bytes] = {}
    shown = tree.rewrite(_shown(blocks, normal), partial(_embedded, media))
    return SentDocument(name, "markdown", normal, tuple(shown), media, readable(header["yaml"]) if header else "")


def _as_meant(body: str) -> str:
    """Markdown in which what a person meant is what pandoc reads: boxes as their signs, « C. » as words, tables."""
    return with_tables(LONE.sub(r"\1\2\\\3", _with_boxes(body)))


def _with_boxes(text: str) -> str:
    return TASK.sub(lambda found: found[1] + (UNTICKED if found[2] == " " else TICKED), text)


def _embedded(media: dict[str, bytes], node: Node) -> Node | None:
    """A picture written into the text itself, as Google Docs does, put among the pictures of the file."""
    found = EMBEDDED.match(tree.target(node)) if tree.kind(node) == "Image" else None
    if not found:
        return None
    try:
        content = base64.b64decode(unquote(found["data"]), validate=False)
    except ValueError:
        return None
    name = f"media/{hashlib.sha256(content).hexdigest()[:12]}"
    media[name] = content
    return tree.image(tree.inlines(node), name, **tree.pairs(node))


def _shown(blocks: Sequence[Node], normal: NormalDocument) -> list[Node]:
    """Without the passages that a page would hide; they are told."""

    def change(node: Node) -> Node | None:
        kind = tree.kind(node)
        if kind not in ("Div", "Span") or not _is_unshown(tree.pairs(node)):
            return None
        inside = tree.blocks(node) if kind == "Div" else tree.inlines(node)
        if text := " ".join(tree.text(inside).split()):
            normal.findings.append(Notice("hidden", text))
        kept = [] if text else inside  # pictures alone
        return tree.div(kept) if kind == "Div" else tree.span(kept)

    return list(tree.rewrite(list(blocks), change))


def _is_unshown(said: Mapping[str, str]) -> bool:
    return "hidden" in said or hides(said.get("style", ""))


def _unread(error: str) -> Unsafe:
    """Why pandoc gave nothing; that it was stopped is for us to say."""
    return Unsafe("slow") if error.startswith(pandoc.STOPPED) else Unsafe("unread", error.split("\n")[0])


def _plain_blocks(text: str) -> list[Node]:
    """Paragraphs between empty lines (or a line each, where there are none), lists by their marks, tables typed."""
    lines = [line.rstrip() for line in text.split("\n")]
    between = "" in lines[1:-1]
    parts = split_tables(lines, escape_markup)
    return [node for some, rows in parts for node in (_typed_table(rows) if rows else lines_as_blocks(some, between))]


def _typed_table(rows: Sequence[str]) -> list[Node]:
    answer = next(pandoc.read_all(["\n".join(rows)]))
    if answer.error:
        raise _unread(answer.error)
    return list(json.loads(answer.payload)["blocks"])


def lines_as_blocks(lines: Sequence[str], between_empty_lines: bool = False) -> list[Node]:
    """Paragraphs and lists typed in plain text; a line each, or what stands between empty lines."""
    out: list[Node] = []
    paragraph: list[str] = []
    items: list[list[Node]] = []
    numbered = False

    def close() -> None:
        if paragraph:
            out.append(tree.para(_with_line_ends(paragraph)))
            paragraph.clear()
        if items:
            blocks = [[tree.plain(inlines)] for inlines in items]
            out.append(tree.ordered_list(blocks) if numbered else tree.bullet_list(blocks))
            items.clear()

    titles = {at for at in range(len(lines) - 1) if _is_underlined(lines, at)}
    for at, line in enumerate(lines):
        if at in titles:
            close()
            out.append(tree.header(2 - lines[at + 1].lstrip().startswith("="), tree.string(" ".join(line.split())), ""))
        if at in titles or at - 1 in titles:
            continue
        mark = BULLET.match(line) or (NUMBER.match(line) if _goes_on(lines, at) else None)
        if mark:
            if paragraph or numbered != bool(NUMBER.match(line)):
                close()
            numbered = bool(NUMBER.match(line))
            items.append(tree.string(" ".join(line[mark.end() :].split())))
        elif not line.strip():
            if paragraph:
                close()
        elif items and line.startswith((" ", "\t")):
            items[-1] += [tree.space(), *tree.string(" ".join(line.split()))]
        else:
            if items or not between_empty_lines:
                close()
            paragraph.append(line)
    close()
    return out


def _is_underlined(lines: Sequence[str], at: int) -> bool:
    """Whether a line is a title with a rule of signs below it, « CONSTAT » and « ------- »."""
    apart = at == 0 or not lines[at - 1].strip() or UNDERLINE.fullmatch(lines[at - 1])
    named = re.search(r"\w", lines[at]) and not lines[at].rstrip().endswith((".", ";", ","))
    return bool(apart and named and UNDERLINE.fullmatch(lines[at + 1])) and len(lines[at].split()) <= LONGEST_TITLE


def _with_line_ends(lines: Sequence[str]) -> list[Node]:
    """The words of a paragraph; a line between stars, as programs write bold in a mail, in bold."""
    out: list[Node] = []
    for line in map(str.strip, lines):
        words, starred = tree.string(" ".join(line.split())), STARRED.fullmatch(line)
        out += [tree.soft_break()] if out else []
        out += [tree.strong(tree.string(starred[1]))] if starred else words
    return out


def _goes_on(lines: Sequence[str], at: int) -> bool:
    """Whether a numbered line has another beside it: alone, its number is that of a heading."""

    def near(step: int) -> str:
        index = at + step
        while 0 <= index < len(lines) and not lines[index].strip():
            index += step
        return lines[index] if 0 <= index < len(lines) else ""

    return bool(NUMBER.match(near(-1)) or NUMBER.match(near(1)))
