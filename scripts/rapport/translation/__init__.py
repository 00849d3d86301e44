"""The English edition: translations beside contributions, which follow what they translate; the report in English.

`contributions/<association>/<theme>.en.md` is taken apart line by line; each block's English is read alone by the
same reader, under the names of its French. A block's reference is the digest of its French as quoted, so it survives
a move and a reflow. The English replaces nodes after merge; ids, digests and numbers stay the French ones. English that
breaks a rule, or has not the shape of its French, is not printed. What only the English edition is held to never
blocks the French.
"""
