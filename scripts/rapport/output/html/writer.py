"""The document → one HTML file that needs nothing else: no network, no script, no other file.

Its content security policy says so to the browser: nothing may be loaded but the pictures and fonts that are in it.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path

from msgspec.structs import replace

from rapport import tree
from rapport.model import Document, Edition, Meta, Node
from rapport.output.html.blocks import CONTENTS, HtmlTitle
from rapport.output.html.inlines import data
from rapport.output.html.sections import HtmlSections
from rapport.output.visitor import page_runs

HERE = Path(__file__).parent
ON_FIELD = ("edition", "committee", "title", "subtitle", "answers")  # of the cover, what stands on the deep blue
FACES = {
    "serif": ("Rapport Serif", "normal", "400"),
    "serif-italic": ("Rapport Serif", "italic", "400"),
    "serif-semibold": ("Rapport Serif", "normal", "600 700"),
    "sans": ("Rapport Sans", "normal", "400"),
    "sans-semibold": ("Rapport Sans", "normal", "600 700"),
}
CHILDREN = (
    ".verbatim{margin:0.4rem 0 0.9rem;padding-inline-start:1rem;border-inline-start:2px solid var(--hairline)}\n"
    ".verbatim p{white-space:pre-wrap;hyphens:none}\n"
    ".voice-code{margin-top:1.4rem;color:var(--accent);font:600 0.9rem/1.3 var(--sans);break-after:avoid}\n"
    ".voice-note{color:var(--grey);font:0.95rem/1.4 var(--sans);break-after:avoid}\n"
)
RIGHT_TO_LEFT = '.verbatim[dir="rtl"]{font-family:"Rapport Arabic",var(--serif)}\n'
SIZE = re.compile(
    r"(?P<what>(?<!html \{ )font(?:-size)?:\s*(?:italic\s+)?(?:\d00\s+)?)(?P<size>clamp\([^)]*\)|[\d.]+(?:rem|em|pt))"
)
"""A size of letters in the style sheet; that of the page's root is the measure of all others, and of no letter."""
POLICY = "default-src 'none'; style-src '{style}'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"


def write(document: Document, images: Path) -> bytes:
    """The page; `images` holds the pictures under the names that the document gives them."""
    meta, walk = document.meta, HtmlSections(document.meta, images)
    text, listed = walk.id_attribute("texte"), walk.id_attribute("sommaire")
    cover, front = split_front(document.front_matter)
    header = f'<header class="cover">\n{cover_html(cover, walk)}</header>\n'
    runs = page_runs(replace(document, front_matter=tuple(front)))
    body = "".join(map(walk.chapter, runs)) + walk.close()
    walk.check_references()
    body = body.replace(CONTENTS, contents(walk.titles, meta.strings["toc"], listed))
    return "".join(
        [
            f'<!DOCTYPE html>\n<html lang="{escape(meta.language)}">\n',
            head(meta, enlarged_style(style(meta, walk.widths) + children_style(walk), meta.smallest)),
            f'<body class="{meta.edition}">\n<a class="skip" href="#texte">{escape(meta.strings["skip"])}</a>\n',
            banner(meta),
            header,
            f'<main{text} tabindex="-1">\n{body}</main>\n</body>\n</html>\n',
        ]
    ).encode()


def head(meta: Meta, css: str) -> str:
    """What the file says of itself; the date is the report's, and only the public edition may be found by search."""
    draft = f"{meta.strings['draft']} – " if meta.edition is Edition.DRAFT else ""
    named = {
        "viewport": "width=device-width, initial-scale=1",
        "author": meta.author,
        "description": meta.subtitle or meta.title,
        "dcterms.date": meta.date,
        "color-scheme": "only light",
        "referrer": "no-referrer",
        **({} if meta.edition is Edition.PUBLIC else {"robots": "noindex"}),
    }
    return (
        '<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY.format(style=policy_digest(css))}">\n'
        f"<title>{escape(draft + meta.title, quote=False)}</title>\n"
        + "".join(f'<meta name="{name}" content="{escape(value)}">\n' for name, value in named.items())
        + f"<style>{css}</style>\n</head>\n"
    )


