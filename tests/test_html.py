"""The HTML file: complete, alone, the same anchors and numbers, nothing run, and a structure that can be heard."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image

from docx_sample import META, header, image, link, numbered, p, table
from html_reader import Nesting, Page, squeezed, words
from html_sample import MORE, STRINGS, note, sample
from rapport.model import Document, Edition, Node
from rapport.output.html import writer
from rapport.output.visitor import Unprintable
from rapport.pipeline import examine, lay_out
from rapport.storage.cache import Cache
from rapport.tree import div, para, string

HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(2)> & "x" \' </style></title> ]]> &amp; <!-- -->'
LOOK = Path(writer.__file__).parents[1] / "pdf" / "template" / "look.typ"


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("images")
    Image.new("RGB", (60, 40), "navy").save(folder / "0a1b.png")
    Image.new("RGB", (20, 4000), "navy").save(folder / "ffee.png")
    return folder


@pytest.fixture(scope="module")
def page(images: Path) -> Page:
    return Page(writer.write(sample(MORE), images))


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, Page]:
    """The product's own contributions as they stand."""
    folder = tmp_path_factory.mktemp("real")
    cache = Cache(folder / "cache", "test")
    examined = examine(Path(__file__).parent.parent, cache)
    _, document, _ = lay_out(examined, Edition.DRAFT, cache)
    assert document
    for picture in examined.images.values():
        (folder / picture.name).write_bytes(picture.content)
    return document, Page(writer.write(document, folder))


# -- what is said arrives, and nothing else ----------------------------------------------------------------------


def test_every_word_once_in_order(page: Page) -> None:
    assert page.words == words(sample(MORE))


def test_every_word_of_the_real_report(real: tuple[Document, Page]) -> None:
    document, page = real
    assert page.words == words(document)


def test_what_is_shown_is_well_nested(page: Page, real: tuple[Document, Page]) -> None:
    Nesting(page.source)
    Nesting(real[1].source)


def test_hostile_text_is_text(images: Path) -> None:
    code = {"t": "CodeBlock", "c": [["", [], []], HOSTILE]}
    picture = {"t": "Image", "c": [["", [], [["alt", HOSTILE]]], [], ["0a1b.png", ""]]}
    nodes = [
        header(2, [*string(HOSTILE), note(HOSTILE)], "t"),
        p(HOSTILE),
        code,
        table([[HOSTILE], [HOSTILE]], HOSTILE),
        para([picture]),
    ]
    meta = replace(META, title=HOSTILE, header=HOSTILE, author=HOSTILE, subtitle=HOSTILE, strings=STRINGS)
    made = Page(writer.write(Document(meta, (div([], ["toc"]),), (tuple(nodes),), ()), images))
    assert not made("//script | //@onerror | //*[name()='img'][not(starts-with(@src, 'data:'))]")
    assert squeezed("".join(made("//main")[0].itertext())).count(squeezed(HOSTILE)) == 8, (
        "seven, and the table of contents"
    )
    assert made("//title")[0].text == f"PROJET – {HOSTILE}"
    assert made("//main//img/@alt") == [HOSTILE]
    assert made("//h1")[0].text == HOSTILE, "a cover without a title takes the report's"
    Nesting(made.source)


@pytest.mark.parametrize(
    "node",
    [
        {"t": "RawBlock", "c": ["html", "<b>"]},
        para([{"t": "RawInline", "c": ["html", "<b>"]}]),
        para([{"t": "Math", "c": [{"t": "InlineMath"}, "x"]}]),
        {"t": "Nouveau", "c": []},
        para([link("ici", "javascript:alert(1)")]),
        para([link("ici", "file:///etc/passwd")]),
        para([link("ici", "#nulle-part")]),
        para([image("../secret.png", "Une image")]),
        para([image("https://example.org/a.png", "Une image")]),
        para([{"t": "Image", "c": [["", [], []], [], ["0a1b.png", ""]]}]),
        div([p("un"), div([p("deux")], [], "double")], [], "double"),
        div([p("un")], [], "par-1"),
    ],
)
def test_what_cannot_be_printed_is_refused(images: Path, node: Node) -> None:
    with pytest.raises(Unprintable):
        writer.write(sample([numbered("paragraph", 12, "p-12", p("douze")), node]), images)


