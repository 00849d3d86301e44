"""workshops: children's own words and drawings, as they gave them, printed only as far as each of them agreed.

`contributions/<association>/enfants/<atelier>.md` holds one workshop: a header, checked closely, then the words of each
child under the code of its record, every line after « > » as it was said, the original first, translations beside it.
`reading` makes a `Workshop` of it, `consent` says whether a piece may be printed and where, `protection` holds it to
the rules for children (all are errors here), `annex` makes its blocks, `withdrawal` takes a piece out of everything.

No word passes pandoc, typography, or any rule of style or length: what is printed is what was given, to the letter.
"""
