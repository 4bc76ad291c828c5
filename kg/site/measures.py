"""One indicator as a page shows it: which of its values share a scale, what contradicts, and the words for each value."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup

from kg.draw.bullets import Kind, Mark, bullet
from kg.facts import Figure
from kg.paint import SEMICOLON
from kg.site.atlas import Atlas
from kg.vocab import PREFIXES

TABLE = PREFIXES["src"] + "1-2-table-"
BASE, GOAL = "2020", "2025"
YEAR = re.compile(r"\d{4}\Z")

# Units of one family, with what one of each is: a value in 万元 may stand beside one in 亿元.
_FAMILY = {"亿元": ("亿元", 1.0), "万元": ("亿元", 1e-4), "家": ("个", 1.0), "个": ("个", 1.0)}
# The printed bounds that leave an end open, and the sign a label has for them.
_SIGNS = {"以上": ("≥", 1), "下限": ("≥", 1), "超过": ("＞", 1), "上限": ("≤", -1), "近": ("≈", 0)}
# A rise from nothing is no number of a scale.
_NO_NUMBER = {("0", "超过")}


@dataclass(frozen=True)
class Measure:
    """One indicator of one language: what its picture, its rows of values and its remarks are made of."""

    atlas: Atlas
    iri: str
    figures: tuple[Figure, ...]

    @property
    def label(self) -> str:
        """Its name."""
        return self.atlas.words.label(self.iri)

    @property
    def key(self) -> str:
        """What addresses it inside the page."""
        return self.atlas.key(self.iri)

    @cached_property
    def family(self) -> tuple[str, str]:
        """Whose values, and in which unit, are drawn: those of which there are most, the surer first."""
        count = Counter((f.about, _family(f)[0]) for f in self.figures if self._drawable(f))
        return max(count, key=lambda k: (count[k], k), default=("", ""))

    @cached_property
    def drawn(self) -> list[Figure]:
        """The values of one scale, each of one year; nothing that is a multiple, a span of years or of someone else."""
        return [
            f for f in self.figures if self._drawable(f) and (f.about, _family(f)[0]) == self.family
        ]

    @staticmethod
    def _drawable(figure: Figure) -> bool:
        return (
            bool(YEAR.match(figure.period))
            and figure.unit != "倍"
            and (figure.printed, figure.bound) not in _NO_NUMBER
            and _number(figure) is not None
        )

    @property
    def serial(self) -> bool:
        """Whether there is something to compare: values of two years on one scale."""
        return len({f.period for f in self.drawn}) > 1

    @cached_property
    def marks(self) -> list[Mark]:
        """The marks of its picture: equal values of a year are one mark, unequal ones are two."""
        at: dict[tuple[str, str, float], list[Figure]] = {}
        for figure in sorted(self.drawn, key=lambda f: (f.period, self.order(f))):
            at.setdefault((figure.period, figure.figure, scaled(figure)), []).append(figure)
        # The bar is the value of the base year; where there is none, the latest that was measured before it.
        measured = [p for p, kind, _ in at if kind == "measured"]
        base = max((p for p in measured if p <= BASE), default="")
        goal = max((p for p, kind, _ in at if kind != "measured"), default="")
        marks = []
        for (period, kind, value), figures in at.items():
            sort: Kind
            if kind == "measured":
                sort = "base" if period == base else "earlier" if period < base else "actual"
            else:
                sort = "target" if period == goal else "stage"
            ends = {_SIGNS.get(f.bound, ("", 0))[1] for f in figures}
            texts = dict.fromkeys(self._short(f) for f in figures)
            word = "" if kind == "measured" else self.atlas.t["ix_goal"]
            text = f"{period} {word}".strip() + " " + " / ".join(texts)
            marks.append(Mark(sort, value, text, ends.pop() if len(ends) == 1 else 0))
        return marks

    @staticmethod
    def order(figure: Figure) -> int:
        """Sort key of a value: the plan's own table before its text."""
        return not any(s.startswith(TABLE) for s in figure.sources)

    def _short(self, figure: Figure) -> str:
        sign = _SIGNS.get(figure.bound, ("", 0))[0]
        own = (
            figure.unit not in ("", self.family[1])
            and _FAMILY.get(figure.unit, ("", 1.0))[1] != 1.0
        )
        unit = self.atlas.t["ix_units"].get(figure.unit, figure.unit) if own else ""
        return f"{sign}{figure.printed}{'%' if figure.unit == '%' else ''} {unit}".strip()

    def svg(self) -> Markup:
        """Its picture, "" where no two values share a scale."""
        told = SEMICOLON[self.atlas.lang].join(self.told())
        unit = self.atlas.t["ix_units"].get(self.family[1], self.family[1])
        # A share ends at the whole.
        whole = 100.0 if unit == "%" else 0.0
        return bullet(self.marks, unit, "b-" + self.key, self.label, told, whole)

    def told(self) -> list[str]:
        """Its drawn values in words."""
        return [
            " ".join(x for x in (f.period, self.kind(f), self.value(f)) if x) for f in self.drawn
        ]

    def kind(self, figure: Figure) -> str:
        """Measured, target or expected, in words."""
        return self.atlas.labels.get(PREFIXES["ic"] + figure.figure, figure.figure)

    def value(self, figure: Figure) -> str:
        """A value as printed, with its unit and its bound in words."""
        t = self.atlas.t
        if (figure.printed, figure.bound) in _NO_NUMBER:
            return str(t["ix_from_none"])
        bound = t["ix_bounds"].get(figure.bound, figure.bound)
        unit = t["ix_units"].get(figure.unit, figure.unit)
        space = "" if unit == "%" else " "
        before = bound.endswith("…")
        bound = bound.strip("…")
        amount = f"{figure.printed}{space}{unit}".strip()
        return f"{bound} {amount}".strip() if before else f"{amount} {bound}".strip()

    def rows(self) -> list[dict[str, Any]]:
        """All its values in the order of their years, each with its place."""
        apart = self.conflicts()
        found = [
            {
                "about": self.atlas.words.label(f.about),
                "city": f.about == self.family[0] or not self.family[0],
                "period": self.atlas.t["ix_periods"].get(f.period, f.period),
                "value": self.value(f),
                "kind": self.kind(f),
                "figure": f.figure,
                "drawn": f in self.drawn,
                "apart": (f.about, f.period, f.figure) in apart,
                "where": SEMICOLON[self.atlas.lang].join(self.atlas.words.place(f.sources)),
            }
            for f in sorted(self.figures, key=lambda f: (f.period, self.order(f), f.iri))
        ]
        return found

    def conflicts(self) -> set[tuple[str, str, str]]:
        """Where two places give two values of one thing: whose, period and kind of value."""
        values: dict[tuple[str, str, str, str], set[float]] = {}
        for figure in self.figures:
            # A range is printed with two ends; they do not contradict each other.
            if figure.bound in ("下限", "上限") or _number(figure) is None:
                continue
            key = (figure.about, figure.period, figure.figure, _family(figure)[0])
            values.setdefault(key, set()).add(scaled(figure))
        return {k[:3] for k, found in values.items() if len(found) > 1}


def _number(figure: Figure) -> float | None:
    try:
        number = float(figure.value)
    except ValueError:
        return None
    return number if 0 <= number < 1e15 else None


def _family(figure: Figure) -> tuple[str, float]:
    return _FAMILY.get(figure.unit, (figure.unit, 1.0))


def scaled(figure: Figure) -> float:
    """The value in the unit of its family."""
    return round((_number(figure) or 0.0) * _family(figure)[1], 9)
