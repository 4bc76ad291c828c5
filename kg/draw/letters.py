"""How wide letters are and where a label is broken, without a browser: the same lines on canvas, SVG and paper."""

from __future__ import annotations

from functools import cache

from kg.words import clip, width

# Arial first: its widths are known, Liberation Sans and Helvetica have the same, and a Chinese character is one em
# wide in every font. So lines that are broken here fit in every browser.
FACE = (
    'Arial,"Liberation Sans",Helvetica,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",'
    '"Noto Sans SC",sans-serif'
)
# Thousandths of an em, from the space to the tilde.
_ARIAL = [
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *[556] * 10,
    *(278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667),
    *(556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278),
    *(469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556),
    *(556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584),
]
# Other machines have other fonts for the same name: a little room is left.
_ROOM = 1.03
# The longest label that is drawn whole; the panel and the table have every name whole.
MOST = 36.0
# A box is hardly ever narrower than this.
_SHORT = 6.0
# These begin no line, and those end none.
_CLOSING = "、，。；：！？）》〉】〕”’…·,.;:!?)]}%-/"
_OPENING = "（《〈【〔“‘([{"


@cache
def em(text: str) -> float:
    """The width of `text` in em."""
    return _ROOM * sum(
        _ARIAL[ord(c) - 32] / 1000 if " " <= c <= "~" else 1.0 for c in text if c >= " "
    )


@cache
def _pieces(label: str) -> tuple[tuple[str, float, bool], ...]:
    """What may not be broken: text, width, and whether a blank stands before it."""
    found: list[tuple[str, bool]] = []
    blank, text = False, ""
    for c in label:
        if c.isspace():
            if text:
                found.append((text, blank))
            text, blank = "", True
            continue
        wide = ord(c) > 0x2E7F or c in "“”‘’…"
        last = text[-1:]
        # A Latin word holds together; a Chinese character stands alone, but for its punctuation.
        joined = last and (
            c in _CLOSING
            or last in _OPENING
            or not (wide or ord(last) > 0x2E7F or last in "“”‘’…" or last in "-/")
        )
        if joined or not text:
            text += c
        else:
            found.append((text, blank))
            text, blank = c, False
    if text:
        found.append((text, blank))
    return tuple((t, em(t), b) for t, b in found)


def lines(label: str, most: float) -> list[str]:
    """`label` broken into lines of at most `most` em. A word that is longer than a line is broken too."""
    found, line, used = [], "", 0.0
    for text, wide, blank in _pieces(label):
        room = 0.29 if blank and line else 0.0
        if line and used + room + wide > most:
            found.append(line)
            line, used, room = "", 0.0, 0.0
        while wide > most and len(text) > 1:
            cut = len(text) - 1
            while cut > 1 and em(text[:cut]) > most:
                cut -= 1
            found.append(text[:cut])
            text, wide = text[cut:], em(text[cut:])
        line += (" " if room else "") + text
        used += room + wide
    return [*found, line] if line else found or [""]


@cache
def even(label: str, most: float) -> tuple[float, tuple[str, ...]]:
    """`label` in as few lines of at most `most` em as it needs, made as even as they can be: width and lines.

    Below 0 the number of lines is given instead: -2 breaks into two lines what is longer than a short one.
    """
    label = shortened(label)
    if most < 0:
        return _narrow(label, int(-most))
    whole = em(label)
    if whole <= most:
        return whole, (label,)
    count = len(lines(label, most))
    at = max(whole / count, min(most, _longest(label)))
    while at < most and len(lines(label, at)) > count:
        at += 0.25
    broken = lines(label, min(at, most))
    return max(map(em, broken)), tuple(broken)


def _narrow(label: str, count: int) -> tuple[float, tuple[str, ...]]:
    at = max(_SHORT, em(label) / count, min(MOST / 2, _longest(label)))
    while len(broken := lines(label, at)) > count:
        at += 0.25
    return max(map(em, broken)), tuple(broken)


def _longest(label: str) -> float:
    """The width of the longest word: no line is made so short that a word must be broken."""
    return max((wide for _, wide, _ in _pieces(label)), default=0.0)


@cache
def shortened(label: str) -> str:
    """`label`, with … for what is more than MOST em of it."""
    if em(label) <= MOST:
        return label
    kept = label
    while em(kept) > MOST - 1:
        kept = kept[: -max(1, int((em(kept) - MOST + 1) / 2))]
    return kept.rstrip() + "…"


def wrap(label: str, lang: str) -> str:
    """`label` in at most two lines of a box of one width; the whole name is in the panel and the table."""
    # Chinese fonts draw curly quotation marks as wide as a character; a terminal counts one column.
    return _two_lines(label.translate(_WIDE), lang).translate(_NARROW)


_WIDE = {ord("“"): "〝", ord("”"): "〞"}
_NARROW = {ord("〝"): "“", ord("〞"): "”"}
_LINE = 16


def _two_lines(label: str, lang: str) -> str:
    if width(label) <= _LINE:
        return label
    if lang == "en" and " " in label:
        found, line = [], ""
        for word in label.split(" "):
            # Capitals are wider than a terminal's columns tell.
            if line and width(line) + 1 + width(word) > _LINE - 2:
                found.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        found.append(line)
        two = found if len(found) < 3 else [found[0], " ".join(found[1:])]
        return "\n".join(clip(x, _LINE - 1) for x in two)
    # Two even lines rather than a full one and an orphan; an ellipsis is drawn two columns wide.
    half = min(_LINE, -(-width(label) // 2) + 1)
    first = clip(label, half + 1).removesuffix("…")
    rest = label[len(first) :]
    return first + "\n" + (rest if width(rest) <= _LINE else clip(rest, _LINE - 1))
