"""What a site is made of: one sheet is one file of one language, made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.site.keys import Keys


def everything(keys: Keys) -> str:
    """The key of a sheet that may rest on any of the data."""
    return keys.everything


def program(keys: Keys) -> str:
    """The key of a sheet that no data changes, only the program and the vocabulary."""
    return keys.base


def findings(keys: Keys) -> str:
    """The key of a sheet that is made of the findings."""
    return keys.found


@dataclass(frozen=True)
class Sheet:
    """A file at `path` from its language's folder.

    `make` gives its content (text is written as UTF-8 with \\n), `rests` the key of all that the content rests on:
    while that stays the same, the sheet of the last site is taken over.
    """

    path: str
    make: Callable[[], str | bytes]
    rests: Callable[[Keys], str] = everything
