import io

from kg.table import as_csv, as_markdown, as_table, as_xlsx, inert


def cells(rows: list[list[str]]) -> list[list[object]]:
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(as_xlsx(["a"], rows, "t"))).worksheets[0]
    return [[c.value for c in row] for row in sheet.iter_rows(min_row=2)]


def test_numbers_are_numbers_and_codes_stay_codes() -> None:
    told = [
        "0.5",
        "46.70",
        "616",
        "nan",
        "inf",
        "1e5",
        "1_000",
        "007",
        "441234567890123456",
        "=1+1",
        "-2",
    ]
    assert [row[0] for row in cells([[t] for t in told])] == [
        0.5,
        46.7,
        616,
        "nan",
        "inf",
        "1e5",
        "1_000",
        "007",
        "441234567890123456",
        "=1+1",
        -2,
    ]


def test_the_same_rows_give_the_same_workbook() -> None:
    import time

    first = as_xlsx(["a"], [["1"]], "t")
    time.sleep(2.1)
    assert as_xlsx(["a"], [["1"]], "t") == first


def test_a_cell_never_runs_as_a_formula() -> None:
    assert [inert(c) for c in ("=1+1", "+x", "@a", "-2", "-2+3", "铝箔")] == [
        "'=1+1",
        "'+x",
        "'@a",
        "-2",
        "'-2+3",
        "铝箔",
    ]
    assert as_csv(["h"], [["=1"]]) == "h\n'=1\n"


def test_columns_stand_under_each_other_by_display_width() -> None:
    assert as_table(["名", "n"], [["磷酸铁锂", "1"], ["foil", "22"]]) == (
        "名        n\n────────  ──\n磷酸铁锂  1\nfoil      22\n"
    )


def test_a_bar_or_a_line_break_cannot_break_a_markdown_table() -> None:
    assert as_markdown(["h"], [["a|b\nc"]]) == "| h |\n| --- |\n| a\\|b c |\n"
