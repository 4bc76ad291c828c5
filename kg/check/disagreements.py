"""Where the plan says two different figures of one thing: both stay, and the check lists them."""

from __future__ import annotations

from itertools import groupby

from kg.errors import Finding
from kg.facts import Facts, Figure
from kg.vocab import compact
from kg.words import Words

# Words that make another statement of the same number.
_BOUND_EN = {
    "以上": "or more",
    "以下": "or less",
    "左右": "about",
    "超过": "exceeded",
    "不足": "not reached",
    "近": "nearly",
}
_BOUNDS = tuple(_BOUND_EN)


def disagreements(facts: Facts) -> list[Finding]:
    """One note for each indicator, place, period and kind of value that has more than one value."""

    def key(f: Figure) -> tuple[str, str, str, str, str]:
        return f.indicator, f.about, f.period, f.figure, f.unit

    found = []
    for (indicator, _, period, _, unit), same in groupby(sorted(facts.figures, key=key), key):
        figures = sorted(same, key=lambda f: facts.place(f.sources))
        # "2 to 3" in one sentence is a range and no disagreement; "reaches 10" and "10" are the same.
        if len({(_number(f.value), f.bound if f.bound in _BOUNDS else "") for f in figures}) < 2:
            continue
        if len({f.sources for f in figures}) < 2:
            continue
        thing = facts.things[indicator]
        places = [
            (facts.passages[f.sources[0]].label, facts.passages[f.sources[0]].label_en)
            for f in figures
        ]
        zh = "；".join(
            f"{f.printed}{f.unit}{f.bound}（{p[0]}）" for f, p in zip(figures, places, strict=True)
        )
        en = "; ".join(
            " ".join(x for x in (f.printed, unit, _BOUND_EN.get(f.bound, ""), f"({p[1]})") if x)
            for f, p in zip(figures, places, strict=True)
        )
        found.append(
            Finding(
                "note",
                "disagreement",
                compact(indicator),
                Words(
                    f"{thing.zh} {period} 有不同数值：{zh}",
                    f"{thing.en} {period} has different values: {en}",
                ),
                Words(
                    "两处均保留；引用时请注明出处。",
                    "Both are kept; name the place when you quote one.",
                ),
            )
        )
    return found


def _number(text: str) -> str:
    """2.0 and 2 alike; what is no number (SHACL reports it) as it stands."""
    try:
        return str(float(text))
    except ValueError:
        return text
