from kg.words import clip, pad, width


def test_a_chinese_character_takes_two_columns_and_a_combining_mark_none() -> None:
    assert [width(t) for t in ("磷酸铁锂正极", "foil", "é", "e\u0301")] == [12, 4, 1, 1]


def test_a_clipped_text_never_exceeds_its_columns() -> None:
    assert clip("铝箔产业", 8) == "铝箔产业"
    assert clip("铝箔产业", 7) == "铝箔产…"
    assert clip("铝箔产业", 6) == "铝箔…"


def test_padding_counts_columns_not_characters() -> None:
    assert pad("铝箔", 6) == "铝箔  "
