"""Rows out: as a terminal table, CSV, Markdown, JSON or XLSX."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
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


def as_xlsx(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    title: str,
    about: Sequence[tuple[str, str]] = (),
    widths: Sequence[float] = (),
) -> bytes:
    """A workbook: bold frozen head, filter, columns fitted, every cell text or number, no formula; prints on A4 across.

    With `about` (a sheet title and nothing, then labels and texts) a first sheet tells what the rows are; `widths` of
    columns in characters replace the fitted ones.
    """
    import io

    from openpyxl import Workbook
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _sheet_title(title)
    forms: dict[str, int] = {}
    # openpyxl takes ten times longer over the cells than their text does: it writes the head and one cell of each
    # look, and the rows are put in where these stand.
    body = [[_cell(text, forms) for text in row] for row in rows]
    for c, text in enumerate(head, start=1):
        cell = sheet.cell(row=1, column=c)
        _put(cell, _clean(text))
        _dress(cell, wrap=bool(widths))
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E2EEF6")
    for form, n in forms.items():
        cell = sheet.cell(row=2 + n, column=1, value=0)
        _dress(cell, wrap=True)
        cell.number_format = form
    for c in range(1, len(head) + 1):
        if c <= len(widths):
            wide = widths[c - 1]
        else:
            wide = min(60, 2 + max((width(row[c - 1][:60]) for row in [head, *rows]), default=6))
        sheet.column_dimensions[get_column_letter(c)].width = wide
    last = f"{get_column_letter(len(head))}{len(rows) + 1}" if head else "A1"
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{last}"
    sheet.print_title_rows = "1:1"
    _paper(sheet, tall=False)
    if about:
        _about(book, about)
    raw = io.BytesIO()
    book.save(raw)
    part = f"xl/worksheets/sheet{book.worksheets.index(sheet) + 1}.xml"
    return _finished(raw.getvalue(), part, body, last)


def _sheet_title(title: str) -> str:
    return "".join(c for c in title if c not in "[]:*?/\\")[:31] or "kg"


def _clean(text: str) -> str:
    """`text` without what no workbook may hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return str(ILLEGAL_CHARACTERS_RE.sub(" ", text))[:XLSX_CELL]


def _put(cell: Any, text: str) -> None:
    cell.value = text
    # Set after the value: openpyxl guesses "f" for a leading "=".
    cell.data_type = "s"


def _dress(cell: Any, wrap: bool) -> None:
    from openpyxl.styles import Alignment

    cell.alignment = Alignment(vertical="top", wrap_text=wrap)


def _paper(sheet: Any, tall: bool) -> None:
    """`sheet` prints on A4, as wide as the paper, with page numbers."""
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "portrait" if tall else "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for side in ("left", "right", "top", "bottom"):
        setattr(sheet.page_margins, side, 0.4)
    sheet.oddFooter.right.text = "&P / &N"


def _about(book: Any, about: Sequence[tuple[str, str]]) -> None:
    """A first sheet with labels and texts under the title that stands in the first pair."""
    from openpyxl.styles import Font

    sheet = book.create_sheet(_sheet_title(about[0][0]), 0)
    for r, pair in enumerate(about, start=1):
        for c, text in enumerate(pair, start=1):
            if text:
                cell = sheet.cell(row=r, column=c)
                _put(cell, _clean(text))
                _dress(cell, wrap=r > 1)
                if c == 1:
                    cell.font = Font(bold=True, size=16 if r == 1 else 11)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 22, 96
    sheet.sheet_view.showGridLines = False
    _paper(sheet, tall=True)
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False


# A look and the inside of a cell.
_Cell = tuple[int, str]


def _cell(text: str, forms: dict[str, int]) -> _Cell | None:
    """A cell as its look (an entry in `forms`) and its XML; None where it is empty."""
    clean = _clean(text)
    if not clean:
        return None
    if not _NUMBER.fullmatch(clean):
        inside = escape(clean, quote=False)
        return forms.setdefault(
            "General", len(forms)
        ), f' t="inlineStr"><is><t xml:space="preserve">{inside}</t></is></c>'
    # 2.0 stays 2.0 to the eye.
    decimals = len(clean.partition(".")[2])
    form = "0." + "0" * decimals if decimals else "0"
    return forms.setdefault(form, len(forms)), f"><v>{clean}</v></c>"


def _finished(raw: bytes, part: str, body: Sequence[Sequence[_Cell | None]], last: str) -> bytes:
    """The workbook `raw` with the rows of `body` in its sheet `part`, and with no time of saving in it."""
    from openpyxl.utils import get_column_letter

    def fill(xml: bytes) -> bytes:
        top, _, rest = xml.partition(b"</row>")
        looks = [n.decode() for n in re.findall(rb'<c r="A\d+" s="(\d+)"', rest)]
        letters = [get_column_letter(c) for c in range(1, max(map(len, body), default=0) + 1)]
        lines = []
        for r, row in enumerate(body, start=2):
            cells = "".join(
                f'<c r="{letter}{r}" s="{looks[cell[0]]}"{cell[1]}'
                for letter, cell in zip(letters, row, strict=False)
                if cell
            )
            lines.append(f'<row r="{r}">{cells}</row>')
        end = rest[rest.index(b"</sheetData>") :] if body else rest
        top = re.sub(rb'<dimension ref="[^"]*"', f'<dimension ref="A1:{last}"'.encode(), top)
        return top + b"</row>" + "".join(lines).encode() + end

    return _without_clock(raw, {part: fill})


def _without_clock(raw: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """The workbook with some parts changed, the same for the same rows: openpyxl stamps it with the time of saving."""
    import io
    import zipfile

    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name in changes:
                content = changes[name](content)
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2022-01-12T00:00:00Z", content
                )
            new.writestr(
                zipfile.ZipInfo(name, (2022, 1, 12, 0, 0, 0)), content, zipfile.ZIP_DEFLATED
            )
    return out.getvalue()
