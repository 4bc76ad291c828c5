from __future__ import annotations

import pytest

from kg.errors import KgError
from kg.graph import LocalGraph
from kg.names import find, fold, resolve, resolve_word


def first(graph: LocalGraph, text: str) -> tuple[str, str]:
    hit = find(graph, text)[0]
    return hit.label, hit.why


@pytest.mark.parametrize(
    ("text", "label", "why"),
    [
        ("铝箔", "铝箔", "exact"),
        ("甲铝业", "甲厂", "alias"),
        ("aluminium FOIL", "铝箔", "english"),
        ("lvbo", "铝箔", "pinyin"),
        ("yf", "银粉", "initials"),
        ("矿石企", "矿石企业", "part"),
        ("甲铝叶", "甲厂", "near"),
    ],
)
def test_a_name_is_found_in_any_form_and_says_how(
    tiny: LocalGraph, text: str, label: str, why: str
) -> None:
    assert first(tiny, text) == (label, why)


def test_width_case_quotes_and_brackets_do_not_matter() -> None:
    assert fold("“3＋3”产业（试行）") == fold("3+3产业(试行)") == "33产业试行"


def test_a_name_that_means_two_things_is_listed_and_nothing_is_guessed(tiny: LocalGraph) -> None:
    # 乙厂 yichang and 银粉 … do not clash, but "lf" is 铝粉 and nothing else; 箔材 and 粉材 share no short form.
    assert resolve(tiny, "lf").endswith("node/aluminium-powder")
    with pytest.raises(KgError, match="Nothing in the graph is called"):
        resolve(tiny, "金")


def test_an_ambiguous_name_lists_its_candidates(tiny: LocalGraph) -> None:
    import pyoxigraph as ox

    from kg.vocab import PREFIXES

    for n in (1, 2):
        thing = ox.NamedNode(PREFIXES["actor"] + f"twin-{n}")
        tiny.store.add(
            ox.Quad(
                thing, ox.NamedNode(PREFIXES["rdf"] + "type"), ox.NamedNode(PREFIXES["ic"] + "Firm")
            )
        )
        tiny.store.add(
            ox.Quad(
                thing,
                ox.NamedNode(PREFIXES["skos"] + "prefLabel"),
                ox.Literal("同名厂", language="zh"),
            )
        )
    with pytest.raises(KgError) as fault:
        resolve(tiny, "同名厂")
    assert "actor:twin-1" in fault.value.what.zh and "actor:twin-2" in fault.value.what.zh


def test_an_unknown_name_suggests_the_nearest(tiny: LocalGraph) -> None:
    with pytest.raises(KgError) as fault:
        resolve(tiny, "铝铂")
    assert "铝箔" in fault.value.next_step.zh and "Aluminium foil" in fault.value.next_step.en


def test_an_iri_or_a_key_is_taken_as_it_is(tiny: LocalGraph) -> None:
    assert resolve(tiny, "node:foil") == resolve(tiny, "铝箔")


def test_nothing_but_punctuation_finds_nothing(tiny: LocalGraph) -> None:
    assert find(tiny, " （）“”") == []


def test_a_word_of_the_model_never_shadows_a_thing(tiny: LocalGraph) -> None:
    # 规划 is a status, 材料 a kind; the city has no thing of that name.
    with pytest.raises(KgError, match="Nothing in the graph"):
        resolve(tiny, "规划")


def test_a_word_of_the_model_is_taken_by_its_label_or_key(tiny: LocalGraph) -> None:
    for text in ("中试", "pilot", "kind:pilot", "pilot production"):
        assert resolve_word(tiny, text, "kind").endswith("kind/pilot")
    with pytest.raises(KgError) as fault:
        resolve_word(tiny, "中式", "kind")
    assert "中试" in fault.value.next_step.zh


def test_what_is_no_iri_is_refused_and_never_pasted(tiny: LocalGraph) -> None:
    for text in ("node:a b", "<A> <B>", "http://a b"):
        with pytest.raises(KgError, match=r"not a valid key|Nothing"):
            resolve(tiny, text)
