"""SVG as text: elements with escaped attributes and children, coordinates rounded so that bytes stay the same."""

from __future__ import annotations

from markupsafe import Markup, escape


def figure_of(number: float) -> str:
    """`number` with at most two decimals and nothing behind them that says nothing: 3.0 is "3"."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def element(tag: str, *inside: str, **attributes: str | float) -> Markup:
    """An element of SVG. What stands inside is escaped unless it is Markup; `class_` is class, `font_size` font-size."""
    said = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(_value(value))}"'
        for name, value in attributes.items()
        if value != ""
    )
    if not inside:
        return Markup(f"<{tag}{said}/>")
    return Markup(f"<{tag}{said}>{''.join(escape(child) for child in inside)}</{tag}>")


def percent(share: float) -> str:
    """A coordinate as a share of the picture's width, so that it stretches and its text does not."""
    return figure_of(100 * share) + "%"


def _value(value: str | float) -> str:
    return value if isinstance(value, str) else figure_of(value)
