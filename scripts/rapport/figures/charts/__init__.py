"""charts: a published table drawn, where that is asked for: what to draw as data (`bars`, `years`), then Vega-Lite.

A chart says the words of its table and no others, each number beside its mark, so that a reader of the finished file
can hold one against the other. It is drawn from the record of what was published, never from a raw number, and kept in
chapters/graphiques/: a report that is built shows the file and draws nothing.
"""
