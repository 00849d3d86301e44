"""`rapport draft`: a numbered draft frozen: its map and the texts it was made of kept, its files made to be sent out.

The outline says the number (« Projet n° 3 »), because the cover and the running header print it. A frozen draft is
never written over; its files can be made again, byte for byte, from the texts kept with it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from rapport import rules
from rapport.commands.context import Context, outline_of
from rapport.examination.opening import open_cache
from rapport.examination.result import Examined
from rapport.language.names import typed_name
from rapport.messages import display, review
from rapport.messages.stop import ERRORS, FINE, USAGE, Stop
from rapport.project.read import OUTLINE
from rapport.review.freeze import draft_map as drafts_map
from rapport.review.freeze.copies import highlight_passages
from rapport.review.freeze.draft_files import (
    folder_of,
    frozen_draft,
    make,
    name_of,
    program_versions,
    sha256,
    sources,
    unpack,
)
from rapport.review.freeze.draft_map import MAP, FrozenDraft
from rapport.storage.lock import hold_lock
from rapport.storage.transaction import write_atomically

EVERYONE = ("toutes", "all")


def verb(context: Context) -> int:
    """Freeze the draft that the outline names; make copies for associations; make a frozen one again."""
    with context.progress(), hold_lock(context.root, once=context.request):
        dialogue = _Dialogue(context)
        if context.options.rebuild:
            return dialogue.rebuild(context.options.rebuild)
        return dialogue.freeze(context.options.association)


class _Dialogue:
    def __init__(self, context: Context) -> None:
        self.context, self.root, self.language = context, context.root, context.language
        self.cache = open_cache(self.root)

    def say(self, name: str, /, **facts: object) -> str:
        return review(name, self.language, **facts)

    def stop(self, name: str, /, **facts: object) -> Stop:
        return Stop(self.say(name, **facts), USAGE)

    def freeze(self, association: str) -> int:
        examined = self.context.examine(self.cache)
        number = self.number(outline_of(examined).identity.draft_name)
        whose = self.recipients(association, examined.associations)
        frozen = number in drafts_map.numbers(self.root)
        if frozen and not whose:
            raise self.stop("draft-frozen", number=number, folder=drafts_map.folder(number), path=OUTLINE)
        if frozen:
            kept, content = drafts_map.open_draft(self.root, number, self.language), self.docx(number)
        else:
            kept, content = self.freeze_files(number, examined)
        for name in whose:
            self.copy(kept, content, name)
        return FINE

    def number(self, name: str) -> int:
        found = re.findall(r"\d+", name)
        if len(found) != 1 or not 0 < int(found[0]) < 10_000:
            raise self.stop("draft-no-number", name=name, path=OUTLINE)
        return int(found[0])

    def recipients(self, typed: str, known: Collection[str]) -> list[str]:
        if not typed:
            return []
        name, near = typed_name(typed, known)
        if near and name not in EVERYONE:
            raise self.stop("unknown-association", name=typed, near=near)
        return sorted(known) if name in EVERYONE else [name]

    def freeze_files(self, number: int, examined: Examined) -> tuple[FrozenDraft, bytes]:
        """The draft made, its map and its texts put away for good, its files written."""
        kept = sources(self.root)
        made = make(self.root, self.cache, examined, number, self.context.steps, self.language)
        frozen = frozen_draft(self.root, examined, number, made, kept, self.language)
        if sources(self.root) != kept:
            raise self.stop("draft-changed")
        here = self.root / drafts_map.folder(number)
        write_atomically(here / drafts_map.SOURCES, kept)
        write_atomically(here / MAP, drafts_map.as_json(frozen))
        for stopping in (d for d in made.examined.diagnostics if d.rule is rules.STOPS_THE_REPORT):
            self.context.show(display.as_text(stopping, made.examined.sources, self.language))
        counts = display.count(made.examined.diagnostics)
        self.context.show(
            self.say("draft-done", name=frozen.name, places=len(frozen.places), folder=here.relative_to(self.root))
        )
        if counts["errors"]:
            self.context.show(self.say("draft-errors", number=counts["errors"]))
        self.write(number, made.files)
        return frozen, made.files["docx"]

    def write(self, number: int, files: Mapping[str, bytes]) -> None:
        for suffix, content in files.items():
            path = f"{folder_of(number)}/{name_of(number, suffix)}"
            write_atomically(self.root / path, content)
            self.context.show(self.say("written", path=path))

    def copy(self, frozen: FrozenDraft, content: bytes, association: str) -> None:
        """The draft with the passages of one association marked."""
        own = [place for place in frozen.places if place.association == association]
        if not own:
            self.context.show(self.say("draft-no-passage", association=association))
            return
        path = f"{folder_of(frozen.number)}/{name_of(frozen.number, 'docx', association)}"
        write_atomically(self.root / path, highlight_passages(content, frozen.places, association))
        self.context.show(self.say("draft-copy", path=path, number=sum(1 for place in own if not place.copy)))

    def docx(self, number: int) -> bytes:
        """The Word file of a frozen draft, made again where it is not there or not the same."""
        known = drafts_map.open_draft(self.root, number, self.language).outputs[name_of(number, "docx")]
        try:
            content = (self.root / folder_of(number) / name_of(number, "docx")).read_bytes()
        except OSError:
            content = b""
        return content if sha256(content) == known else self.rebuilt(number)["docx"]

    def rebuild(self, typed: str) -> int:
        """A frozen draft's files made again and compared with what they were."""
        numbers = drafts_map.numbers(self.root)
        if not typed.isdigit() or int(typed) not in numbers:
            raise self.stop("draft-unknown", number=typed, known=", ".join(map(str, numbers)) or "–")
        number = int(typed)
        frozen = drafts_map.open_draft(self.root, number, self.language)
        known, with_then, with_now = frozen.outputs, frozen.made_with, program_versions()
        files = self.rebuilt(number)
        self.write(number, files)
        other = [name for suffix, content in files.items()
                 if known.get(name := name_of(number, suffix)) != sha256(content)]  # fmt: skip
        changed = [
            f"{name} {with_then[name]} → {with_now.get(name, '–')}"
            for name in with_then
            if with_then[name] != with_now.get(name)
        ]
        if other:
            self.context.show(
                self.say("draft-other", names=", ".join(other), changed=", ".join(changed) or self.say("draft-program"))
            )
            return ERRORS
        self.context.show(self.say("draft-same", number=number))
        return FINE

    def rebuilt(self, number: int) -> Mapping[str, bytes]:
        content = (self.root / drafts_map.folder(number) / drafts_map.SOURCES).read_bytes()
        if sha256(content) != drafts_map.open_draft(self.root, number, self.language).sources:
            raise self.stop("draft-damaged", path=f"{drafts_map.folder(number)}/{drafts_map.SOURCES}")
        with TemporaryDirectory(prefix="rapport-projet-") as folder:
            unpack(content, Path(folder))
            cache = open_cache(Path(folder))
            examined = self.context.examine(cache, Path(folder))
            return make(Path(folder), cache, examined, number, self.context.steps, self.language).files
