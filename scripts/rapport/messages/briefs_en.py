"""The pages for meetings, in English."""

WORDS = {
    "from": "{name}",
    "what": "Page for a meeting, drawn from the alternative report of {date}",
    "working": "Working document: some of the texts that it is drawn from still await their final version.",
    "demands": "What we ask",
    "more-one": "One more recommendation is addressed to you in the report: {others}.",
    "more": "{number} more recommendations are addressed to you in the report: {others}.",
    "facts": "Facts and their sources",
    "practices": "What works already",
    "source": "{source} – paragraph {number}",
    "where": "paragraph {number}",
    "contact": "Contact: {contact}",
    "file": "{path}: one page",
    "nothing": "no recommendation is addressed to: {name}",
    "none": "the outline names no addressee: add « destinataires » in chapters/outline.yaml",
    "too-long": "the page of “{name}” does not fit on one page even with a single recommendation: shorten it",
    "unknown": "nobody is called “{typed}” among the addressees of the outline: {known}",
    "near": '“{typed}” is no addressee of the outline; did you mean “{name}”? Type: make briefs ADDRESSEE="{name}"',
    "not-laid-out": "the pages are made from the report: first correct what is said above",
}
