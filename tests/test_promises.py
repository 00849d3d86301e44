"""What letters, receipts, certificates and comparisons say of themselves, each sentence beside the test that proves it.

`PROVED` is the list: a sentence that promises something (`PROMISES`) and is in no list fails here, and so does one
whose proof is gone. `NO_PROMISE` are sentences in the same words that ask, explain or tell the editor what is missing.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from rapport import cli
from rapport.correspondence import consent_letters
from rapport.office.plain_page import PageLine
from rapport.submission import deposit_pages

PROMISES = re.compile(
    r"\b[Aa]ucune?\b|\b[Rr]ien (?:n|d)|\btous\b|\btoutes\b|\b[Pp]ersonne n|approuvé|lettre par lettre|vérifié|en ordre|"
    r"tels? qu|les mêmes|ne disent ni|seulement$|\bchaque (?:association|passage|remarque|recommandation|témoignage)"
)
PROMISES_EN = re.compile(
    r"\b[Nn]othing (?!to do|new|but|from)(?!\w+ in:)|\b[Nn]o child\b|\b[Nn]obody\b|\bevery\b|\bapproved\b|\bverified\b|"
    r"\ball (?:of|that|your|our|the|texts|are|was|is)\b|letter (?:by|for) letter|\bin order\b|\bas (?:they|it) will\b|"
    r"\bthe same words\b|\bonly$|\beach (?:association|passage|remark|recommendation|testimony)"
)
SENT = ("letters", "consent", "submission", "intake", "briefs", "workshops", "redline", "translations", "desk")
"""Families whose sentences are printed in pages that go to somebody."""

PROVED = {
    "letters": {
        "fine-one": "test_letters.py::test_a_letter_in_full",
        "fine-many": "test_letters.py::test_a_letter_in_full",
        "commented-as-sent": "test_letters_word.py::test_as_you_sent_it_is_said_of_a_file_that_was_read_back",
    },
    "consent": {
        "letter-printed": "test_consent.py::test_as_they_will_be_printed_is_said_of_letters_that_were_read_back",
        "letter-what": "test_consent.py::test_a_letter_shows_what_changed_since_the_text_was_sent",
        "letter-same": "test_promises.py::test_nothing_changed_is_said_of_the_same_words_alone",
        "letter-whole": "test_consent.py::test_an_agreement_is_to_what_was_shown",
    },
    "submission": {
        **dict.fromkeys(
            ("check-errors", "check-refused", "check-final", "check-names", "check-testimonies", "check-reviews",
             "check-consent", "check-remarks", "check-sources", "check-deadlines"),
            "test_submission.py::test_each_check_tells_what_is_open",
        ),
        "approved-all": "test_submission.py::test_the_statement_says_what_was_verified_and_nothing_of_the_machine",
        "approved-some": "test_submission.py::test_the_confidential_package_says_that_it_must_not_circulate",
        "whole": "test_claims.py::test_what_was_not_compared_is_neither_certified_nor_passed_over",
        "nothing-else": "test_claims.py::test_what_was_not_compared_is_neither_certified_nor_passed_over",
        "agree": "test_claims.py::test_what_was_not_compared_is_neither_certified_nor_passed_over",
        "silent": "test_claims.py::test_what_was_not_compared_is_neither_certified_nor_passed_over",
        "apart-public": "test_verify.py::test_every_edition_is_proved",
        "apart-confidential": "test_verify.py::test_every_edition_is_proved",
        "children-nobody": "test_promises.py::test_nobody_is_named_is_said_where_nothing_is_masked",
    },
    "intake": {
        "nothing-lost": "test_inventory.py::test_nothing_is_missed_where_nothing_was_taken",
        "nothing-lost-reshaped": "test_inventory.py::test_a_thing_taken_from_the_contribution_is_missed",
        "version-part": "test_intake_versions.py::test_all_that_it_says_is_in_the_other_is_said_of_every_word",
        "nothing-unnamed": "test_inventory.py::test_all_words_of_a_thing_taken_are_missing",
    },
    "workshops": {
        **dict.fromkeys(
            ("approved-by", "approved-french", "version-approved"),
            "test_children_version.py::test_who_approved_it_is_said_of_the_text_as_it_stands_and_of_no_other",
        ),
        "version-proved": "test_children_version.py::test_letters_that_are_too_small_are_seen_in_each_output",
        "ask-words": "test_workshops.py::"
        "test_a_letter_asks_again_with_that_piece_alone_and_the_answer_lets_it_be_printed",
        **dict.fromkeys(
            ("form-taken", "receipt-taken"), "test_workshop_forms.py::test_a_lost_word_is_not_called_word_for_word"
        ),
        "ask-drawing": "test_workshops.py::test_the_letter_about_a_drawing_shows_it_as_it_is_printed",
        "register-head": "test_workshop_kept.py::test_what_was_withdrawn_comes_back_by_no_way",
        "form-same": "test_workshop_forms.py::test_the_same_form_saved_anew_changes_nothing",
        "receipt-after": "test_workshops.py::test_what_was_not_agreed_to_is_printed_nowhere_and_told",
    },
    "redline": {
        "digest-none": "test_redline.py::test_the_digest_speaks_of_one_association_alone",
        "index-none": "test_redline.py::test_the_page_opens_with_a_list_of_what_changed",
    },
    "translations": {
        "thanks-nothing": "test_translation_form.py::test_an_untouched_form_gives_nothing",
    },
    "desk": {
        "internal": "test_desk.py::test_it_quotes_nothing_and_names_nobody",
        "blocking-none": "test_desk.py::test_what_blocks_says_where_who_and_what_to_type",
        "letter-V": "test_desk.py::test_an_approval_says_who_and_when",
        "list-approved": "test_desk.py::test_every_number_leads_to_a_list_of_so_many",
        "plot-agreements": "test_desk.py::test_the_heights_of_a_plot_are_its_numbers",
    },
}  # fmt: skip

NO_PROMISE = {
    "letters": ("working-ask none").split(),
    "consent": ("head nobody no-passage refused withheld not-recorded bad-file none-waiting title").split(),
    "submission": (
        "open-texts open-names open-testimonies unprinted-cutoff unprinted-nobody unprinted-recommendations "
        "unprinted-testimonies unprinted-whole open-sources sums checked"
    ).split(),
    "intake": (
        "nothing editor-waiting refusal-blank refusal-no-text repair-form-field missing-section "
        "cross-reference next-no-text refusal-accessory references-clash draft-replaced which-of-two undo-nothing "
        "thanks-registered form-former refusal-figures refusal-figures-blank next-form-as-text refusal-form-as-text"
    ).split(),
    "briefs": ("nothing none unknown").split(),
    "workshops": (
        "none not-written no-booklet form-waits approved-translation approved-none version-unapproved told-beside "
        "told-uncounted"
    ).split(),
    "redline": ("pages no-draft absent unknown-state").split(),
    "translations": ("how-4 how-7 form-none nothing told-beside").split(),
    "desk": ("everybody list-names actions-none remind-quiet remind-how remind-none remind-head remind-count").split(),
}


NO_PROMISE_EN = {
    "letters": "wait-many wait-one".split(),
    "consent": ["not-asked"],
    "submission": "green secret".split(),  # `green` is what a check says that is proved under its own name
    "intake": (
        "ask-association ask-theme confidential-open no-inbox repair-joined-list repairs section-compound"
    ).split(),
    "workshops": "answer-no form-taken-unproved".split(),
    "desk": "changes-none silent".split(),
}
"""The same in English, beside those of the French list."""


@pytest.mark.parametrize("family", SENT)
def test_every_promise_has_its_proof(family: str) -> None:
    proved, other = PROVED.get(family, {}), NO_PROMISE.get(family, [])
    also = NO_PROMISE_EN.get(family, [])
    promised = set[str]()
    for language, promises, unproved in (("fr", PROMISES, other), ("en", PROMISES_EN, [*other, *also])):
        said = import_module(f"rapport.messages.{family}_{language}").WORDS
        found = {name for name, text in said.items() if promises.search(text)}
        assert found - {*proved, *unproved} == set(), "name the test that proves it, or say that it promises nothing"
        assert set(proved) <= set(said)
        promised |= found
    assert {*other, *also} <= promised


@pytest.mark.parametrize("proof", sorted({proof for some in PROVED.values() for proof in some.values()}))
def test_every_proof_is_there(proof: str) -> None:
    file, _, name = proof.partition("::")
    assert f"def {name}(" in (Path(__file__).parent / file).read_text(encoding="utf-8")


def test_nothing_changed_is_said_of_the_same_words_alone() -> None:
    """Read without the comparison: one word more, and the letter does not say it."""
    before = {"parole": [{"t": "Para", "c": [{"t": "Str", "c": "Un"}, {"t": "Space"}, {"t": "Str", "c": "mot."}]}]}
    after = {"parole": [{"t": "Para", "c": [{"t": "Str", "c": "Un"}, {"t": "Space"}, {"t": "Str", "c": "autre."}]}]}
    assert consent_letters._words(before) == consent_letters._words({**before, "vide": []})
    assert consent_letters._words(before) != consent_letters._words(after)


@pytest.mark.slow
@pytest.mark.parametrize("named", [False, True])
def test_a_draft_says_that_it_names_the_authors_where_it_does(named: bool, unbuilt: Path) -> None:
    outline = unbuilt / "chapters" / "outline.yaml"
    written = outline.read_text(encoding="utf-8").replace("projet: oui", f"projet: {'oui' if named else 'non'}")
    outline.write_text(written, encoding="utf-8")
    assert cli.run(["build", "--root", str(unbuilt), "--lang", "fr"]) == 0
    page = unbuilt / "build" / "rapport-projet.html"
    said = "indiqué devant les passages" in " ".join(page.read_text(encoding="utf-8").split())
    assert said is named


@pytest.mark.parametrize("named", [False, True])
def test_nobody_is_named_is_said_where_nothing_is_masked(named: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [PageLine("para", "Une demande inventée."), PageLine("signature", "Un collectif inventé")]
    for name in ("_letter", "_children", "_oral"):
        monkeypatch.setattr(deposit_pages, name, lambda *_: lines)
    deposit = type("Asked", (), {"children": True})()
    mask = (lambda said: said[:1]) if named else (lambda said: said)
    pages = deposit_pages.deposit_pages(None, deposit, (), "fr", mask)  # type: ignore[arg-type]
    assert any("Aucun enfant n" in line.text for line in pages["children"]) is not named
    assert pages["children"][-1].kind == "signature"
