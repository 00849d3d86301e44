"""A contribution in the making written as a Markdown file, and proved: read again, it has the same words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from rapport import tree
from rapport.checks.header import KEYS
from rapport.intake import word_count
from rapport.intake.plan import Plan
from rapport.intake.states import ReceivedText, Value
from rapport.markdown import pandoc, parse
from rapport.markdown.body_text import BodyText
from rapport.model import Node
from rapport.storage import strict_yaml, yaml_out
from rapport.storage.cache import Cache

API = [1, 23, 1]  # of pandoc-types, whose trees are written here
WRITTEN = f"{pandoc.MARKDOWN}-smart-simple_tables-multiline_tables-fenced_code_attributes-task_lists"
COLUMNS = (72, 150, 300, 1000)  # signs of a line: pandoc writes HTML for a table whose columns get too few
HTML_TABLE = re.compile(r"^\s*<table\b", re.MULTILINE)
LONE_MARK = re.compile(r"(\(?(?:\w|\d{1,9}|[ivxlcdmIVXLCDM]{1,8}))([.)])")
ENTITY = re.compile(r"&(?=#\d{1,8};|#[xX][0-9a-fA-F]{1,8};|[A-Za-z][A-Za-z0-9]{1,31};)")  # what reads as another sign
WORD = r"(?!(?:true|false|yes|no|null|oui|non)$)[A-Za-zÀ-ÿŒœ]"
LISTED = re.compile(rf"{WORD}[\w ’'.-]*", re.IGNORECASE)  # what YAML reads as it stands, in a list and on a line
SAFE = re.compile(rf"{WORD}[\w ’'.,;!?()«»–-]*", re.IGNORECASE)
ORDER = tuple(key.name for key in KEYS)


def render(received: ReceivedText, plan: Plan) -> str:
    """The whole file: header, then the outline's sections in the outline's order."""
    blocks: list[Node] = []
    for section in plan.sections(received.theme):
        if section.id in received.sections:
            blocks += [tree.header(2, tree.string(section.title), ""), *received.sections[section.id]]
    known, _ = strict_yaml.read(received.source_header, "")
    more = {key: value for key, value in received.header.items() if key not in known}
    return f"---\n{received.source_header}{header(more)}---\n\n{write(blocks)}"


def header(values: Mapping[str, Value]) -> str:
    """The keys in their usual order, each value such that YAML reads it as it stands."""
    lines = []
    for key in (*ORDER, *(key for key in values if key not in ORDER)):
        value = values.get(key, "")
        if isinstance(value, tuple):
            records = [[(k, scalar(v)) for k, v in item.items()] for item in value if isinstance(item, Mapping)]
            words = [scalar(item, LISTED) for item in value if isinstance(item, str)]
            if records:
                lines += yaml_out.records(key, records)
            elif words:
                lines.append(f"{key}: {yaml_out.flow_list(words)}")
        elif value:
            lines.append(f"{key}: {scalar(value)}")
    return "".join(f"{line}\n" for line in lines)


def scalar(value: str, safe: re.Pattern[str] = SAFE) -> str:
    """A value as it stands, where YAML reads it so; else between quotation marks."""
    line = " ".join(value.split())
    return line if re.fullmatch(r"\d{4}-\d{2}-\d{2}", line) else yaml_out.plain_if(safe)(line)


def write(blocks: Sequence[Node]) -> str:
    """Blocks as Markdown, a paragraph a line, notes under the section that calls them, tables as wide as they need."""
    kept = tree.rewrite(list(blocks), _escaped)
    document = json.dumps({"pandoc-api-version": API, "meta": {}, "blocks": kept}, ensure_ascii=False).encode()
    text = ""
    for columns in COLUMNS:
        arguments = ["-f", "json", "-t", WRITTEN, "--wrap=none", f"--columns={columns}"]
        arguments += ["--reference-location=section", "--markdown-headings=atx"]
        text = pandoc.run(arguments, document).decode()
        if not HTML_TABLE.search(text):
            break
    return text


def _escaped(node: Node) -> Node | None:
    """The signs that pandoc writes as they stand and reads as others: « A. » alone in its paragraph, « &amp; »."""
    lone = LONE_MARK.fullmatch(tree.text(node)) if tree.kind(node) in tree.PARAGRAPHS else None
    if lone:
        return tree.with_inlines(node, [tree.word(lone[1]), tree.raw_inline("markdown", f"\\{lone[2]}")])
    inlines = _joined_words(tree.inlines(node))
    if not any(tree.kind(one) == "Str" and ENTITY.search(tree.letters(one)) for one in inlines):
        return None
    return tree.with_inlines(node, [part for one in inlines for part in _without_entities(one)])


def _joined_words(inlines: Sequence[Node]) -> list[Node]:
    """Inlines in which words that touch are one: « & » in one run and « amp; » in the next are read together."""
    joined = list[Node]()
    for one in inlines:
        if joined and tree.kind(one) == tree.kind(joined[-1]) == "Str":
            joined[-1] = tree.word(tree.letters(joined[-1]) + tree.letters(one))
        else:
            joined.append(one)
    return joined


def _without_entities(node: Node) -> list[Node]:
    """One inline, cut before every « & » of its letters that would be read with what follows it."""
    if tree.kind(node) != "Str":
        return list(tree.rewrite([node], _escaped))
    first, *others = ENTITY.split(tree.letters(node))
    cut = [tree.word(first)] if first else []
    return cut + [part for other in others for part in (tree.raw_inline("markdown", "\\&"), tree.word(other))]


def lost_words(text: str, received: ReceivedText, plan: Plan, cache: Cache) -> list[str]:
    """The words that reading the file again does not give, or gives in another order; none if all is well."""
    body = next(iter(parse.read_bodies([BodyText("intake.md", text.split("\n---\n", 1)[1], 1, "x-")], cache)))
    sections = [s for s in plan.sections(received.theme) if s.id in received.sections]
    written = [word for s in sections for word in word_count.words_of_blocks(received.sections[s.id], keys=True)]
    again = word_count.words_of_blocks([p.node for section in body.sections for p in section.passages], keys=True)
    if "".join(written) == "".join(again):
        return []
    return word_count.missing_words(written, again) or word_count.moved_words(written, again)
