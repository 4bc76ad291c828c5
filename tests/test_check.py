from __future__ import annotations

from pathlib import Path

import pytest
from conftest import TINY_TEXT

from kg.check import check
from kg.check.enumerations import covered, items
from kg.citation import Document
from kg.facts import Facts
from kg.graph import data_files


def rules(paths: list[Path], text: str | None = TINY_TEXT) -> list[tuple[str, str]]:
    report = check(paths, Document(text) if text else None)
    return [(f.level, f.rule) for f in report.findings]


def edit(paths: list[Path], name: str, old: str, new: str) -> None:
    path = next(p for p in paths if p.name == name)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_sound_graph_has_no_findings_but_the_plans_own_disagreement(
    tiny_files: list[Path],
) -> None:
    report = check(tiny_files, Document(TINY_TEXT))
    assert [(f.level, f.rule, f.place) for f in report.findings] == [
        ("note", "disagreement", "ind:output")
    ]
    assert "47亿元（第1句）；46.7亿元（第3句）" in report.findings[0].what.zh
    assert not report.failed and report.paragraphs == (1, 1)
    assert report.standing and (report.standing.exact, report.standing.lost) == (3, 0)
    assert report.items and (report.items.found, report.items.total) == (4, 4)


def test_without_the_document_citations_are_not_checked_and_that_is_said(
    tiny_files: list[Path],
) -> None:
    report = check(tiny_files, None)
    assert report.standing is None and report.items is None


FAULTS = [
    # file, old, new, (level, rule) that must appear
    ("tiny.ttl", "    ic:makes node:foil ;\n", "", ("error", "structure")),
    (
        "tiny.ttl",
        '    skos:altLabel "甲铝业"@zh ;\n',
        "    ic:leads node:foil ;\n",
        ("error", "structure"),
    ),
    (
        "tiny.ttl",
        "skos:broader node:metals .\n\nnode:powders",
        "skos:broader node:foils .\n\nnode:powders",
        ("error", "structure"),
    ),
    ("tiny.ttl", '"丙厂"@zh', '"乙厂"@zh', ("warning", "structure")),
    ("tiny.ttl", ' , "Mill A"@en', "", ("error", "shapes")),
    (
        "tiny.ttl",
        "ic:status status:existing ; ic:level level:product ; ic:role",
        "ic:level level:product ; ic:role",
        ("error", "shapes"),
    ),
    ("tiny.ttl", " ; dcterms:source src:p1-s1 ]", " ]", ("error", "shapes")),
    ("tiny.ttl", '; ic:wording "引进"@zh ; dcterms', "; dcterms", ("error", "shapes")),
    (
        "tiny.ttl",
        "rdf:object node:foil ; ic:status status:existing ; ic:level level:product ; ic:role",
        "rdf:object node:nothing ; ic:status status:existing ; ic:level level:product ; ic:role",
        ("error", "shapes"),
    ),
    (
        "tiny.ttl",
        "    skos:broader node:powders ;\n    ic:stage stage:midstream .\n\nnode:silver",
        "    ic:stage stage:midstream .\n\nnode:silver",
        ("error", "shapes"),
    ),
    ("tiny.ttl", "sdmx-measure:obsValue 47.0", 'sdmx-measure:obsValue "much"', ("error", "shapes")),
    ("tiny.ttl", '"银粉"@zh', '"金粉"@zh', ("warning", "item")),
    (
        "tiny.ttl",
        "ic:role role:chain-leader ; dcterms:source src:p1-s1",
        "ic:role role:chain-leader ; dcterms:source src:p1-s3",
        ("error", "label"),
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "expected"), FAULTS)
def test_each_fault_is_found(
    tiny_files: list[Path], name: str, old: str, new: str, expected: tuple[str, str]
) -> None:
    edit(tiny_files, name, old, new)
    assert expected in rules(tiny_files)


