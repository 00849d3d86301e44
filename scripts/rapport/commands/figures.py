"""`rapport figures`: what was counted, what of it may be printed, and the questionnaires of those who owe an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from rapport.commands.context import Context
from rapport.examination.hidden_numbers import findings, numbers_register
from rapport.examination.result import Examined
from rapport.figures import INDICATORS, PUBLISHED
from rapport.figures.asking import expected_answers
from rapport.figures.charts.gallery import gallery
from rapport.figures.collection import Collection, TableDecision, answers_expected, collect, decide_all
from rapport.figures.dataset import csv_file, description
from rapport.figures.grids.grid import FigureProblem
from rapport.figures.indicators import Dictionary, Indicator, read_indicators, text_file
from rapport.figures.page import page
from rapport.figures.prose import hidden_numbers
from rapport.figures.publication import Publication, as_yaml, read_publications
from rapport.figures.questionnaire import FOLDER, QUESTIONNAIRE, questionnaire, questionnaire_name
from rapport.figures.sentences import printed_texts, sentences_with_numbers
from rapport.language.names import nearest
from rapport.messages import display, figures
from rapport.messages.stop import ERRORS, FINE, Stop
from rapport.model import Span, span_at
from rapport.pipeline import outgoing_door
from rapport.project.images import CHARTS, charts
from rapport.project.read import FIGURE_PAGES
from rapport.safeguarding.decisions import number_exception
from rapport.safeguarding.register import Register
from rapport.storage.lock import hold_lock
from rapport.storage.transaction import remove, write_atomically, write_changed


def verb(context: Context) -> int:
    """The state of the collection; what is ready is published where that is asked for."""
    root, language = context.root, context.language
    dictionary = _dictionary(root, language)
    with context.progress(), hold_lock(root):
        examined = context.examine()
        _refuse_unknown(dictionary, examined.associations, language)
        published = _published(root, language)
        collection = collect(root, examined.associations, dictionary)
        decisions = decide_all(dictionary, collection, list(examined.associations), published)
        new = [one.new for one in decisions if one.new]
        if new and context.options.publish:
            published = (*published, *new)
            write_atomically(root / PUBLISHED, as_yaml(published, _comment(language)).encode())
        _write_pages(root, published, dictionary, examined)
        files = dict(_files(dictionary, published, collection, examined))
        _write(root, FOLDER, files)
    let_pass, _ = numbers_register(root)
    state = _State(dictionary, examined, collection, published, let_pass, bool(context.options.publish), language)
    lines = [*state.lines(decisions), *_told(files, language)]
    context.with_door(outgoing_door(examined, language)).show("\n".join(lines))
    return ERRORS if collection.problems else FINE


def _dictionary(root: Path, language: str) -> Dictionary:
    """The definitions; raises `Stop` where one is missing or wrong."""
    source = text_file(root, INDICATORS)
    if source is None:
        raise Stop(figures("no-dictionary", language), ERRORS)
    dictionary, problems = read_indicators(source)
    if problems:
        told = display.as_texts(problems, {INDICATORS: source}, language)
        raise Stop("\n".join([*told, figures("bad-dictionary", language, number=len(problems))]), ERRORS)
    return dictionary


def _refuse_unknown(dictionary: Dictionary, associations: Iterable[str], language: str) -> None:
    """Stop where a count is asked of an association that there is not."""
    known = list(associations)
    for indicator in dictionary.indicators:
        for name in indicator.asked_associations:
            if name not in known:
                near = nearest(name, known) or ", ".join(known)
                place = display.place(indicator.span, language)
                facts = {"place": place, "id": indicator.id, "name": name, "nearest": near}
                raise Stop(figures("unknown-asked", language, **facts), ERRORS)


def _published(root: Path, language: str) -> tuple[Publication, ...]:
    source = text_file(root, PUBLISHED)
    published, problems = read_publications(source)
    if problems or (source is None and (root / PUBLISHED).exists()):
        told = display.as_texts(problems, {PUBLISHED: source} if source else {}, language)
        raise Stop("\n".join([*told, figures("bad-record", language, path=PUBLISHED)]), ERRORS)
    return published


def _comment(language: str) -> list[str]:
    return [figures(f"record-{line}", language) for line in (1, 2, 3)]


def _files(
    dictionary: Dictionary, published: Sequence[Publication], collection: Collection, examined: Examined
) -> Iterator[tuple[str, bytes]]:
    """The data set of what was published, and a questionnaire for each association that owes an answer."""
    for indicator in dictionary.indicators:
        if last := latest_publication(published, indicator):
            yield f"{indicator.id}.csv", csv_file(last)
            yield f"{indicator.id}.csv-metadata.json", description(last)
    for association, expected in answers_expected(dictionary, collection, examined.associations).items():
        yield questionnaire_name(association), questionnaire((one.part for one in expected), "fr")


def _told(files: Iterable[str], language: str) -> Iterator[str]:
    owing = sum(name.startswith(QUESTIONNAIRE) for name in files)
    for name in files:
        if not name.startswith(QUESTIONNAIRE):
            yield figures("written", language, path=f"{FOLDER}/{name}")
    if owing:
        yield figures("questionnaires", language, folder=FOLDER, number=owing)


def latest_publication(published: Sequence[Publication], indicator: Indicator) -> Publication | None:
    """The last publication of an indicator for its period."""
    return next((p for p in reversed(published) if p.indicator == indicator.id), None)


def _write_pages(root: Path, published: Sequence[Publication], dictionary: Dictionary, examined: Examined) -> None:
    """The pages that the report prints, where anything was published."""
    names = {one.id: one.short for one in examined.associations.values()}
    drawn = gallery(published, dictionary, _drawn(root))
    if drawn.files or (root / CHARTS).is_dir():
        _write(root, CHARTS, drawn.files)
    for language, path in FIGURE_PAGES.items() if published else ():
        text = page(published, dictionary.quoted_figures, names, language, drawn.charts[language]).encode()
        write_changed(root / path, text)


def _drawn(root: Path) -> dict[str, bytes]:
    """The charts drawn before, by name."""
    return {path.rpartition("/")[2]: image.content for path, image in charts(root).items()}


def _write(root: Path, where: str, files: Mapping[str, bytes]) -> None:
    """The files in their folder, and nothing else of ours there."""
    folder = root / where
    for old in folder.iterdir() if folder.is_dir() else ():
        if old.name not in files and old.is_file():
            remove(old)
    for name, content in files.items():
        write_changed(folder / name, content)


class _State(Struct, frozen=True):
    """What is told on the screen: names, places and how many are hidden; never a number that was counted."""

    dictionary: Dictionary
    examined: Examined
    collection: Collection
    publications: Sequence[Publication]
    let_pass: Register
    is_publishing: bool
    language: str

    def say(self, name: str, **facts: object) -> str:
        return figures(name, self.language, **facts)

    def lines(self, decisions: Sequence[TableDecision]) -> Iterator[str]:
        for decision in decisions:
            yield from self.indicator(decision)
        for one in self.dictionary.quoted_figures:
            facts = {name: one.text(name, self.language) for name in ("periode", "reserve")}
            title = one.text("compte", self.language)
            period, reserve = facts["periode"], facts["reserve"]
            yield self.say("quoted", title=title, number=one.number, period=period, reserve=reserve)
        if self.collection.problems:
            yield self.say("to-mend")
        yield from map(self.problem, self.collection.problems)
        if not self.is_publishing and any(decision.new for decision in decisions):
            yield self.say("how-to-publish", path=PUBLISHED)

    def indicator(self, decision: TableDecision) -> Iterator[str]:
        combined, indicator = decision.counts, decision.counts.indicator
        title = indicator.title(self.language)
        yield self.say("asked", id=indicator.id, version=indicator.version, date=indicator.date, title=title)
        whole, part, silent = combined.respondents, combined.partial_respondents, combined.nonrespondents
        if whole:
            everyone = len(whole) + len(part) + len(silent)
            yield self.say("answered", number=len(whole), all=everyone, names=self.names(whole))
        for association in part:
            yield self.partial_answer(indicator, association)
        if silent and (whole or part):
            yield self.say("silent", names=self.names(silent))
        if not (whole or part):
            yield self.say("nobody")
        yield from self.decision(decision)

    def partial_answer(self, indicator: Indicator, association: str) -> str:
        """An association that left out a part, and which."""
        expected = expected_answers(Dictionary((indicator,)), self.collection.answers, association)
        missing = [title for one in expected for title in one.missing_titles(self.language)]
        listed = " ; ".join(missing) or self.say("some-cells")
        return self.say("partly", association=self.names([association]), missing=listed)

    def decision(self, decision: TableDecision) -> Iterator[str]:
        counts, indicator = decision.counts, decision.counts.indicator
        shown = latest_publication(self.publications, indicator)
        if decision.reason == "none" and not (counts.respondents or counts.partial_respondents):
            return
        if decision.new:
            name = "decision-published" if self.is_publishing else "decision-new"
            hidden, cells = len(decision.new.hidden_places), len(decision.new.cells)
            yield self.say(name, number=decision.new.number, hidden=hidden, cells=cells)
        else:
            yield self.say(f"decision-{decision.reason}", number=shown.number if shown else "")
        if decision.proposal and not (decision.new and self.is_publishing):
            yield from self.proposal(indicator, decision)
        if now := decision.new or shown:
            known = list(hidden_numbers(decision.counts, now, self.collection.answers))
            for source in printed_texts(self.examined.sources.values()):
                for said in findings(source, sentences_with_numbers(source), known):
                    if not number_exception(self.let_pass, said):
                        place = display.place(span_at(source.path, source.text, said.start, said.length), self.language)
                        yield self.say("prose", place=place, id=said.detail)

    def proposal(self, indicator: Indicator, decision: TableDecision) -> Iterator[str]:
        proposal = decision.proposal
        if proposal is None or (decision.new and proposal.hidden_count >= len(decision.new.hidden_places)):
            return
        first, second = proposal.categories
        yield self.say(
            "merge", first=first.title(self.language), second=second.title(self.language), id=indicator.id,
            dimension=proposal.dimension.title(self.language).lower(), hidden=proposal.hidden_count,
        )  # fmt: skip
        values = f"{first.id}, {second.id}"
        yield self.say("merge-line", first=first.id, second=second.id, dimension=proposal.dimension.id, values=values)

    def problem(self, problem: FigureProblem) -> str:
        place = display.place(Span(problem.path), self.language)
        if problem.sheet:
            place = self.say("in-sheet", path=place, sheet=problem.sheet)
        if problem.cell:
            place = self.say("in-cell", place=place, cell=problem.cell)
        return self.say("problem", place=place, message=self.say(problem.name, **problem.facts))

    def names(self, associations: Sequence[str]) -> str:
        known = self.examined.associations
        return ", ".join(known[one].short if one in known else one for one in associations)
