"""Stand-off citations: where a passage stands in a document that the project does not carry.

Offsets count code points of the *normalised* text: white space and zero-width characters taken out, every
character folded whose NFKC form is one character. Such a citation survives other line breaks, CRLF, a BOM
and other punctuation widths; after an insertion it is found again (moved), after an edit inside it is lost.

What people read is the document as it is printed: the normalised offsets are led back to it.
"""

from __future__ import annotations

import hashlib
import unicodedata
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

from kg.errors import KgError
from kg.graph import Graph
from kg.words import Words

Where = Literal["exact", "moved", "lost"]


@dataclass(frozen=True)
class Passage:
    """A cited place: IRI, words for people (zh, en), offsets in the normalised text, SHA-256 of the passage."""

    iri: str
    label: str
    label_en: str
    start: int
    end: int
    sha256: str

    def place(self, lang: str) -> str:
        """The place in words."""
        return self.label_en if lang == "en" else self.label

    def as_json(self, lang: str) -> dict[str, str | int]:
        """The documented form of a citation: iri, place, start, end, sha256."""
        return {
            "iri": self.iri,
            "place": self.place(lang),
            "start": self.start,
            "end": self.end,
            "sha256": self.sha256,
        }


@dataclass(frozen=True)
class Anchor:
    """Where a passage stands in a document at hand: `where`, and the offsets there (0, 0 when lost)."""

    where: Where
    start: int
    end: int


class _Folded(dict[str, str]):
    """What each character counts as: one character, or "" where it does not count. A text has few different ones."""

    def __missing__(self, c: str) -> str:
        folded = unicodedata.normalize("NFKC", c)
        # Cf: zero-width space, joiners, soft hyphen, BOM.
        counts = not c.isspace() and unicodedata.category(c) != "Cf"
        self[c] = form = "" if not counts else folded if len(folded) == 1 else c
        return form


_FOLDED = _Folded()


def normalise(text: str) -> str:
    """`text` in the form whose code points offsets count."""
    return "".join([_FOLDED[c] for c in text])


