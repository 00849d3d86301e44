"""I: images that are there, can be decoded, and are described in words."""

from __future__ import annotations

from collections.abc import Iterator

from rapport import rules
from rapport.checks.rule_context import RuleContext
from rapport.language.names import nearest
from rapport.model import Diagnostic, Draft
from rapport.project import images


def image(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """I01, I02, I04: an image that is not there, cannot be used, or is outside the association's folder."""
    for find in draft.body.all("image"):
        path = images.place(draft.source.path, find.value)
        if path is None:
            yield Diagnostic(rules.IMAGE_ELSEWHERE, find.span, {"image": find.value})
            continue
        found = known.images[path]
        if found.problem == "missing":
            name, near = path.rsplit("/", 1)[-1], found.detail.split("\n")
            yield Diagnostic(rules.MISSING_IMAGE, find.span, {"image": path, "nearest": nearest(name, near)})
        elif found.problem:
            yield Diagnostic(rules.UNUSABLE_IMAGE, find.span, {"image": path, "reason": found.problem})


def no_alternative_text(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """I03: an image that no words describe, for a reader who cannot see it."""
    for find in draft.body.all("image"):
        if not find.detail.strip():
            yield Diagnostic(rules.NO_ALTERNATIVE_TEXT, find.span, {"image": find.value})


CHECKS = (image, no_alternative_text)
