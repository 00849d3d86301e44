"""Whether words are bold or italic in the end: by their own properties, their style's, or their paragraph's."""

from __future__ import annotations

from rapport.office.namespaces import q
from rapport.office.wordml import Styles, is_on, value_at
from rapport.office.xml import Element

SWITCHES = {"b": q("w:b"), "i": q("w:i")}


class Emphasis:
    """The runs of one file; styles are looked up once."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.known: dict[tuple[str, str], bool | None] = {}

    def letters_of(self, properties: Element, style: str) -> str:
        """« b », « i », « bi » or nothing, for a run with these properties in a paragraph of this style."""
        own = value_at(properties, "w:rStyle")
        return "".join(sign for sign in SWITCHES if self._on(sign, properties, own, style))

    def _on(self, sign: str, properties: Element, own: str, style: str) -> bool:
        switch = properties.find(SWITCHES[sign]) if properties is not None else None
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
