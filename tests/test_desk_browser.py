"""The editor's page in a real browser: with and without script, no network, axe, three widths, printed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from conftest import lay_stock
from rapport import cli
from test_desk import ACTIONS, CONSENT, JOURNAL, LEDGER, MAP, PAGE, planned, write
from test_html_browser import axe, browser  # noqa: F401

pytestmark = pytest.mark.slow
WIDTHS = (1280, 768, 360)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a project with something in every part of it."""
    root = lay_stock(tmp_path_factory.mktemp("desk") / "projet")
    planned(root)
    write(root, "contributions/inbox/journal.yaml", JOURNAL)
    write(root, "contributions/drafts/ledger.yaml", LEDGER)
    write(root, "contributions/drafts/consent.yaml", CONSENT)
    write(root, "chapters/actions.yaml", ACTIONS)
    write(root, "contributions/alpha/mendicite.md", "Un texte sans en-tête.\n")
    for number in (1, 2):
        write(root, f"contributions/drafts/{number}/map.json", MAP % (number, "mot " * number))
    assert cli.run(["desk", "--root", str(root)]) == 0
    return root / PAGE


@pytest.fixture
def opened(browser: Any, page: Path) -> Iterator[Any]:  # noqa: F811
    """Opens the page under these settings of the browser; what it asks for and says is kept."""
    contexts = []

    def open_page(width: int = 1280, **settings: Any) -> Any:
        contexts.append(browser.new_context(viewport={"width": width, "height": 800}, **settings))
        shown = contexts[-1].new_page()
        shown.asked, shown.said = [], []
        shown.on("request", lambda request: shown.asked.append(request.url))
        shown.on("console", lambda message: shown.said.append(message.text))
        shown.goto(page.as_uri())
        return shown

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(opened: Any, width: int) -> None:
    shown = opened(width, bypass_csp=True)
    shown.evaluate((Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    found = shown.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found["violations"]] == []
    assert len(found["passes"]) > 25, "axe has looked"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_is_as_wide_as_the_screen_and_what_is_wider_scrolls_by_itself(opened: Any, width: int) -> None:
    shown = opened(width)
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    inside = "[...document.querySelectorAll('main *')].filter(e => !e.closest('.scroll, .unseen, svg')"
    assert shown.evaluate(f"{inside} && e.getBoundingClientRect().right > {width} + 1).map(e => e.outerHTML)") == []


def test_nothing_is_asked_of_the_network_and_the_policy_lets_our_own_script_run(opened: Any, page: Path) -> None:
    shown = opened(offline=True)
    assert shown.asked == [page.as_uri()]
    assert shown.said == []
    assert shown.evaluate("document.querySelectorAll('.relative').length") > 0


def test_it_is_whole_without_script(opened: Any) -> None:
    words = "() => { document.querySelectorAll('.relative').forEach(e => e.remove()); return document.body.innerText }"
    plain = opened(java_script_enabled=False)
    assert plain.locator(".relative").count() == 0
    assert plain.inner_text("body").split() == opened().evaluate(words).split()


def test_days_are_counted_from_today_and_late_ones_are_said_to_be(opened: Any) -> None:
    shown = opened(timezone_id="Europe/Paris")
    shown.clock.set_fixed_time("2015-01-07T12:00:00")
    shown.reload()
    rows = [row.inner_text() for row in shown.locator("#actions tbody tr").all()]
    assert "(dans 3 jours)" in next(row for row in rows if "rapport d'activité" in row)
    shown.clock.set_fixed_time("2015-01-11T12:00:00")
    shown.reload()
    late = shown.locator("#actions .late").all_inner_texts()
    assert any("hier" in words for words in late)


def test_every_link_leads_somewhere(opened: Any) -> None:
    dead = "[...document.links].filter(a => !document.getElementById(a.hash.slice(1))).map(a => a.href)"
    assert opened().evaluate(dead) == []


def test_it_prints_on_landscape_pages_with_nothing_cut(opened: Any) -> None:
    shown = opened()
    with pikepdf.open(io.BytesIO(shown.pdf(prefer_css_page_size=True))) as pdf:
        boxes = {tuple(round(float(n)) for n in page.mediabox) for page in pdf.pages}
        assert len(boxes) == 1
        (box,) = boxes
        assert abs(box[2] - 842) <= 1 and abs(box[3] - 595) <= 1  # points of A4, across
        assert len(pdf.pages) <= 6
    shown.emulate_media(media="print")
    shown.set_viewport_size({"width": 1046, "height": 718})  # A4 across, less its margins, at 96 dots an inch
    assert shown.evaluate("document.documentElement.scrollWidth") <= 1046
    assert shown.locator(".relative:visible").count() == 0
