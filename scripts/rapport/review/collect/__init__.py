"""Drafts that come back: each laid beside the draft it was made of, every remark kept once in the ledger.

A returned file is of the draft that it is most like, or nearly so and named by it (a property, the header). It is
laid beside the map in layers, the surest first: the view with every change refused, word for word; then alike, in
order, one to one, one cut up, several joined; then moved; then by bookmark, or by place between neighbours. What
nothing speaks for has no place: a remark in the wrong place is worse than one to be placed by hand. Changes that
nobody tracked come from comparing with the map; numbers that a word processor counts are compared with nothing.
Numbers kept as mere text are taken as they are printed. Notes are laid beside those of the paragraph that calls them,
never by their place in the file; a note that nobody calls is not seen. Changes of bold and italic are told where a
paragraph stayed itself, and not at all where over 30 % of paragraphs differ, which is a program's doing. Typography
alone is counted, not told.

`contributions/drafts/ledger.yaml`, a remark's keys and who writes them:

    id projet genre place bloc paragraphe association fichier ligne   review: which draft, what kind, which paragraph;
                            `bloc` is its id, empty where it is still to be placed, `place` its index in the map
    relecteur date suivi recu preuve doute   review: who, when, tracked or not, in which file, how the paragraph was
                            found, what is uncertain
    debut avant apres ou vers  review: text[debut : debut + len(avant)] == avant, unless `debut` is -1; what it will be;
                            a new paragraph stands `apres` or `avant` this one (`ou`); a move or merge leads to `vers`
    texte resolu repond_a contredit   review: a comment's words, resolved in Word, what it answers (of a deletion: whose
                            insertion it strikes), its rivals
    appel                   review: « apres » where the call of a note stands right behind the words put in
    avec                    review: the remark on a new paragraph that a note goes with
    etat reponse            the editor: ouverte, acceptee, refusee, repondue, appliquee; the words for the reviewer
    suite                   apply: why a change was not written, or where it was

A second review adds what is new and leaves every `etat`, `reponse` and `suite` as they are. Remarks stand in the order
of the report, newest draft first, those without a place last; `fichiers` says which files were read, by digest.
"""
