"""S: what was meant to be hidden or to be settings, and would be printed as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapport import rules
from rapport.language.patterns import late_pattern, lower_in_place
from rapport.model import Diagnostic, Draft, Span, span_at
from rapport.safeguarding.printed_words import HARD, SOFT, TypedLetters, fold_signs, printed_pieces
from rapport.safeguarding.reading import confidential
from rapport.storage import schema

HEADER = late_pattern(r"\A\s*^---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
SECOND_HEADER = late_pattern(
    r"^---[ \t]*\n(?:[A-Za-z][\w-]*:.*\n)(?:[ \tA-Za-z-].*\n)*?(?:---|\.\.\.)[ \t]*$", re.MULTILINE
)
SECRET = r"(?:strictement[ ]|tr[èe]s[ ])?confidentiel(?:le)?s?|(?:[àa][ ])?ne[ ]pas[ ](?:diffuser|publier|communiquer)"
SIGNS = ("confidentiel", "diffuser", "publier", "communiquer")  # one of which stands in every SECRET
IN_WORDS = late_pattern(
    rf"""
      ^(?![ \t>]*:{{3,}})                                  # not the fence that does hide
        [ \t>*_#+\-:\[({{«"]*(?:\d+[.)][ \t]*)?
        (?:(?:texte|passage|partie|document|début|fin)[ ])?(?:{SECRET})
        [ \t*_]*(?:[\])}}»:.!—–]|-{{2}}|$)
    | [\[(][ ]*(?:(?:passage|texte|début|fin)[ ])?(?:{SECRET})[ ]*[\])]     # « [confidentiel] » anywhere
    | ^[^#\n][^\n]*?[^\s:`\])][ ]+(?P<mark>\{{[ ]*\.?(?:{SECRET})[ ]*\}})  # a paragraph has no mark
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)


PASSAGE = r"(?:texte|passage|partie|document|section|paragraphe|rubrique|encadré|extrait|t[ée]moignage|information|note|part|text|paragraph|testimony)s?"  # noqa: E501
COMMITTEE = r"(?:seuls?\ )?(?:membres\ du\ )?(?:comité|committee)(?:'s)?(?:\ (?:des\ droits\ de\ l'enfant|de\ l'onu|seul|uniquement|seulement|members|only|eyes\ only))?"  # noqa: E501
WITHHELD = rf"""
    (?:strictement\ |tr[èe]s\ |hautement\ |strictly\ |highly\ )?confidenti(?:el(?:le)?s?|al)
  | (?:[àa]\ )?ne\ (?:surtout\ |jamais\ )?pas\ (?:diffuser|publier|communiquer|divulguer|imprimer|reproduire|rendre\ publi(?:c|que)s?|faire\ circuler)
  | (?:(?:strictement|uniquement|exclusivement)\ )?(?:réservée?s?|destinée?s?)\ (?:(?:uniquement|exclusivement|strictement)\ )?(?:au|aux|à\ l'(?:attention|usage)\ (?:du|des)|pour\ le)\ {COMMITTEE}
  | (?:uniquement\ |exclusivement\ |seulement\ )?(?:pour|à\ l'attention\ du)\ (?:le\ )?(?:seul\ )?comité(?:\ (?:seul|uniquement|seulement|exclusivement))
  | (?:diffusion|usage|circulation)\ (?:restreinte|interdite|limitée|interne)
  | (?:not|never)\ (?:for|to\ be)\ (?:publication|distribution|circulation|release|published|distributed|circulated|disclosed|shared|printed)
  | (?:do\ not|don't)\ (?:publish|distribute|circulate|share|disclose|print|release)
  | (?:reserved\ )?for\ (?:the\ )?{COMMITTEE}(?<=only) | reserved\ for\ (?:the\ )?{COMMITTEE}
"""  # noqa: E501
AS_PRINTED = late_pattern(
    rf"""
      (?:^|(?<=[.!?…])\ |(?<=\n)|[\[(|]|\ [–—-]\ |\ ;\ )[\s«“”"'*•·>\d.)\#\[(–—|-]*
      (?P<words>
        (?:(?:ce|cette|le|la|les|ces|présente?|début|fin|this|these|the)\ (?:d[eu]s?\ (?:la\ )?)?)*
        (?:{PASSAGE}\ (?:(?:qui\ suit|suivante?|ci-dessous|ci-après|est|sont|reste|is|are|below)\ )*)?
        (?:{WITHHELD})
        (?:(?:\ ?[–—;,-]\ |\ et\ |\ and\ )(?:{WITHHELD}))*
        (?:\ (?:pour|à\ l'attention\ d[ue]|for)\ (?:le\ |the\ )?{COMMITTEE})?
      )
      [\s*_]*(?:$|[\n:.!;?…)\]}}»”"|–—]|-{{1,2}}\s)
    """,
    re.VERBOSE | re.IGNORECASE,
)
SIGNS_IN_PRINT = (
    *SIGNS, "confidential", "divulguer", "imprimer", "reproduire", "public", "circul", "comité", "committee",
    "diffusion", "interne", "publish", "distribut", "disclose", "share", "release", "print",
)  # fmt: skip
MARKS = late_pattern(r"\{[^{}\n]*\}|\]\([^()\s]*\)|[\[\]*_`\\]")
OTHER_KEYS = ("diffusion", "statut")  # whose values are words of ours