# -- alone ---------------------------------------------------------------------------------------------------------


def test_nothing_outside_the_file(page: Page, real: tuple[Document, Page]) -> None:
    for made in (page, real[1]):
        assert not made("//script | //link | //iframe | //object | //embed | //base | //form | //@style")
        assert all(address.startswith("data:image/") for address in made("//@src"))
        assert not re.search(r"@import|url\((?!data:font/woff2;base64,)", made("//style")[0].text)
        kinds = {address.split(":")[0] if address[0] != "#" else "#" for address in made("//@href")}
        assert kinds <= {"#", "http", "https", "mailto"}


def test_the_policy_allows_this_style_sheet_and_nothing_else(page: Page) -> None:
    (policy,) = page("//meta[@http-equiv='Content-Security-Policy']/@content")
    digest = b64encode(sha256(page("//style")[0].text.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy and "http" not in policy


def test_pictures_are_the_staged_ones(page: Page, images: Path) -> None:
    first = page("//img/@src")[0]
    assert b64decode(first.partition(",")[2]) == (images / "0a1b.png").read_bytes()


def test_the_same_bytes_every_time(images: Path) -> None:
    assert writer.write(sample(MORE), images) == writer.write(sample(MORE), images)


# -- structure -----------------------------------------------------------------------------------------------------


def test_ids_are_unique_and_links_arrive(page: Page, real: tuple[Document, Page]) -> None:
    for made in (page, real[1]):
        assert set(made.ids.values()) == {1}
        assert {target[1:] for target in made("//@href") if target[0] == "#"} <= set(made.ids)
        assert {name for names in made("//@aria-labelledby") for name in names.split()} <= set(made.ids)


def test_one_h1_and_no_skipped_level(page: Page, real: tuple[Document, Page]) -> None:
    for made in (page, real[1]):
        levels = [int(e.tag[1]) for e in made("//h1|//h2|//h3|//h4|//h5|//h6")]
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_what_the_file_says_of_itself(page: Page) -> None:
    assert page("/html/@lang") == ["fr"]
    assert page("//title")[0].text == "PROJET – La traite des mineurs & la Convention"
    said = dict(zip(page("//meta/@name"), page("//meta[@name]/@content"), strict=True))
    assert said["author"] == "Ensemble contre la traite"
    assert said["description"] == "Rapport alternatif"
    assert said["dcterms.date"] == "2015-02-28"
    assert said["robots"] == "noindex"


def test_a_paragraph_has_its_number_and_two_anchors(page: Page) -> None:
    (paragraph,) = page("//*[@id='p-1']")
    assert paragraph.text_content().startswith("1. Mots simples")
    assert page("//*[@id='p-1']//*[@id='par-1']")
    (recommendation,) = page("//*[@id='p-2']")
    assert recommendation.get("class") == "recommendation"
    assert page("//*[@id='recommandation-r1'][@class='consolidated']//*[@class='label']")[0].text == "R1"


def test_the_table_of_contents_lists_parts_and_themes(page: Page) -> None:
    listed = [(a.get("href"), a.text_content()) for a in page("//nav//a")]
    assert ("#part-formes", "I Les formes") in listed
    assert ("#theme-adoptions", "2 Adoptions illégales") in listed
    assert ("#theme-note", "Un thème noté") in listed, "without its note"
    assert page("//nav/ol/li[a/@href='#part-formes']/ol/li/a/@href") == ["#theme-ventes", "#theme-adoptions"]
    assert page("//nav//a[@href='#summary']/span/@lang") == ["en"] or page("//nav//a[@href='#summary']")


def test_parts_and_themes_are_named_regions(page: Page) -> None:
    (part,) = page("//main/section[@aria-labelledby='part-formes']")
    themes = part.xpath("section/@aria-labelledby")
    assert themes == ["theme-ventes", "theme-adoptions"], "the second one came with another chapter"
    assert page("//section[@aria-labelledby='theme-ventes']/section[not(@aria-labelledby)]/h4")
    assert page("//main/div[@lang='en'][@class='summary']/section[@aria-labelledby='summary']")


def test_notes_stand_at_the_end_of_their_theme(page: Page) -> None:
    calls = page("//a[@role='doc-noteref']")
    assert [call.text for call in calls] == [str(n + 1) for n in range(len(calls))]
    assert page("//section[@aria-labelledby='theme-ventes']/section[@role='doc-endnotes']/@aria-label") == ["Notes 1"]
    notes = page("//section[@role='doc-endnotes']")
    assert len({section.get("aria-label") for section in notes}) == len(notes), "landmarks of different names"
    for call in calls:
        (item,) = page(f"//li[@id='{call.get('href')[1:]}']")
        assert item.get("value") == call.text
        (back,) = item.xpath(".//a[@role='doc-backlink']")
        assert back.get("href") == "#" + call.get("id")
        assert back.get("aria-label") == f"retour à la note {call.text}"
    assert [li.get("lang") for li in page("//li[contains(., 'An English note')]")] == ["en"]


def test_tables_say_what_heads_what(page: Page) -> None:
    (made,) = page("//table[@id='tab-7']")
    assert made.xpath("caption")[0].text_content().startswith("Tableau\u00a07 – Des chiffres inventés")
    assert [(th.text, th.get("scope"), th.get("colspan")) for th in made.xpath("thead//th")] == [("Années", "col", "2")]
    assert [(th.text, th.get("scope"), th.get("rowspan")) for th in made.xpath("tbody//th")] == [("Filles", "row", "2")]
    assert made.xpath("tfoot//td/text()") == ["Total", "26"]
    assert made.xpath("tbody//td/@class") == ["right"] * 4
    assert made.getparent().get("aria-label") == "Tableau\u00a07"


def test_a_table_without_a_head_has_none(images: Path) -> None:
    headless = table([["", ""], ["a", "b"]], "")
    made = Page(writer.write(sample([headless]), images))
    assert [t.xpath("count(thead)") for t in made("//table")][-1] == 0


def test_figures_have_words(page: Page) -> None:
    assert page("//figure/figcaption")[0].text_content() == "Figure\u00a01 – Signalements"
    assert page("//figure//img/@alt")[0] == "Une barre & <rien>"


def test_other_languages_are_marked(page: Page) -> None:
    assert "In English" in page("//div[@lang='en']")[0].text_content()


@pytest.mark.parametrize(
    "edition, mark",
    [(Edition.DRAFT, "PROJET Projet n° 1 — <rapport>"), (Edition.CONFIDENTIAL, "Projet n° 1"), (Edition.PUBLIC, "")],
)
def test_only_the_public_edition_goes_unmarked(images: Path, edition: Edition, mark: str) -> None:
    made = Page(writer.write(sample(edition=edition), images))
    shown = [aside.text_content() for aside in made("//aside")]
    assert [text.startswith(mark) for text in shown] == ([True] if mark else [])
    assert bool(made("//meta[@name='robots']")) is (edition is not Edition.PUBLIC)


def test_a_picture_takes_its_width_by_a_class(images: Path) -> None:
    wide = {"t": "Image", "c": [["", [], [["alt", "Une barre"], ["width", "37.5%"]]], [], ["0a1b.png", ""]]}
    made = Page(writer.write(sample([para([wide])]), images))
    assert made("//img/@class")[-1] == "w37-5pc"
    assert ".w37-5pc{width:37.5%}" in made("//style")[0].text


def test_the_colours_are_those_of_the_pdf(page: Page) -> None:
    colours = dict(re.findall(r'^#let (\w+) = rgb\("(#\w+)"\)', LOOK.read_text(encoding="utf-8"), re.MULTILINE))
    css = page("//style")[0].text
    assert {"ink", "accent", "ochre", "grey", "tint"} <= colours.keys()
    for name, colour in colours.items():
        assert f"--{name}: {colour};" in css
