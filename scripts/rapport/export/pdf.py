"""The document → PDF, by typst reading it as data.

    stage    Document → a folder: the template, the text as JSON, the images     in the parent process
    compile  folder → Pdf: the bytes, and the page each title is printed on      best in a child: see `Child`

typst never gives memory back and takes most of a build's time, so it runs as `python -m rapport.export.pdf FOLDER OUT`
while its parent writes the DOCX. That is why the imports here are few and late.
"""

from __future__ import annotations

import json
import os
import re
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from rapport.model import Document

HERE = os.path.dirname(os.path.abspath(__file__))
FONTS = os.path.join(HERE, "fonts")
TEMPLATE = os.path.join(HERE, "template")
STANDARDS = ["a-2a", "ua-1"]


class Pdf(NamedTuple):
    """A finished PDF, and the page that each part, theme and front or back title begins on, by its id."""

    data: bytes
    pages: Mapping[str, int]


class TypesettingError(Exception):
    """typst refused what we gave it: a bug of ours, told in typst's words."""