def policy_digest(text: str) -> str:
    """What stands for a style or a script in a content security policy."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def banner(meta: Meta) -> str:
    """What stays in view above a draft or a confidential edition, so that no part of it passes for the report."""
    if meta.edition is Edition.PUBLIC:
        return ""
    mark = f"<strong>{escape(meta.strings['draft'])}</strong> " if meta.edition is Edition.DRAFT else ""
    return f'<aside class="banner" aria-label="{escape(meta.strings["edition"])}">{mark}{escape(meta.header)}</aside>\n'


def split_front(front: Sequence[Node]) -> tuple[list[Node], list[Node]]:
    """The parts of the cover, and the rest of the front."""
    found = [node for node in front if tree.has_class(node, "cover")]
    return [part for node in found for part in tree.blocks(node)], [node for node in front if node not in found]


def cover_html(parts: Iterable[Node], walk: HtmlSections) -> str:
    """The cover: the title is the one h1 of the page, and stands there even where the editor's template has none."""
    field: list[str] = []
    below: list[str] = []
    titled = False
    for node in parts:
        name = next((n.removeprefix("cover-") for n in tree.classes(node) if n.startswith("cover-")), "")
        content = walk.block(node)
        if name == "title" and not titled:
            content = (
                "<h1>" + content.removeprefix("<p>").replace("</p>\n<p>", "<br>").removesuffix("</p>\n") + "</h1>\n"
            )
            titled = True
        (field if name in ON_FIELD else below).append(f'<div class="{name}">{content}</div>\n' if name else content)
    if not titled:
        field.append(f"<h1>{escape(walk.meta.title, quote=False)}</h1>\n")
    lower = f'<div class="below">\n{"".join(below)}</div>\n' if below else ""
    return f'<div class="field">\n{"".join(field)}</div>\n{lower}'


def contents(titles: Sequence[HtmlTitle], name: str, place: str) -> str:
    """The table of contents: parts, and the themes under each."""
    lines, depth = ["<ol>\n"], 0
    for title in titles:
        if depth == 0 and title.level == 2 and len(lines) > 1:
            lines[-1] = lines[-1].removesuffix("</li>\n") + "\n<ol>\n"
            depth = 1
        elif depth == 1 and title.level == 1:
            lines.append("</ol></li>\n")
            depth = 0
        number = f'<span class="number">{title.number}</span> ' if title.number else ""
        words = f"{number}<span{title.lang}>{escape(title.text, quote=False)}</span>"
        lines.append(f'<li><a href="#{escape(title.identifier)}">{words}</a></li>\n')
    lines.append("</ol></li>\n</ol>\n" if depth else "</ol>\n")
    heading = f'<h2{place} class="look-1">{escape(name, quote=False)}</h2>'
    return f'<nav aria-labelledby="sommaire">\n{heading}\n{"".join(lines)}</nav>\n'


# ---- style


def style(meta: Meta, widths: Mapping[str, str]) -> str:
    """The style sheet with its fonts, the widths of this document's pictures, and what its printed pages bear."""
    page = f'"{css_text(meta.strings["page"])} " counter(page) " {css_text(meta.strings["of"])} " counter(pages)'
    return (
        sheet()
        + "".join(f".{name}{{width:{width}}}\n" for name, width in sorted(widths.items()))
        + f'@page{{@top-left{{content:"{css_text(meta.header)}"}}@bottom-right{{content:{page}}}}}\n'
    )


def children_style(walk: HtmlSections) -> str:
    """How children's own words look, and the font of those written from the right, where a page has any."""
    css = CHILDREN if walk.said_by_children else ""
    font = data("font/woff2", HERE.parent / "fonts" / "web" / "arabic.woff2") if walk.right_to_left else ""
    return css + (f'@font-face{{font-family:"Rapport Arabic";src:url({font})}}\n{RIGHT_TO_LEFT}' if font else "")


def enlarged_style(css: str, smallest: int) -> str:
    """The style sheet with every size at least so many points, on a screen and on paper; 0 leaves it as it is."""
    return SIZE.sub(rf"\g<what>max(\g<size>, {smallest}pt)", css) if smallest else css


@cache
def sheet() -> str:
    """html.css without its comments, and the fonts of fonts/web as its faces."""
    faces = "".join(
        f'@font-face{{font-family:"{family}";font-style:{slope};font-weight:{weight};'
        f"src:url({data('font/woff2', HERE.parent / 'fonts' / 'web' / f'{name}.woff2')})}}\n"
        for name, (family, slope, weight) in FACES.items()
    )
    css = re.sub(r"/\*.*?\*/\s*", "", (HERE / "html.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    return f"\n{faces}{css}"


def css_text(text: str) -> str:
    """A text as the inside of a CSS string: what is no letter, figure or space is written by its code."""
    return "".join(sign if sign.isalnum() or sign == " " else f"\\{ord(sign):06x}" for sign in text)
