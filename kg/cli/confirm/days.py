"""Which days a person means."""

from __future__ import annotations

from datetime import date, timedelta

from kg.cli.days import day_of
from kg.errors import KgError
from kg.words import Words

DAYS = 365


def first_and_last(
    on: str | None, valid: int | None, until: str | None, today: date
) -> tuple[date, date]:
    """First and last day of the statement."""
    first = day_of(on, "--on") if on else today
    if first > today:
        raise KgError(
            Words(
                f"核查日 {first} 在今天（{today}）之后。",
                f"The day of the check, {first}, is after today ({today}).",
            ),
            Words("请改正 --on。", "Correct --on."),
        )
    if until and valid:
        raise KgError(
            Words("--valid 与 --until 只能用一个。", "Use --valid or --until, not both."),
            Words("用法见 kg confirm --help。", "See kg confirm --help."),
        )
    try:
        last = day_of(until, "--until") if until else first + timedelta(days=valid or DAYS)
    except OverflowError:
        last = date.max
    if last < first:
        raise KgError(
            Words(
                f"有效期至 {last}，早于核查日 {first}。",
                f"It would end on {last}, before the check on {first}.",
            ),
            Words("请改正 --until 或 --on。", "Correct --until or --on."),
        )
    return first, last
