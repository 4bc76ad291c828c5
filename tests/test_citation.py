from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.citation import Anchor, Document, Passage, digest, normalise, read_document
from kg.errors import KgError

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
