"""Words in two languages, and how they are laid out on a terminal."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")


class Words(NamedTuple):
    """One text that people read, in Chinese and in English."""

    zh: str
    en: str

    def pick(self, lang: str) -> str:
        """The text in `lang`; Chinese for anything but "en"."""
        return self.en if lang == "en" else self.zh


def width(text: str) -> int:
    """How many terminal columns `text` takes: 2 for wide characters (UAX #11 W and F), 0 for marks."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


@cache
def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def clip(text: str, columns: int) -> str:
    """`text` cut to at most `columns` terminal columns, with … where something is left out."""
    if width(text) <= columns:
        return text
    kept, used = [], 0
    for c in text:
        w = width(c)
        if used + w > columns - 1:
            break
        kept.append(c)
        used += w
    return "".join(kept) + "…"


def pad(text: str, columns: int) -> str:
    """`text` filled with blanks to `columns` terminal columns."""
    return text + " " * max(0, columns - width(text))
