"""The HTML file in a real browser: nothing is asked of the network, nothing hinders anybody, no script is needed.

Needs Chromium (Debian's `chromium` will do) and the test group's playwright and axe; skips where they are not.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image as Picture

from conftest import PRODUCT
from html_sample import MORE, sample
from rapport import cli
from rapport.model import Document, Edition
from rapport.output.html import writer
from rapport.pipeline import examine, lay_out
from rapport.storage.cache import Cache
from test_children_version import lay as lay_version
from workshop_sample import lay_workshop

pytestmark = pytest.mark.slow

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python", reason="axe is not installed")

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("no Chromium is installed")
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=path)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The product's own contributions as a page, in two editions, and a page with every kind of block."""
    folder = tmp_path_factory.mktemp("page")
    cache = Cache(folder / "cache", "test")
    examined = examine(PRODUCT, cache)
    for picture in examined.images.values():
        (folder / picture.name).write_bytes(picture.content)
    Picture.new("RGB", (60, 40), "navy").save(folder / "0a1b.png")
    Picture.new("RGB", (20, 4000), "navy").save(folder / "ffee.png")
    documents: dict[str, Document | None] = {"sample": sample(MORE)}
    for edition in (Edition.DRAFT, Edition.PUBLIC):
        _, documents[edition.value], _ = lay_out(examined, edition, cache)
    made = {}
    for name, document in documents.items():
        assert document
        made[name] = folder / f"{name}.html"
        made[name].write_bytes(writer.write(document, folder))
    return made


@pytest.fixture
def opened(browser: Any, files: dict[str, Path]) -> Iterator[Any]:
    """Opens a page under these settings of the browser."""
    contexts = []

    def open_page(name: str = "draft", width: int = 1280, **settings: Any) -> Any:
        contexts.append(browser.new_context(viewport={"width": width, "height": 800}, **settings))
        page = contexts[-1].new_page()
        page.goto(files[name].as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", ["draft", "public", "sample"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing(opened: Any, name: str, width: int) -> None:
    page = opened(name, width, bypass_csp=True)  # the page itself would not let axe in
    page.evaluate((Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found["violations"]] == []
    assert len(found["passes"]) > 30, "axe has looked"


@pytest.mark.parametrize(("verb", "page"), [("booklet", "livret-enfants"), ("children-version", "version-enfants")])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_in_what_is_made_of_and_for_children(
    opened: Any, files: dict[str, Path], project: Path, verb: str, page: str, width: int
) -> None:
    lay_workshop(project)
    lay_version(project)
    assert cli.run([verb, "--root", str(project)]) == 0
    files[page] = project / f"build/{page}.html"
    shown = opened(page, width, bypass_csp=True)
    shown.evaluate((Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    found = shown.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found["violations"]] == []
    assert len(found["passes"]) > 20, "axe has looked"


def test_axe_would_have_found_something(opened: Any) -> None:
    page = opened("sample", bypass_csp=True)
    page.evaluate((Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    page.evaluate("document.querySelector('main img').removeAttribute('alt')")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [v["id"] for v in found["violations"]] == ["image-alt"]


def test_nothing_is_asked_of_the_network(opened: Any, files: dict[str, Path]) -> None:
    page = opened(offline=True)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.evaluate("document.fonts.ready")
    assert [url for url in asked if not url.startswith("data:")] == [files["draft"].as_uri()]
    assert said == []
    faces = page.evaluate("[...document.fonts].filter(face => face.status === 'loaded').map(face => face.family)")
    assert {"Rapport Serif", "Rapport Sans"} <= {face.strip('"') for face in faces}
    assert page.evaluate("[...document.images].every(image => image.naturalWidth > 0)")


def test_the_policy_stops_what_should_never_be_there(browser: Any, files: dict[str, Path], tmp_path: Path) -> None:
    source = files["draft"].read_text(encoding="utf-8")
    smuggled = '<script>document.title = "pris"</script><img src="http://192.0.2.1/a.png" style="width:9px">'
    (tmp_path / "page.html").write_text(source.replace("</main>", f"{smuggled}</main>"), encoding="utf-8")
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto((tmp_path / "page.html").as_uri())
    assert page.title() != "pris"
    for directive in ("script-src", "img-src", "style-src"):
        assert any(directive in text or "default-src" in text for text in said), said
    page.close()


@pytest.mark.parametrize("name", ["draft", "sample"])
@pytest.mark.parametrize("width", [1280, 768, 320])
def test_the_page_never_scrolls_sideways(opened: Any, name: str, width: int) -> None:
    page = opened(name, width)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width, "with letters twice as large"


def test_it_reads_without_javascript(opened: Any) -> None:
    with_it, without = opened(), opened(java_script_enabled=False)
    assert without.inner_text("main") == with_it.inner_text("main")
    first = without.locator("nav ol ol a").first
    target = first.get_attribute("href")
    first.click()
    assert without.url.endswith(target)
    place = without.locator(target).bounding_box()
    assert 0 <= place["y"] < 200, "under the banner, at the top of the window"


def test_a_keyboard_gets_to_the_text_at_once(opened: Any) -> None:
    page = opened()
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    assert skip.evaluate("element => element === document.activeElement")
    assert skip.bounding_box()["x"] >= 0, "seen once it is reached"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "texte"


def test_a_note_leads_back_to_its_call(opened: Any) -> None:
    page = opened()
    page.locator("#appel-2").click()
    assert page.url.endswith("#note-2")
    page.locator("#note-2 a[role=doc-backlink]").click()
    assert page.url.endswith("#appel-2")
    assert 0 <= page.locator("#appel-2").bounding_box()["y"] < 800


@pytest.mark.parametrize("name", ["draft", "public"])
def test_it_prints_on_a4_without_an_empty_page(opened: Any, name: str) -> None:
    printed = opened(name).pdf(prefer_css_page_size=True)
    with pikepdf.open(io.BytesIO(printed)) as paper:
        assert len(paper.pages) > 5
        for page in paper.pages:
            assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
            assert len(page.Contents.read_bytes()) > 300


def test_its_tree_says_what_a_listener_needs(opened: Any) -> None:
    tree = opened("public").locator("body").aria_snapshot()
    for line in ("- banner:", '- navigation "Table des matières":', "- main:", '- heading "I ', "[level=2]"):
        assert line in tree
