from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.citation import Anchor, Document, Passage, digest, normalise, read_document
from kg.errors import KgError
from kg.facts import Facts

TEXT = "甲厂做强铝箔,乙厂依托。引进矿石企业。"


def passage(start: int, end: int) -> Passage:
    return Passage("p", "第1句", "s1", start, end, digest(TEXT[start:end]))


def test_white_space_width_and_byte_order_marks_do_not_count() -> None:
    assert normalise("\ufeff 甲厂　做强\r\n铝箔，乙厂\u200b依托。") == "甲厂做强铝箔,乙厂依托。"


def test_a_character_whose_compatibility_form_is_longer_keeps_its_place() -> None:
    # ㎏ would become two characters and move every offset behind it.
    assert normalise("㎏（a）") == "㎏(a)"


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_a_passage_is_found_at_its_place_in_another_layout() -> None:
    assert Document("甲厂做强 铝箔，\r\n乙厂依托。引进矿石企业。").anchor(
        passage(12, 19)
    ) == Anchor("exact", 12, 19)


def test_a_passage_behind_an_insertion_is_moved_and_one_with_an_edit_inside_is_lost() -> None:
    longer = Document("新增一句。" + TEXT)
    assert longer.anchor(passage(12, 19)) == Anchor("moved", 17, 24)
    assert longer.anchor(passage(0, 12)) == Anchor("moved", 5, 17)
    assert Document(TEXT.replace("矿石", "矿物")).anchor(passage(12, 19)) == Anchor("lost", 0, 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_document_is_read_in_the_encodings_that_offices_use(
    tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert read_document(path).text == TEXT


def test_a_missing_document_is_named_with_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(KgError) as fault:
        read_document(tmp_path / "none.txt")
    assert "none.txt" in fault.value.text("zh") and ".txt" in fault.value.next_step.en


def test_the_plan_normalises_to_the_digest_that_the_design_fixes(plan: Document) -> None:
    assert len(plan.text) == 39_694
    assert plan.sha256 == "1b48f101efd980cb318548a3993a966dd3f46399f7f173799167dd17956fb0a4"


def test_a_passage_is_quoted_as_it_is_printed() -> None:
    document = Document("甲厂做强铝箔，乙厂\n\n依托。 引进矿石企业。\r\n")
    assert document.quote(passage(0, 12)) == "甲厂做强铝箔，乙厂依托。"
    assert document.quote(passage(12, 19)) == "引进矿石企业。"
    assert Document("别的文件。").quote(passage(12, 19)) == ""


def test_a_space_stays_and_a_line_end_is_one_only_between_figures_and_words() -> None:
    printed = Document("截至 2020 年底\n共引\u200b进 9 个\n3D 打印\nR&D\n2025").printed
    assert printed(0, 24) == "截至 2020 年底共引进 9 个 3D 打印 R&D 2025"


def test_the_cells_of_a_table_row_stand_apart() -> None:
    row = "1\t研发投入(%)\t1.45\t2.0\n2\t企业\t308\t616\n"
    first = Passage("r", "第1行", "row 1", 0, 15, digest(normalise(row)[:15]))
    assert Document(row).quote(first) == "1 | 研发投入(%) | 1.45 | 2.0"


@given(st.text(), st.integers(0, 30), st.integers(0, 30))
def test_what_is_printed_is_the_text_with_nothing_but_space_put_in(
    text: str, a: int, b: int
) -> None:
    document = Document(text)
    cut, end = sorted((min(a, len(document.text)), min(b, len(document.text))))
    assert document.printed(0, cut) + document.printed(cut, end) == document.printed(0, end)
    bare = text.translate(dict.fromkeys(map(ord, "\t|")))
    if bare == text:
        assert normalise(document.printed(cut, end)) == document.text[cut:end]


def test_every_passage_of_the_plan_is_quoted_whole(plan: Document, facts: Facts) -> None:
    table = {i for i in facts.passages if "-table-" in i}
    for iri, one in facts.passages.items():
        quote = plan.quote(one).replace(" | ", "") if iri in table else plan.quote(one)
        assert normalise(quote) == plan.passage_text(one) != ""
