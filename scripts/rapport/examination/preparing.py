"""What each text alone says, found out on two cores: another process looks at some, and caches what it saw.

Nothing depends on it: what is not in the cache when it is asked for is found out then.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from rapport.bibliography.library import Library
from rapport.checks import said_of_text_alone
from rapport.checks.typed_marks import in_templates
from rapport.examination.checking import scan
from rapport.examination.opening import OpenedProject
from rapport.examination.reading import EditorLists, Texts, look_at, unread_words_of
from rapport.markdown import parse
from rapport.storage.cache import Cache
from rapport.storage.second_process import begin_beside


def prepare_beside(opened: OpenedProject, lists: EditorLists, works: Library, cache: Cache) -> Callable[[], None]:
    """Begin to look at the texts that are for another process; the function returned waits until it has done so."""
    if not opened.contributions_beside:
        return lambda: None
    return begin_beside(
        partial(_prepare, opened, lists, works, cache), cache, more_seconds=len(opened.contributions_beside)
    )


def _prepare(opened: OpenedProject, lists: EditorLists, works: Library, cache: Cache) -> None:
    """Put into the cache all that can be said of each text alone, and of what is printed beside the texts."""
    project = opened.project
    for draft in parse.parse(opened.contributions_beside, cache):
        look_at(draft, project.root, lists, cache)
        said_of_text_alone(draft, cache)
        unread_words_of(draft, cache)
    scan(project, Texts((), {}, {}), lists, works, cache)
    in_templates(project.templates, cache)
