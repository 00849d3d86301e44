"""Small Word and OpenDocument files made in code, for the tests: every word in them is invented."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from PIL import Image

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OTHERS = (
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
    for name in ("Normal", "Title", "heading 1", "heading 2", "caption", "toc 1")
)


def run(text: str, looks: str = "") -> str:
    properties = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(text: str = "", style: str = "", inside: str = "") -> str:
    """A paragraph of a text, or of runs given as XML."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{inside or run(text)}</w:p>"


def h(text: str, level: int = 1) -> str:
    return p(text, f"heading{level}")


def bold(text: str) -> str:
    return p(inside=run(text, "<w:b/>"))


def field(instruction: str, shown: str) -> str:
    """A field as Word writes it: five runs."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{escape(instruction)}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) for row in rows)
    grid = "<w:tblGrid>" + "<w:gridCol/>" * len(rows[0]) + "</w:tblGrid>"
    return f"<w:tbl><w:tblPr/>{grid}{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def picture(relation: str, description: str = "") -> str:
    """A picture in the text, by the name of its relation."""
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="600000"/>'
        f'<wp:docPr id="1" name="i" descr="{description}"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/></pic:blipFill><pic:spPr><a:xfrm><a:ext cx="900000" cy="600000"/>'
        "</a:xfrm></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def docx(
    *body: str,
    parts: Mapping[str, bytes | str] | None = None,
    relations: Mapping[str, tuple[str, str, bool]] | None = None,
) -> bytes:
    """A DOCX of these paragraphs; `relations`: id → (type, target, whether it lies outside)."""
    outer = {True: ' TargetMode="External"', False: ""}
    of_document = "".join(
        f'<Relationship Id="{name}" Type="{REL}/{kind}" Target="{escape(target)}"{outer[outside]}/>'
        for name, (kind, target, outside) in {"s": ("styles", "styles.xml", False), **(relations or {})}.items()
    )
    space = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="jpg" ContentType="image/jpeg"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>'
    )
    files: dict[str, bytes | str] = {
        "[Content_Types].xml": types,
        "_rels/.rels": f'<Relationships {space}><Relationship Id="d" Type="{REL}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f"<Relationships {space}>{of_document}</Relationships>",
        "word/styles.xml": f"<w:styles {W}>{STYLES}</w:styles>",
        "word/document.xml": f"<w:document {W} {OTHERS}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>",
        **(parts or {}),
    }
    return zipped(files)


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def odt(body: str, styles: str = "", meta: str = "") -> bytes:
    """An ODT whose office:text holds this XML."""
    names = {n: f"urn:oasis:names:tc:opendocument:xmlns:{n}:1.0" for n in ("office", "text", "table", "style")}
    names |= {"draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "dc": "http://purl.org/dc/elements/1.1/"}
    names |= {"loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"}
    compatible = "urn:oasis:names:tc:opendocument:xmlns:{}-compatible:1.0".format
    names |= {"fo": compatible("xsl-fo"), "svg": compatible("svg"), "xlink": "http://www.w3.org/1999/xlink"}
    spaces = " ".join(f'xmlns:{name}="{uri}"' for name, uri in names.items())
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            **({"meta.xml": meta} if meta else {}),
        }
    )


def photo() -> bytes:
    """A JPEG that says where and by whom it was taken."""
    image, out = Image.new("RGB", (60, 40), "navy"), io.BytesIO()
    facts = image.getexif()
    facts[0x013B] = "Photographe Inventé"
    facts[0x010F] = "Appareil inventé"
    image.save(out, "JPEG", exif=facts)
    return out.getvalue()


TEXT = (
    p("Un texte inventé sur la mendicité", "Title"),
    h("1. Constats"),
    p("Les faits inventés sont peu connus."),
    bold("1.2 - Un intertitre en gras"),
    p("Une suite inventée."),
    h("Analyse au regard de la Convention"),
    p("Une analyse inventée."),
    bold("RECOMMANDATIONS :"),
    p("Au ministère inventé (CIDE 3) : former les équipes de nuit."),
    p("Au gouvernement inventé : publier les chiffres."),
)
"""A whole text as an association writes it: headings of Word's and in bold, typed numbers, recommendations as lines."""
