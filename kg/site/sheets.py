"""What a site is made of: one sheet is one file of one language, made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Sheet:
    """A file at `path` from its language's folder; `make` gives its content (text is written as UTF-8 with \\n)."""

    path: str
    make: Callable[[], str | bytes]