def test_a_sentence_that_nothing_cites_is_found_unless_it_is_excused(
    tiny_files: list[Path],
) -> None:
    longer = TINY_TEXT + "前程似锦。"
    from conftest import passages_of

    sources = next(p for p in tiny_files if p.name == "sources.ttl")
    sources.write_text(passages_of(longer), "utf-8")
    assert ("warning", "paragraphs") in rules(tiny_files, longer)
    sources.write_text(
        passages_of(longer) + 'src:p1-s4 ic:statesNothing "a wish for luck"@en .\n', "utf-8"
    )
    assert ("warning", "paragraphs") not in rules(tiny_files, longer)


def test_a_changed_document_moves_or_loses_its_passages(tiny_files: list[Path]) -> None:
    moved = check(tiny_files, Document("新增。" + TINY_TEXT))
    assert moved.standing and moved.standing.lost == 0 and moved.standing.moved == 3
    edited = check(tiny_files, Document(TINY_TEXT.replace("引进矿石", "引入矿石")))
    assert edited.standing and edited.standing.lost == 1 and edited.failed


def test_how_an_enumeration_is_taken_apart() -> None:
    assert items("以乙厂、丙厂为依托,发展铝粉、银粉。") == [
        ("first", "以乙厂"),
        ("last", "丙厂为依托"),
        ("first", "发展铝粉"),
        ("last", "银粉"),
    ]
    names = {"乙厂", "丙厂", "铝粉", "银粉"}
    assert covered("first", "以乙厂", names) and covered("last", "丙厂为依托", names)
    assert covered("middle", "铝粉和银粉", names) and covered("middle", "“铝粉”", names)
    assert not covered("middle", "发展铝粉", names) and not covered("middle", "金粉", names)


def test_the_whole_plan_is_accounted_for(plan: Document) -> None:
    report = check(data_files(), plan)
    assert [f for f in report.findings if f.level != "note"] == []
    assert report.paragraphs[0] == report.paragraphs[1] == 199
    assert report.standing and report.items
    assert (report.standing.exact, report.standing.moved, report.standing.lost) == (712, 0, 0)
    assert report.items.share >= 0.99
    disagreements = {f.place for f in report.findings if f.rule == "disagreement"}
    assert "ind:value-added-of-high-tech-manufacturing" in disagreements


def test_the_data_carries_no_sentence_of_the_plan(plan: Document, facts: Facts) -> None:
    from kg.citation import normalise

    length = 40
    titles = {
        normalise(name)
        for t in facts.things.values()
        if t.kind == "Policy"
        for name in (t.zh, *t.alts, *t.hidden)
        if len(name) > 30
    }
    grams = {plan.text[i : i + length] for i in range(len(plan.text) - length + 1)}
    root = data_files()[0].parent.parent
    for path in [
        *root.glob("data/*.ttl"),
        *root.glob("queries/*"),
        *root.glob("docs/**/*.md"),
        *root.glob("viz/*.toml"),
    ]:
        text = normalise(path.read_text("utf-8"))
        # The title of a document is its name, however long.
        for title in titles:
            text = text.replace(title, "")
        found = [
            text[i : i + length]
            for i in range(len(text) - length + 1)
            if text[i : i + length] in grams
        ]
        assert not found, f"{path.name}: {found[0][:20]}…"


def test_pyshacl_sees_the_same_violations() -> None:
    """The oracle: the old library on a graph with one fault of each kind."""
    import pyshacl
    import rdflib
    from conftest import ROOT, TINY

    from kg.shapes import violations

    def counts(text: str, folder: Path) -> tuple[int, int]:
        path = folder / "faulty.ttl"
        path.write_text(text, "utf-8")
        vocab, shapes = ROOT / "data" / "vocab.ttl", ROOT / "data" / "shapes.ttl"
        data = rdflib.Graph().parse(path).parse(vocab)
        _, report, message = pyshacl.validate(
            data, shacl_graph=rdflib.Graph().parse(shapes), inplace=True
        )
        assert "Validation Report" in message
        sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
        theirs = len(set(report.subjects(rdflib.RDF.type, sh.ValidationResult)))
        return len(violations([path, vocab], shapes)), theirs

    import tempfile

    with tempfile.TemporaryDirectory() as name:
        sound = TINY.read_text("utf-8")
        for _, old, new, (_, rule) in FAULTS:
            if rule == "shapes":
                ours, theirs = counts(sound.replace(old, new, 1), Path(name))
                assert ours == theirs > 0
