"""What the measures of developers say, in English."""

WORDS = {
    "names": "protection, {file}, {total} sentences: precision {precision}, recall {recall}, recall of sentences with a name or a number {identified}",
    "names-missed": "  missed: {names}",
    "names-vain": "  found in vain: {names}",
    "names-unread": '« {file} » is not a file of labelled sentences: one line each, {{"id": …, "text": …, "label": 0 or 1}}',
    "intro": "test text, the naive way (paste everything, then pandoc and typst) and ours, in turn",
    "size": "size",
    "words": "words",
    "naive": "naive s",
    "beside": "beside",
    "machine": "machine: {system} {machine}, processors: {processors}, Python {python}, load before the start: {load}",
    "timeline": "the steps of one full build of {size} contributions (`--timings`):",
    "full": "full",
    "edited": "rebuilt",
    "unchanged": "unchanged",
    "watch": "PDF under watch",
    "memory": "memory",
    "met": "{ratio} ≤ {target}",
    "missed": "{ratio} > {target} missed",
    "check": "checking {size} contributions: {cold} s of processor the first time, {again} s if nothing has changed, {edited} s after one correction",
    "legend": "“naive s”: seconds of the naive way, one program after the other; “beside”: the DOCX beside the PDF; then each number is a part of the naive way's time (or of its largest process's memory); on its right, the part aimed at",
}
