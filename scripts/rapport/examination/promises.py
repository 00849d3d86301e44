"""What the report says of itself, each sentence tied to the rules that prove it: one that is not proved is not printed.

That no sentence of an association is lost or given to another on its way into the files is proved on the finished ones
(`proof`), and so is the list of recommendations: without that proof there is no report at all. Whether none is taken
out (`whole`) is a matter of the edition.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from rapport import rules
from rapport.model import Diagnostic, Report, Rule
from rapport.report.merge import RefusedFile

PROMISES: Mapping[str, tuple[Rule, ...]] = {
    "figures": (rules.UNSOURCED_FIGURE,),
    "cutoff": (rules.SOURCE_TOO_LATE, rules.LATER_THAN_CUTOFF, rules.DATE_TOO_LATE),
    "nobody": (
        *(rules.IDENTIFIER, rules.UNREVIEWED_NAME, rules.NAME_IN_TESTIMONY, rules.AGE_AND_PLACE),
        *(rules.PLACE_IN_TESTIMONY, rules.COMBINATION, rules.SMALL_COUNT, rules.HEALTH, rules.UNMARKED_PSEUDONYM),
        rules.EXACT_DATE,
    ),
    "recommendations": (rules.NO_ADDRESSEE, rules.NO_ARTICLE),
    "testimonies": (rules.CONSENT, rules.UNSIGNED, rules.UNTIED_TESTIMONY),
}
"""The promises of the editor's pages (`proved` in their templates), and the rules of which none may be open."""


def broken_promises(found: Iterable[Diagnostic], refused: Collection[str]) -> Mapping[str, tuple[Diagnostic, ...]]:
    """The promises that cannot be made, each with what stands against it; `refused` are files that are not printed."""
    printed = [diagnostic for diagnostic in found if diagnostic.span.path not in refused]
    against = {name: tuple(d for d in printed if d.rule in tied) for name, tied in PROMISES.items()}
    return {name: places for name, places in against.items() if places}


def taken_out(refused: Iterable[str], report: Report) -> list[str]:
    """What an edition does not print of the texts that were sent: refused files, passages that it withholds."""
    themes = [theme for part in report.parts for theme in part.themes]
    held = (f"{name}/{theme.theme.id}" for theme in (*themes, *report.proposed_themes) for name in theme.withheld)
    return [*refused, *held]


def proved_promises(found: Iterable[Diagnostic], refused: Iterable[RefusedFile], report: Report) -> frozenset[str]:
    """The promises that the report may print; `authors`, that associations are named, where this edition names them;
    `whole`, that no sentence is taken out, where none is."""
    signed = report.outline.identity.authors_visible.get(report.edition.value, False)
    paths = [one.path for one in refused]
    held = {"authors"} if signed else set[str]()
    held |= set() if taken_out(paths, report) else {"whole"}
    return frozenset(held.union(PROMISES).difference(broken_promises(found, paths)))