def _body_start(text: str) -> int:
    match = HEADER.match(text)
    return match.end() if match else 0


def second_header(draft: Draft, known: object) -> Iterator[Diagnostic]:
    """S18: a second header in the middle of the text: it sets nothing, and would be printed."""
    text = draft.source.text
    if any(diagnostic.rule is rules.NO_HEADER for diagnostic in draft.diagnostics):
        return  # it is the first
    for match in SECOND_HEADER.finditer(text, _body_start(text)):
        yield Diagnostic(rules.SECOND_HEADER, span_at(draft.source.path, text, match.start(), 3), {})


def confidential_in_words(draft: Draft, known: object) -> Iterator[Diagnostic]:
    """S19: « [confidentiel] », « Passage réservé au Comité » typed as words hide nothing; in what is hidden they may.

    They are looked for as they are typed, then as they will be printed: in headings, notes, cells, header fields.
    """
    text = draft.source.text
    if not _may_hide(MARKS.sub("", text)) or schema.text(draft.header, "diffusion") == "confidentielle":
        return
    hidden, told = confidential(text), set[int]()
    for match in IN_WORDS.finditer(text, _body_start(text)):
        words = match["mark"] or match[0].strip()
        start = match.start() + match[0].index(words)
        span = span_at(draft.source.path, text, start, len(words))
        if not any(first <= start < last for first, last in hidden):
            told.add(span.line)
            yield Diagnostic(rules.CONFIDENTIAL_IN_WORDS, span, {"text": words})
    for start, words in [*_in_header(draft), *_in_print(draft)]:
        span = span_at(draft.source.path, text, start, len(words)) if start >= 0 else Span(draft.source.path)
        if span.line not in told and not any(first <= start < last for first, last in hidden):
            told.add(span.line)
            yield Diagnostic(rules.CONFIDENTIAL_IN_WORDS, span, {"text": words})


def _may_hide(text: str) -> bool:
    """Whether a word stands in a text that all ways of saying so have."""
    low = lower_in_place(text)
    return any(sign in low for sign in SIGNS_IN_PRINT)


def _in_header(draft: Draft) -> Iterator[tuple[int, str]]:
    """The words that mean to hide in the fields of a header, with their offsets in the file."""
    text = draft.source.text
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    for key, located in draft.header.items():
        if key in OTHER_KEYS:
            continue
        for value in located.value if isinstance(located.value, list) else (located.value,):
            match = AS_PRINTED.search(fold_signs(value)) if isinstance(value, str) else None
            if match and located.span.line:
                line = starts[located.span.line - 1]
                at = text.find(match["words"], line)
                yield (at if at >= 0 else line), match["words"]


def _in_print(draft: Draft) -> Iterator[tuple[int, str]]:
    """The words that mean to hide in the printed words of a body, with their offsets in the file."""
    text = draft.source.text
    letters, taken = TypedLetters(text), list[int]()
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    for passage in draft.body.passages:
        if passage.confidential:
            continue
        start = starts[passage.span.line - 1] + passage.span.column - 1
        for piece, joined in printed_pieces([passage.node]):
            line = fold_signs(piece.replace(SOFT, " ").replace(HARD, "\n"))
            for match in () if joined or not _may_hide(line) else AS_PRINTED.finditer(line):
                place = letters.find(line, match.start("words"), len(match["words"]), start, taken)
                taken.append(place.start)
                yield place.start, match["words"]


CHECKS = (second_header, confidential_in_words)
