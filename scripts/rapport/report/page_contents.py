"""What each page of a report may print: names, counts, headings, and the places of what is not the editor's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rapport import tree
from rapport.language.states import NO_STATE, states
from rapport.model import Edition, MergedTheme, Report, Source
from rapport.project.calendar import printable_stages
from rapport.project.outline import full_title
from rapport.report.bilingual_templates import SUMMARY_EN
from rapport.report.english_summary import has_summary
from rapport.report.page_rendering import PageRenderer, Values
from rapport.report.page_values import (
    DerivedPiece,
    PageValues,
    approval_pieces,
    charts_asked_for,
    marked_language,
    member_values,
)

FIGURES = "chapters/chiffres.md.j2"
FEWEST_LISTED = 4  # workshops of a booklet that has contents: fewer lines help nobody


class Names:
    """The names of the associations, and whether this edition prints who wrote what and who carries a demand."""

    def __init__(self, report: Report) -> None:
        self.names = {a.id: a.name for a in report.associations}
        identity = report.outline.identity
        self.shown = identity.authors_visible.get(report.edition.value, False)
        self.carrying = identity.carriers_visible.get(report.edition.value, True)

    def __call__(self, association: str) -> str:
        return self.names.get(association, association)


class PageContents(PageRenderer):
    """What the pages of one report may print."""

    def __init__(self, report: Report, templates: Sequence[Source], language: str, values: PageValues) -> None:
        self.report, self.values, self.name = report, values, Names(report)
        self.in_english = has_summary(templates)
        super().__init__(templates, language)
        self.environment.globals = self.known_everywhere()

    def known_everywhere(self) -> dict[str, Any]:
        """What every template may print."""
        report, language = self.report, self.language
        return {
            "rapport": report.outline.identity,
            "etat": states().get("".join(report.outline.identity.states[:1]), NO_STATE),
            "english": language == "en",
            "edition": {edition.value: edition is report.edition for edition in Edition},
            "members": [member_values(a) for a in report.associations],
            "coordinator": next((member_values(a) for a in report.associations if a.coordinates), None),
            "counts": self.counts(),
            "calendar": printable_stages(self.values.calendar, language),
            "proved": report.proved_claims,
            "charts": frozenset(charts_asked_for(report)) if FIGURES in self.texts else frozenset(),
        }

    def booklet_cover(self) -> Values:
        """The logos, and whether there are so many workshops that contents are worth a page."""
        return {**self.logos(), "has_contents": len(self.values.workshops) >= FEWEST_LISTED}

    def counts(self) -> Mapping[str, int]:
        """How many themes there are, and how many of them have a text."""
        themes = [theme for part in self.report.parts for theme in part.themes]
        return {"themes": len(themes), "covered": sum(1 for theme in themes if theme.sections)}

    def children(self) -> Values:
        """The workshops, each with the place of its words."""
        return {"workshops": [one.values(self.slot(one.body)) for one in self.values.workshops]}

    def summary(self, template: str) -> Values:
        """The key recommendations, where any is marked, for the summary in one of the two languages."""
        heads = (block.recommendation for block in self.report.blocks)
        apart = template == SUMMARY_EN and self.language == "fr"  # English inside the French report
        return {
            "marked": any(head.key for head in heads if head),
            "key_recommendations": self.slot([DerivedPiece.KEYS_IN_ENGLISH if apart else DerivedPiece.KEYS]),
            "in_english": self.in_english,
        }

    def logos(self) -> Values:
        """The logos of a cover, "" where the outline names none; who approved the version for children."""
        approved = approval_pieces(self.values.approval)
        shown = {"logos": self.report.logos, "approval": approved}
        return {name: self.slot(pieces) if pieces else "" for name, pieces in shown.items()}

    def acronyms(self) -> dict[str, Any]:
        """The table of acronyms, which the pages before the body or those after it may print."""
        return {"acronyms": self.slot([DerivedPiece.ACRONYMS])}

    def annexes(self) -> Values:
        """The tables that the last pages may print."""
        pieces = {"articles": DerivedPiece.ARTICLES, "bibliography": DerivedPiece.BIBLIOGRAPHY}
        return {name: self.slot([piece]) for name, piece in pieces.items()} | self.acronyms()

    def theme(self, merged: MergedTheme, proposed: bool) -> Values:
        """A theme, with the place of each section; in a draft, with what is refused, held back or said of a text."""
        name = merged.theme.id
        draft = self.report.edition is Edition.DRAFT
        return {
            "id": name,
            "proposed": proposed,
            **self.heading("theme", full_title(merged.theme), f"theme-{name}"),
            "refused": [self.name(a) for a in merged.refused] if draft else [],
            "withheld": [self.name(a) for a in merged.withheld] if draft else [],
            "caveats": [*self.caveats(merged)] if draft else [],
            "empty": False,  # asked by pages of the time when a theme without a text had one
            "sections": [
                {
                    **self.heading("section", s.section.title, f"theme-{name}--{s.section.id}"),
                    "body": self.slot(s.blocks),
                }
                for s in merged.sections
            ],
        }

    def caveats(self, merged: MergedTheme) -> Iterator[Values]:
        """What the texts of a theme say of themselves, each thing once, with the names of those who say it."""
        said: dict[tuple[str, str], list[str]] = {}
        for caveat in merged.caveats:
            said.setdefault((caveat.text, caveat.language), []).append(self.name(caveat.association))
        for (text, language), names in said.items():
            by = dict.fromkeys(("associations", "association"), ", ".join(names))  # the second for older pages
            yield {**by, "text": self.slot(marked_language(tree.string(text), language))}
