"""`rapport briefs`: one page for each addressee of recommendations, for a meeting, in build/fiches/ (Word and PDF)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapport.commands.context import Context, outline_of
from rapport.correspondence.briefs import SIZES, Brief, Briefs, brief_lines, meeting_lines
from rapport.examination.opening import open_cache
from rapport.language.names import identifier, nearest
from rapport.markdown.recommendation_head import addressee_key
from rapport.messages import briefs, display
from rapport.messages.stop import ERRORS, FINE, USAGE, Stop
from rapport.model import Addressee, Edition, Outline
from rapport.office.plain_page import PageLine, as_docx
from rapport.output.pdf.plain_page import as_pdf
from rapport.pipeline import lay_out, outgoing_door
from rapport.safeguarding.outgoing import Outgoing
from rapport.storage.lock import hold_lock
from rapport.storage.transaction import remove

FOLDER = "build/fiches"
MINISTRY = re.compile(r".*ministère (?:de la |de l[’']|des |chargé de la )")


def verb(context: Context) -> int:
    """Write the pages asked for, and say which, and of whom nothing is asked."""
    root, language, spoken = context.root, context.language, context.options.report_language
    with context.progress() as steps, hold_lock(root):
        cache = open_cache(root)
        examined = context.examine(cache)
        outline = outline_of(examined)
        chosen = _chosen(outline, context.options.addressee, language)
        report, document, problems = lay_out(examined, Edition.PUBLIC, cache, spoken)
        if report is None or document is None:
            told = display.as_texts((*examined.diagnostics, *problems), examined.sources, language)
            raise Stop("\n".join([*told, briefs("not-laid-out", language)]), ERRORS)
        door = outgoing_door(examined, spoken)
        pages = Briefs(report, document, examined.accepted, spoken)
        lines, written = list[str](), list[str]()
        with steps.time_step("briefs") as step:
            for addressee in chosen:
                brief = pages.brief_for(addressee)
                if brief is None:
                    lines.append(briefs("nothing", language, name=addressee.name))
                    continue
                names = {one.id: one.acronym or one.name for one in examined.associations.values()}
                met = (one for one in examined.calendar if one.id == addressee.meeting != "")
                meeting = [line for one in met for line in meeting_lines(one, names, spoken)]
                found = _one_page(brief, outline, door, spoken, meeting)
                if found is None:
                    lines.append(briefs("too-long", language, name=addressee.name))
                    continue
                page, pdf = found
                stem = f"{FOLDER}/{identifier(addressee_key(addressee.name))}{'-en' if spoken == 'en' else ''}"
                word = as_docx(page, outline.identity.date, spoken, own_fonts=True)
                written.append(door.write(root, f"{stem}.docx", word))
                written.append(door.write(root, f"{stem}.pdf", pdf))
            step.counts["files"] = len(written)
        if not context.options.addressee:
            _take_away(context, written, spoken)
    lines[:0] = [briefs("file", language, path=path) for path in written]
    context.with_door(outgoing_door(examined, language)).show("\n".join(lines or [briefs("none", language)]))
    return FINE


def _chosen(outline: Outline, typed: str, language: str) -> Sequence[Addressee]:
    """The addressees asked for, all of the outline's where none is named; raises `Stop` for one that nobody is."""
    if not typed:
        return outline.addressees
    known = {addressee_key(name): one for one in outline.addressees for name in _called(one)}
    if one := known.get(addressee_key(typed)):
        return [one]
    near = known.get(nearest(addressee_key(typed), known))
    if near is None:
        names = ", ".join(one.name for one in outline.addressees)
        raise Stop(briefs("unknown", language, typed=typed, known=names), USAGE)
    raise Stop(briefs("near", language, typed=typed, name=near.name), USAGE)


def _called(one: Addressee) -> Iterator[str]:
    """Every name of an addressee; « Justice » is the ministry, if it is one."""
    for name in filter(None, (one.name, one.name_en, *one.other_names)):
        yield name
        if MINISTRY.search(name):
            yield MINISTRY.sub("", name)


def _one_page(
    brief: Brief, outline: Outline, door: Outgoing, language: str, meeting: Sequence[str]
) -> tuple[list[PageLine], bytes] | None:
    """The fullest page that is one page, masked, and its PDF; None where nothing fits."""
    for size in SIZES:
        page = door.page(brief_lines(brief, outline, size, language, meeting))
        pdf, pages = as_pdf(page, outline.identity.date, language)
        if pages == 1:
            return page, pdf
    return None


def _take_away(context: Context, written: Sequence[str], spoken: str) -> None:
    """Pages of a former run that nobody would write now."""
    for path in sorted((context.root / FOLDER).glob("*.*")):
        in_english = path.stem.endswith("-en")
        if in_english == (spoken == "en") and path.relative_to(context.root).as_posix() not in written:
            remove(path)
