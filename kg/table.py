"""Rows out: as a terminal table, CSV, Markdown, JSON or XLSX."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from kg.words import clip, pad, width

FORMATS = ("table", "csv", "json", "xlsx", "md")
# A cell wider than this is cut on the terminal; csv, md, json and xlsx keep everything.
MOST_COLUMNS = 48
# Excel's own limit for one cell; openpyxl cuts there without a word.
XLSX_CELL = 32_767
# What Excel may take for a number without changing a digit: not a code of 18 digits, not 1e5, not 007.
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,10})?")


def render(head: Sequence[str], rows: Sequence[Sequence[str]], style: str) -> str:
    """The rows as text in `style` ("table", "csv", "json" or "md"), ending in a newline."""
    if style == "csv":
        return as_csv(head, rows)
    if style == "md":
        return as_markdown(head, rows)
    if style == "json":
        return as_json([dict(zip(head, row, strict=True)) for row in rows])
    return as_table(head, rows)


def as_json(value: object) -> str:
    """JSON with two blanks of indent, Chinese unescaped, one newline at the end."""
    import json

    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def as_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns padded by display width (磷酸铁锂 takes 8), with a rule under the head."""
    last = len(head) - 1
    cells = [
        # Nothing stands behind the last column: it keeps everything, and a terminal wraps it.
        [one_line(c) if i == last else clip(one_line(c), MOST_COLUMNS) for i, c in enumerate(row)]
        for row in [head, *rows]
    ]
    widths = [max(width(row[i]) for row in cells) for i in range(len(head))]
    lines = [
        "  ".join(pad(c, w) for c, w in zip(row, widths, strict=True)).rstrip() for row in cells
    ]
    return (
        "\n".join([lines[0], "  ".join("─" * min(w, MOST_COLUMNS) for w in widths), *lines[1:]])
        + "\n"
    )


def as_csv(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """RFC 4180 with \\n; a cell that a spreadsheet would run as a formula gets a leading apostrophe."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([[inert(c) for c in row] for row in rows])
    return out.getvalue()


def inert(cell: str) -> str:
    """`cell`, with an apostrophe before what Excel and LibreOffice would take for a formula (OWASP CSV injection)."""
    return (
        "'" + cell
        if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not _NUMBER.fullmatch(cell)
        else cell
    )


def as_markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A pipe table; bars and line breaks in cells are escaped."""

    def line(row: Sequence[str]) -> str:
        safe = (one_line(c).replace("\\", "\\\\").replace("|", "\\|") for c in row)
        return "| " + " | ".join(safe) + " |"

    return "\n".join([line(head), "|" + " --- |" * len(head), *map(line, rows)]) + "\n"


def one_line(text: str) -> str:
    """`text` with line breaks and control characters as blanks (a hostile label must not move the cursor)."""
    return "".join(c if c.isprintable() else " " for c in text)


def as_xlsx(head: Sequence[str], rows: Sequence[Sequence[str]], title: str) -> bytes:
    """A workbook with one sheet: bold frozen head, filter, columns fitted, every cell text or number, no formula."""
    import io

    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "".join(c for c in title if c not in "[]:*?/\\")[:31] or "kg"
    looks: dict[tuple[bool, str], Any] = {}

    def dress(cell: Any, top: bool, form: str = "General") -> None:
        """Gives `cell` its look. Each look is made once: openpyxl takes longer over one than over the cell's text."""
        if (top, form) not in looks:
            cell.alignment = Alignment(vertical="top", wrap_text=not top)
            cell.number_format = form
            if top:
                cell.font = Font(bold=True)
            looks[top, form] = cell._style
        cell._style = looks[top, form]

    for r, row in enumerate([head, *rows], start=1):
        for c, text in enumerate(row, start=1):
            clean = ILLEGAL_CHARACTERS_RE.sub(" ", text)[:XLSX_CELL]
            if not clean:
                continue
            cell = sheet.cell(row=r, column=c)
            if r > 1 and _NUMBER.fullmatch(clean):
                cell.value = float(clean) if "." in clean else int(clean)
                # 2.0 stays 2.0 to the eye.
                decimals = len(clean.partition(".")[2])
                dress(cell, False, "0." + "0" * decimals if decimals else "0")
            else:
                cell.value = clean
                # Set after the value: openpyxl guesses "f" for a leading "=".
                cell.data_type = "s"
                dress(cell, r == 1)
    for c in range(1, len(head) + 1):
        widest = max((width(row[c - 1][:60]) for row in [head, *rows]), default=8)
        sheet.column_dimensions[get_column_letter(c)].width = min(60, widest + 2)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    raw = io.BytesIO()
    book.save(raw)
    return _without_clock(raw.getvalue())


def _without_clock(raw: bytes) -> bytes:
    """The same workbook for the same rows: openpyxl stamps its parts and properties with the time of saving."""
    import io
    import zipfile

    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2022-01-12T00:00:00Z", content
                )
            new.writestr(
                zipfile.ZipInfo(name, (2022, 1, 12, 0, 0, 0)), content, zipfile.ZIP_DEFLATED
            )
    return out.getvalue()