def digest(text: str) -> str:
    """SHA-256, in hex, of a normalised text."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_document(path: Path) -> Document:
    """The document in `path` (UTF-8 with or without BOM, else GB 18030). KgError when it cannot be read."""
    try:
        raw = path.read_bytes()
    except OSError as fault:
        raise KgError(
            Words(
                f"无法读取文件 {path}：{fault.strerror}。", f"Cannot read {path}: {fault.strerror}."
            ),
            Words(
                "请检查路径；文件应为规划全文的纯文本（.txt）。",
                "Check the path; it should be the plan as plain text (.txt).",
            ),
        ) from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return Document(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise KgError(
        Words(
            f"{path} 既不是 UTF-8 也不是 GB 18030 文本。",
            f"{path} is neither UTF-8 nor GB 18030 text.",
        ),
        Words(
            "请另存为纯文本（UTF-8）后重试。",
            "Save it as plain text (UTF-8) and try again.",
        ),
    )


class Document:
    """A text in which passages are looked up, and from which they are quoted as they are printed."""

    def __init__(self, text: str) -> None:
        self.text = normalise(text)
        self.sha256 = digest(self.text)
        # What is quoted changes with white space and widths too.
        self.printed_sha256 = digest(text)
        self._printed, self._starts, self._shifts = _laid_out(text)
        # Insertions shift everything behind them alike: the last shift that helped is tried first.
        self._shift = 0
        # To find out that a passage is lost takes the whole text: once is enough.
        self._anchors: dict[tuple[int, int, str], Anchor] = {}

    def anchor(self, passage: Passage) -> Anchor:
        """Where `passage` stands: at its place, at another (moved), or nowhere (lost)."""
        key = passage.start, passage.end, passage.sha256
        if (known := self._anchors.get(key)) is None:
            known = self._anchors[key] = self._anchor(passage)
        return known

    def _anchor(self, passage: Passage) -> Anchor:
        length = passage.end - passage.start
        for shift in (0, self._shift):
            start = passage.start + shift
            if start >= 0 and self._is(start, length, passage.sha256):
                return Anchor("moved" if shift else "exact", start, start + length)
        for start in range(len(self.text) - length + 1):
            if self._is(start, length, passage.sha256):
                self._shift = start - passage.start
                return Anchor("moved", start, start + length)
        return Anchor("lost", 0, 0)

    def passage_text(self, passage: Passage) -> str:
        """The words of `passage`, normalised; "" when it is lost."""
        found = self.anchor(passage)
        return self.text[found.start : found.end]

    def quote(self, passage: Passage) -> str:
        """The words of `passage` as they are printed, the cells of a table row apart; "" when it is lost."""
        found = self.anchor(passage)
        return self.printed(found.start, found.end).strip(_CELL)

    def printed(self, start: int, end: int) -> str:
        """What is printed from offset `start` to `end` of the normalised text.

        Pieces that follow each other join without a seam: white space goes with what stands before it.
        """
        return self._printed[self._at(start) : self._at(end)]

    def _at(self, offset: int) -> int:
        """Where the character at `offset` of the normalised text is printed."""
        return offset + self._shifts[bisect_right(self._starts, offset) - 1]

    def _is(self, start: int, length: int, sha256: str) -> bool:
        return digest(self.text[start : start + length]) == sha256


# Between the cells of a table row.
_CELL = " | "


def _laid_out(text: str) -> tuple[str, array[int], array[int]]:
    """`text` as one reads it, and from which normalised offset on how many characters more are printed before it."""
    runs = ["".join(run) for _, run in groupby(text, lambda c: bool(_FOLDED[c]))]
    pieces: list[str] = []
    starts, shifts = array("L", [0]), array("L", [0])
    counted = shift = 0
    for before, run, after in zip(["", *runs], runs, [*runs[1:], ""], strict=False):
        if _FOLDED[run[0]]:
            pieces.append(run)
            counted += len(run)
        elif gap := _between(before[-1:], run, after[:1]):
            pieces.append(gap)
            shift += len(gap)
            starts.append(counted)
            shifts.append(shift)
    return "".join(pieces), starts, shifts


def _between(before: str, gap: str, after: str) -> str:
    """What a reader sees of `gap`: a boundary of cells, a space, or nothing.

    A line or page ends in the middle of a Chinese sentence, where no space belongs; a line of figures or of Latin
    words needs one.
    """
    if not before or not after:
        return ""
    if gap.splitlines() != [gap]:
        return "" if _wide(before) and _wide(after) else " "
    if "\t" in gap:
        return _CELL
    return " " if any(map(str.isspace, gap)) else ""


def _wide(c: str) -> bool:
    # A: dashes and quotation marks, which are wide in a Chinese text.
    return unicodedata.east_asian_width(c) in "WFA"


def passages(graph: Graph) -> dict[str, Passage]:
    """All passages of the graph by IRI, in the order of the text."""
    rows = graph.texts(
        "SELECT ?passage ?zh ?en ?start ?end ?sha WHERE {"
        " ?passage a oa:SpecificResource ; skos:prefLabel ?zh, ?en ; oa:hasSelector ?selector ; ic:sha256 ?sha ."
        " ?selector oa:start ?start ; oa:end ?end ."
        ' FILTER(LANG(?zh) = "zh" && LANG(?en) = "en") } ORDER BY ?start ?end'
    )
    return {
        iri: Passage(iri, zh, en, int(start), int(end), sha)
        for iri, zh, en, start, end, sha in rows
    }


@dataclass(frozen=True)
class Source:
    """A document the graph cites: IRI, labels, code points and SHA-256 of its normalised text."""

    iri: str
    label: str
    label_en: str
    length: int
    sha256: str


def sources(graph: Graph) -> list[Source]:
    """The documents of the graph, by IRI."""
    rows = graph.texts(
        "SELECT ?doc ?zh ?en ?length ?sha WHERE {"
        " ?doc a ic:SourceDocument ; skos:prefLabel ?zh, ?en ; ic:codePoints ?length ; ic:sha256 ?sha ."
        ' FILTER(LANG(?zh) = "zh" && LANG(?en) = "en") } ORDER BY ?doc'
    )
    return [Source(i, zh, en, int(n), sha) for i, zh, en, n, sha in rows]
