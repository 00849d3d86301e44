"""Addresses of links: what mail programs wrapped around them is taken off, and what is encoded in them is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rapport import cli, tree
from rapport.language.web_addresses import decode_address, leads_elsewhere, real_address
from rapport.markdown.body_text import BodyText
from rapport.markdown.parse import read_bodies
from rapport.safeguarding.reading import Mention
from rapport.safeguarding.scan import scan_mention
from rapport.storage.cache import Cache
from test_intake import drop
from word_files import docx, field, h, odt, p

SAFE = (
    "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexemple.org%2Frapport%3Fa%3D1%26b%3D2"
    "&data=05%7C01%7Cprenom.nom%40association-inventee.org%7Cabc&sdata=xyz&reserved=0"
)
REAL = "https://exemple.org/rapport?a=1&b=2"
WRAPPED = {
    SAFE: REAL,
    SAFE.replace("&", "&amp;"): REAL,
    "https://www.google.com/url?q=https://exemple.org/a&sa=D&usg=x": "https://exemple.org/a",
    "https://www.google.fr/url?sa=t&url=https%3A%2F%2Fexemple.org%2Fa": "https://exemple.org/a",
    "https://l.facebook.com/l.php?u=https%3A%2F%2Fexemple.org%2Fa&h=AT0x": "https://exemple.org/a",
    "https://urldefense.proofpoint.com/v2/url?u=https-3A__exemple.org_a-5Fb&d=x&c=y": "https://exemple.org/a_b",
    "https://urldefense.com/v3/__https://exemple.org/a__;!!abc!xyz$": "https://exemple.org/a",
    "https://protect-eu.mimecast.com/s/AbCd?domain=exemple.org": "https://protect-eu.mimecast.com/s/AbCd?domain=exemple.org",
    "https://exemple.org/a?url=https://autre.org": "https://exemple.org/a?url=https://autre.org",
    "https://www.google.com/search?q=droits": "https://www.google.com/search?q=droits",
}  # fmt: skip


@pytest.mark.parametrize("address", WRAPPED)
def test_the_real_address(address: str) -> None:
    assert real_address(address) == WRAPPED[address]


def test_wrappers_in_wrappers() -> None:
    from urllib.parse import quote

    twice = f"https://www.google.com/url?q={quote(SAFE, safe='')}&sa=D"
    assert real_address(twice) == REAL
    assert decode_address("a%2540b") == "a@b"


@pytest.mark.parametrize("address", [
    "https://exemple.org/?a=prenom.nom%40association-inventee.org", "https://exemple.org/?a=prenom.nom%2540exemple.org",
    "https://www.google.com/url?q=https%3A%2F%2Fexemple.org%2F%3Fa%3Dprenom.nom%2540exemple.org",
])  # fmt: skip
def test_what_is_encoded_is_read(address: str) -> None:
    assert [f.kind for f in scan_mention(Mention("target", address, 0)) if f.kind == "identifier"]


def test_who_a_message_was_sent_to_is_no_matter_where_it_is_not_printed() -> None:
    assert not [f for f in scan_mention(Mention("target", SAFE, 0)) if f.kind == "identifier"]


@pytest.mark.parametrize("text", [f"Un [lien]({SAFE}).", f"Un lien <{SAFE}>.", f"Un lien {SAFE} inventé.",
                                  f"- Un [*lien*]({SAFE})", f"Une note.[^n]\n\n[^n]: Voir <{SAFE}>."])  # fmt: skip
def test_the_real_address_is_what_is_printed(text: str, tmp_path: Path) -> None:
    [body] = read_bodies([BodyText("contributions/beta/a.md", text, 1, "beta--a--")], Cache(tmp_path, "x"))
    nodes = [passage.node for passage in body.passages]
    said = str(nodes)
    assert "safelinks" not in said and "prenom.nom" not in said
    assert "exemple.org/rapport" in said
    assert {tree.target(link) for link in tree.find(nodes, "Link")} <= {REAL}


ELSEWHERE = (
    ("le site a.org", "https://evil-a.org"),
    ("https://a.org", "https://b.org"),
    ("a.org", "https://b.org"),
    ("www.a.org", "https://b.org/x"),
    ("voir https://a.org", "https://b.org"),
    ("https://a.org (le site)", "https://b.org"),
    ("le site a.org", "https://b.org/"),
    ("contact@a.org", "mailto:contact@b.org"),
    ("contact@a.org", "https://b.org"),
    ("écrire à contact@a.org", "mailto:autre@a.org"),
    ("https://unicef.org", "https://unісef.org"),
    ("https://unicef.org", "https://xn--uncef-53e.org"),
    ("https://a.org", "https://a.org@b.org/"),
    ("https://a.org/rapport", "https://a.org:8443@b.org/rapport"),
    ("https://a.org", "https://a.org.b.com"),
    ("https://a.org/rapport.pdf", "https://a.org/autre.pdf"),
    ("a.org/rapport", "https://b.org/a.org/rapport"),
    ("https://a.org", "http://b.org?u=https://a.org"),
    ("https://a.org", "mailto:x@a.org"),
    ("a.paris", "https://b.paris"),
    ("https://unicef.fr", "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fb.org%2F&data=05"),
    ("contre-la-traite.org", "https://contrelatraite.org"),
    ("HTTPS://A.ORG", "https://b.org"),
    ("https ://a.org", "https://b.org"),
    ("https://a.org et https://b.org", "https://b.org"),
    ("https://a.org/x", "https://a.org/"),
    ("https://a. org", "https://b.org"),
    ("01 23 45 67 89", "tel:+33198765432"),
    ("ohchr.org", "ftp://b.org"),
    ("www.a.org", "//b.org"),
    ("https://а.org", "https://a.org"),
    ("a[.]org", "https://b.org"),
    ("https://doi.org/10.1000/1", "https://doi.org/10.1000/2"),
    ("doi:10.1000/1", "https://doi.org/10.1000/2"),
    ("10.2785/56096", "https://doi.org/10.2785/99999"),
)
THERE = (
    ("https://a.org", "https://a.org/"),
    ("https://a.org/", "https://a.org"),
    ("a.org", "https://www.a.org"),
    ("www.a.org", "http://a.org/page"),
    ("https://a.org/lon…", "https://a.org/longue"),
    ("contact@a.org", "mailto:contact@a.org?subject=x"),
    ("contact@a.org", "mailto:Contact@A.org"),
    ("le rapport", "https://b.org"),
    ("rapport.pdf", "https://b.org/x"),
    ("p. 12", "https://b.org"),
    ("voir le site de l'Unicef", "https://unicef.org"),
    ("voir https://a.org/x", "https://a.org/x"),
    ("https://éducation.fr", "https://xn--ducation-90a.fr"),
    ("https://a.org/é", "https://a.org/%C3%A9"),
    ("CRC/C/FRA/CO/4", "https://undocs.org/CRC/C/FRA/CO/4"),
    ("art. L. 112-3", "https://legifrance.gouv.fr/x"),
    ("doi:10.1000/1", "https://doi.org/10.1000/1"),
    ("https://doi.org/10.1000/1", "http://dx.doi.org/10.1000/1"),
    ("10.1000/1", "https://doi.org/10.1000/1"),
    ("n.d.", "https://b.org"),
    ("etc.fr", "https://etc.fr"),
    ("M.Dupont", "https://b.org"),
    ("2.1.3", "#x"),
    ("01 23 45 67 89", "tel:+33123456789"),
    ("http://a.org", "https://a.org"),
    ("https://a.org:443/", "https://a.org"),
    ("https://a.org/?a=1&b=2", "https://a.org/?b=2&a=1"),
    ("Convention (ohchr.org)", "https://www.ohchr.org/fr/instruments"),
    ("Le Monde.fr", "https://www.lemonde.fr/x"),
    ("Ministère de la Justice – justice.gouv.fr", "https://www.justice.gouv.fr/x"),
    ("https://a.org", "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.org%2F&data=05"),
)


@pytest.mark.parametrize(("words", "target"), ELSEWHERE)
def test_words_that_are_another_address(words: str, target: str) -> None:
    assert leads_elsewhere(words, real_address(target))


@pytest.mark.parametrize(("words", "target"), THERE)
def test_words_that_are_the_address_or_none(words: str, target: str) -> None:
    assert not leads_elsewhere(words, real_address(target))


WORD = p("", inside=field(' HYPERLINK "https://b.org/x" ', "voir https://a.org"))
ODT = '<text:p>Voir <text:a xlink:href="https://b.org/x">https://a.org</text:a> ici.</text:p>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("mendicite.docx", docx(h("Constat"), WORD)),
        ("mendicite.odt", odt(f'<text:h text:outline-level="1">Constat</text:h>{ODT}')),
    ],
)
def test_a_link_of_a_received_file_is_told(
    name: str, content: bytes, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drop(project, f"beta/{name}", content)
    cli.run(["intake", "--root", str(project)])
    capsys.readouterr()
    cli.run(["check", "--root", str(project)])
    assert re.search(r"mendicite\.md:\d+:\d+: à voir R23 : .*https://a\.org.*https://b\.org/x", capsys.readouterr().out)


def test_a_link_of_a_translation_or_a_template_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, page = project / "contributions/beta/travail-force.md", project / "chapters/cadre-juridique.md.j2"
    text.write_text(
        text.read_text("utf-8").replace("Un autre constat inventé.", "Un [constat](https://b.org)."), encoding="utf-8"
    )
    cli.run(["translation", "--root", str(project)])
    english = text.with_suffix(".en.md")
    french = "> Un [constat](https://b.org).\n"
    assert french in english.read_text("utf-8")
    filled = english.read_text("utf-8").replace(french, f"{french}\nA [finding, https://a.org](https://b.org).\n")
    english.write_text(filled, encoding="utf-8")
    page.write_text(page.read_text("utf-8") + "\n\nVoir [a.org](https://b.org).\n", encoding="utf-8")
    capsys.readouterr()
    cli.run(["check", "--report-language", "en", "--root", str(project)])
    said = capsys.readouterr().out
    assert re.search(r"travail-force\.en\.md:\d+:\d+: à voir R23", said)
    assert re.search(r"cadre-juridique\.md\.j2:\d+:\d+: à voir R23", said)
