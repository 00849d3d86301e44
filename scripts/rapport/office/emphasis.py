"""Whether words are bold or italic in the end: by their own properties, their style's, or their paragraph's."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from rapport.office.namespaces import q
from rapport.office.wordml import Styles, is_on
from rapport.office.xml import Element

LOOKS, STYLE, SWITCHES = q("w:rPr"), q("w:rStyle"), {"b": q("w:b"), "i": q("w:i")}
Looks = Mapping[str, Element]
"""What stands in the properties of a run (« w:rPr »), by its tag."""
NO_LOOKS: Looks = MappingProxyType({})


def looks_of(run: Element) -> Looks:
    """The properties of a run."""
    looks = run.find(LOOKS)
    return NO_LOOKS if looks is None else {child.tag: child for child in looks}


class Emphasis:
    """The runs of one file; styles are looked up once."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.known: dict[tuple[str, str], bool | None] = {}

    def letters_of(self, looks: Looks, style: str) -> str:
        """« b », « i », « bi » or nothing, for a run with these properties in a paragraph of this style."""
        named = looks.get(STYLE)
        own = named.get(q("w:val"), "") if named is not None else ""
        return "".join([sign for sign in SWITCHES if self._on(sign, looks, own, style)])

    def _on(self, sign: str, looks: Looks, own: str, style: str) -> bool:
        switch = looks.get(SWITCHES[sign])
        if switch is not None:
            return is_on(switch)
        said = self._style(sign, own) if own else None
        return bool(self._style(sign, style) if said is None else said)

    def _style(self, sign: str, name: str) -> bool | None:
        if (sign, name) not in self.known:
            path = f"{q('w:rPr')}/{SWITCHES[sign]}"
            switches = (one.find(path) for one in self.styles.chain(name))
            self.known[sign, name] = next((is_on(switch) for switch in switches if switch is not None), None)
        return self.known[sign, name]
