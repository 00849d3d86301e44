"""Addresses of links: what mail programs wrapped around them is taken off, and what is encoded in them is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapport import tree
from rapport.language.web_addresses import decode_address, real_address
from rapport.markdown.body_text import BodyText
from rapport.markdown.parse import read_bodies
from rapport.safeguarding.reading import Mention
from rapport.safeguarding.scan import scan_mention
from rapport.storage.cache import Cache

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
