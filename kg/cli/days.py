"""Which days a person means, and which day is today."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import click

from kg.errors import KgError
from kg.words import Words

F = TypeVar("F", bound=Callable[..., object])


def today_option(command: F) -> F:
    """Adds --today."""
    return click.option(
        "--today",
        metavar="DATE",
        default=lambda: os.environ.get("KG_TODAY"),
        help="当作今天的日期 the day to take for today (default: the machine's)",
    )(command)


def today_of(text: str | None) -> date:
    """The day meant by --today, else the machine's. KgError when it is no date."""
    return day_of(text, "--today / KG_TODAY") if text else date.today()


def day_of(text: str, option: str) -> date:
    """The day that `text` names: 2026-11-24, 2026/11/24, 2026.11.24 or 2026年11月24日."""
    plain = unicodedata.normalize("NFKC", text).strip()
    parts = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", plain)
    try:
        if parts:
            return date(*map(int, parts.groups()))
    except ValueError:
        pass
    raise KgError(
        Words(f"{option}：“{text}”不是日期。", f'{option}: "{text}" is no date.'),
        Words("请写成 2026-11-24 的样子。", "Write it like 2026-11-24."),
    )
