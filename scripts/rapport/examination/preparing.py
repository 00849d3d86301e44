"""What each text alone says, found out on two cores: another process looks at some, and caches what it saw.

Nothing depends on it: what is not in the cache when it is asked for is found out then.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from rapport.bibliography.library import Library
from rapport.checks import said_of_text_alone
from rapport.checks.typed_marks import in_templates
from rapport.examination.checking import scan
from rapport.examination.opening import OpenedProject
from rapport.examination.reading import EditorLists, Texts, look_at, read_texts, unread_words_of
from rapport.markdown import parse
from rapport.model import Outline
from rapport.storage.cache import Cache
from rapport.storage.second_process import begin_beside


def read_texts_beside(
    root: Path, opened: OpenedProject, plan: Outline, lists: EditorLists, works: Library, cache: Cache
) -> Texts:  # fmt: skip
    """The contributions, those that another process is to read among them."""
    prepare = partial(_prepare, opened, lists, works, cache)
    number = len(opened.contributions_beside)
    prepared = begin_beside(prepare, cache, more_seconds=number) if number else lambda: None
    return read_texts(root, opened, plan, lists, prepared, cache)


def _prepare(opened: OpenedProject, lists: EditorLists, works: Library, cache: Cache) -> None:
    """Put into the cache all that can be said of each text alone, and of what is printed beside the texts."""
    project = opened.project
    for draft in parse.parse(opened.contributions_beside, cache):
        look_at(draft, project.root, lists, cache)
        said_of_text_alone(draft, cache)
        unread_words_of(draft, cache)
    scan(project, Texts((), {}, {}), lists, works, cache)
    in_templates(project.templates, cache)
