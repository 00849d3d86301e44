"""What rules and later stages want to know of a body's nodes: citations, pictures, links, marks, leftovers."""

from __future__ import annotations

import re

from rapport import tree
from rapport.language.web_addresses import leads_elsewhere, real_address
from rapport.markdown.body_text import BodyText, FindRecorder
from rapport.markdown.namespacing import SENSIBLE, is_sensible
from rapport.model import Find, Node
from rapport.tree import CONFIDENTIAL, KEPT_PAIRS, anchors

COMMENT = re.compile("<!(?:-|–|—)")  # a comment that never closes is text to pandoc, which makes dashes of its hyphens
UNESCAPED = re.compile(r"(?<!\\)(?:<|&lt;)!(?:-|–|—)")  # an escaped one is meant to be read
OPENINGS = ("<!--", "<!–", "<!—", "&lt;!--")
NOTE_CALL = re.compile(r"\[\^[^\]\s]+\]")
HARMLESS = (CONFIDENTIAL, "uri", "email", "unnumbered", *KEPT_PAIRS, "height")  # marks that need not be spoken of
CODE = ("RawInline", "Math")
FENCES = (":::", "```", "~~~")  # at the head of a word of text, the fence of a block that pandoc did not see


class NodeInspection:
    """The nodes of one body looked at one by one; what is found goes to the recorder."""

    def __init__(self, text: BodyText, recorder: FindRecorder) -> None:
        self.path, self.text, self.recorder = text.path, text.text, recorder
        self.is_contribution = bool(text.namespace)

    def inspect(self, node: Node, offset: int, top: bool) -> str:
        """Note what rules and later stages want to know of a node; says what kind it was."""
        match tree.kind(node):
            case "Cite":
                for key in tree.cited_keys(node):
                    self.recorder.record("citation", key, offset, f"@{key}")
                self.inspect_affixes(node, offset)
                return "citation"
            case "Image":
                target, alt = tree.target(node), tree.pairs(node).get("alt")
                self.recorder.record(
                    "image", tree.address(target), offset, target, alt or tree.text(tree.inlines(node))
                )
                return "image"
            case "Link":
                typed = tree.target(node)
                target = tree.address(real_address(typed))
                literal = next((form for form in (typed, tree.address(typed)) if form in self.text), target)
                words = tree.text(tree.inlines(node))
                other = words if leads_elsewhere(words, target) else ""
                self.recorder.record("link", target, offset, literal if len(literal) > 1 else f"]({literal})", other)
                return "link" if anchors.link_target(self.path, target) else ""
            case "RawInline" | "RawBlock" | "Math":
                self.recorder.record("raw", tree.letters(node), offset, tree.letters(node))
            case "Note":
                for inner in tree.find(tree.blocks(node), "Note"):  # neither Word nor typst has notes in notes
                    words = tree.text(tree.blocks(inner))
                    self.recorder.record("nested-note", words, offset, words.split(" ")[0] or "^")
            case "Str":
                self.inspect_word(tree.letters(node), offset)
            case "Header" if not top:
                words = tree.text(tree.inlines(node))
                self.recorder.record("nested-heading", words, offset, words)
            case kind if kind not in tree.ALLOWED:
                self.recorder.record("raw", kind, offset, kind)
        return ""

    def inspect_word(self, word: str, offset: int) -> None:
        """Note what looks like markup that pandoc did not take for any."""
        if COMMENT.search(word) and UNESCAPED.search(self.text):
            self.recorder.record("raw", "<!--", offset, next((mark for mark in OPENINGS if mark in self.text), "<!"))
        elif word.startswith(FENCES):
            self.recorder.record("fence", word[:3], offset, word[:3])
        elif "[^" in word:
            for call in NOTE_CALL.findall(word):
                self.recorder.record("undefined-note", call, offset, call)

    def inspect_attributes(self, node: Node, offset: int) -> bool:
        """Note a node's name and its marks; says whether it is marked as confidential."""
        identifier, classes, pairs = tree.attributes(node)
        if identifier:
            self.recorder.record("id", identifier, offset, "{#" + identifier)
        if self.is_contribution:
            for mark in (*classes, *(key if key not in SENSIBLE else f"{key}={value}" for key, value in pairs)):
                key, _, value = mark.partition("=")
                if mark not in HARMLESS and (key not in SENSIBLE or not is_sensible(key, value)):
                    typed = next((form for form in (f".{mark}", mark) if form in self.text), key)
                    self.recorder.record("mark", mark, offset, typed)
        return CONFIDENTIAL in classes

    def inspect_affixes(self, cite: Node, offset: int) -> None:
        """Citeproc prints what stands around a key: no door is open there either."""
        place = self.recorder.finds[-1].span
        around = list(tree.affixes(cite))
        for code in (tree.letters(node) for node in around if tree.kind(node) in CODE):
            self.recorder.record("raw", code, offset, code)
        rich = [kind for kind in map(tree.kind, around) if kind not in tree.PLAIN and kind not in CODE]
        if rich:
            self.recorder.finds.append(Find("around-key", rich[0], place))
