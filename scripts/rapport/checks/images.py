"""I: images that are there, can be decoded, and are described in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rapport import rules
from rapport.checks.rule_context import RuleContext
from rapport.language.names import nearest
from rapport.model import Diagnostic, Draft, Outline, Span
from rapport.project import images


def image(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """I01, I02, I04: an image that is not there, cannot be used, or is outside the association's folder."""
    for find in draft.body.finds_of("image"):
        path = images.place(draft.source.path, find.value)
        if path is None:
            yield Diagnostic(rules.IMAGE_ELSEWHERE, find.span, {"image": find.value})
        else:
            yield from _unusable(path, find.span, known.images[path])


def logos(plan: Outline, loaded: Mapping[str, images.Image]) -> Iterator[Diagnostic]:
    """I01, I02, I04 for the logos that the outline puts on the cover."""
    for path, _ in plan.identity.logos:
        if not images.is_logo(path.value):
            yield Diagnostic(rules.IMAGE_ELSEWHERE, path.span, {"image": path.value})
        else:
            yield from _unusable(path.value, path.span, loaded[path.value])


def _unusable(path: str, span: Span, found: images.Image) -> Iterator[Diagnostic]:
    if found.problem == "missing":
        name, near = path.rsplit("/", 1)[-1], found.detail.split("\n")
        yield Diagnostic(rules.MISSING_IMAGE, span, {"image": path, "nearest": nearest(name, near)})
    elif found.problem:
        yield Diagnostic(rules.UNUSABLE_IMAGE, span, {"image": path, "reason": found.problem})


def no_alternative_text(draft: Draft, known: RuleContext) -> Iterator[Diagnostic]:
    """I03: an image that no words describe, for a reader who cannot see it."""
    for find in draft.body.finds_of("image"):
        if not find.detail.strip():
            yield Diagnostic(rules.NO_ALTERNATIVE_TEXT, find.span, {"image": find.value})


CHECKS = (image, no_alternative_text)
