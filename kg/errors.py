"""What goes wrong (`KgError`) and what was seen (`Finding`): place, thing, next step."""

from __future__ import annotations

from typing import Literal, NamedTuple

from kg.words import Words

Level = Literal["error", "warning", "note"]


class KgError(Exception):
    """The command could not do its work (exit code 2).

    `what` says place and thing in one sentence; `next_step` what the person at the desk can do.
    """

    def __init__(self, what: Words, next_step: Words) -> None:
        super().__init__(f"{what.en} {next_step.en}")
        self.what = what
        self.next_step = next_step

    def text(self, lang: str) -> str:
        """The message in one language, one line."""
        return f"{self.what.pick(lang)} {self.next_step.pick(lang)}"


class Finding(NamedTuple):
    """Something a check saw while doing its work (exit code 1 if any is an error)."""

    level: Level
    rule: str
    place: str
    what: Words
    next_step: Words

    def row(self, lang: str) -> tuple[str, str, str, str, str]:
        """level, rule, place, what, next step: one table row."""
        return (
            self.level,
            self.rule,
            self.place,
            self.what.pick(lang),
            self.next_step.pick(lang),
        )
