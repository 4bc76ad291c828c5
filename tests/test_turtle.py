from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.turtle import tidy

ROOT = Path(__file__).resolve().parent.parent
HEAD = "@prefix ic: <https://w3id.org/cn-industry-chain/vocab#> .\n@prefix node: <https://w3id.org/cn-industry-chain/node/> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"


def triples(text: str) -> set[str]:
    dataset = ox.Dataset(ox.parse(text, format=ox.RdfFormat.TURTLE))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(q.triple) for q in dataset}


def test_a_thing_is_written_type_first_chinese_first_and_one_claim_a_line() -> None:
    untidy = (
        HEAD
        + 'node:b skos:prefLabel "foil"@en, "箔"@zh ; ic:claim [ ic:status ic:y ; ic:list (1 2.50) ], [ ic:status ic:x ] ; a ic:Product .'
    )
    assert tidy(untidy) == (
        HEAD
        + """
node:b a ic:Product ;
    skos:prefLabel "箔"@zh , "foil"@en ;
    ic:claim
        [ ic:status ic:y ; ic:list ( 1 2.50 ) ] ,
        [ ic:status ic:x ] .
"""
    )


def test_order_and_comments_are_the_persons_and_stay() -> None:
    text = (
        HEAD
        + """
# first of all
node:z a ic:Product .

# about a
node:a a ic:Product . # behind a
node:m ic:note "a # in a string" .
# at the end
"""
    )
    once = tidy(text)
    for comment in ("# first of all", "# about a", "# behind a", "# at the end"):
        assert comment in once
    assert once.index("node:z") < once.index("node:a") < once.index("node:m")
    assert tidy(once) == once and triples(once) == triples(text)


def test_a_blank_node_used_twice_keeps_a_name() -> None:
    text = HEAD + "node:a ic:x _:k . node:b ic:x _:k . _:k ic:y true ."
    assert triples(tidy(text)) == triples(text)
    assert "_:b1 ic:y true" in tidy(text)


def test_a_ring_of_nameless_nodes_is_not_lost() -> None:
    text = HEAD + "_:a ic:x _:b . _:b ic:x _:a . _:c ic:y _:c . node:a ic:x node:b ."
    assert triples(tidy(text)) == triples(text)


def test_a_comment_above_a_nameless_node_is_kept() -> None:
    assert "# who is this" in tidy(HEAD + "# who is this\n[] ic:x node:a .\nnode:a ic:y true .")


@given(st.text(st.characters(blacklist_categories=("Cs",))))
def test_any_string_survives(text: str) -> None:
    store = str(ox.Literal(text, language="zh"))
    source = HEAD + f"node:a skos:note {store} ."
    assert triples(tidy(source)) == triples(source)


def test_a_broken_file_is_named_with_line_and_column() -> None:
    with pytest.raises(KgError) as fault:
        tidy(HEAD + "node:a a ic:Product ;;; oops", "x.ttl")
    assert "x.ttl:4:" in fault.value.what.en


@pytest.mark.parametrize("path", sorted((ROOT / "data").glob("*.ttl")), ids=lambda p: p.name)
def test_every_data_file_is_in_its_one_layout(path: Path) -> None:
    text = path.read_text("utf-8")
    assert tidy(text, path.name) == text
