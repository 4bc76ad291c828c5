from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.graph import data_files
from kg.shapes import violations
from kg.statements import (
    CITY,
    Statement,
    Verdict,
    make_statement,
    read_statements,
    retract,
    turtle_of,
    write_statement,
)
from kg.turtle import tidy

NODE = "https://w3id.org/cn-industry-chain/node/"
FOIL = NODE + "aluminium-foil"
PARK = "https://w3id.org/cn-industry-chain/actor/nanxiong-high-tech-zone"
FIRST, LAST = date(2026, 11, 24), date(2027, 11, 24)


def statement(
    scope: str = FOIL,
    verdict: Verdict = "absent",
    method: str = "名录",
    by: str = "张三",
    checked_on: date = FIRST,
    valid_until: date = LAST,
    region: str = CITY,
    firm: str = "",
    note: str = "",
) -> Statement:
    return make_statement(scope, verdict, method, by, checked_on, valid_until, region, firm, note)


ABSENT = statement(note="三家同名，均已注销")
PRESENT = statement(verdict="present", method="企业走访", firm="某某铝业有限公司")

TEXT = """\
@prefix ic: <https://w3id.org/cn-industry-chain/vocab#> .
@prefix node: <https://w3id.org/cn-industry-chain/node/> .
@prefix actor: <https://w3id.org/cn-industry-chain/actor/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix schema: <https://schema.org/> .

<https://w3id.org/cn-industry-chain/statement/ID> a ic:CompletenessStatement ;
    dcterms:date "2026-11-24"^^xsd:date ;
    prov:wasAttributedTo [ a prov:Agent ; schema:name "张三" ] ;
    schema:validThrough "2027-11-24"^^xsd:date ;
    ic:method "名录" ;
    ic:region actor:shaoguan ;
    ic:scope node:aluminium-foil ;
    ic:verdict ic:absent ;
    skos:note "三家同名，均已注销" .
"""


def whats(workspace: Path) -> list[tuple[str, str, str]]:
    return [(f.level, Path(f.place).name, f.what.en) for f in read_statements(workspace)[1]]


def test_a_statement_is_one_small_file_that_a_person_can_read(tmp_path: Path) -> None:
    path = write_statement(tmp_path, ABSENT)
    assert path == (
        tmp_path / "statements" / f"2026-11-24-aluminium-foil-absent-{ABSENT.id[:8]}.ttl"
    )
    assert path.read_text("utf-8") == TEXT.replace("ID", ABSENT.id)


def test_what_is_written_is_read_back_with_its_place_by_node_and_date(tmp_path: Path) -> None:
    later = statement(NODE + "inks", checked_on=date(2026, 12, 1))
    earlier = statement(NODE + "inks", checked_on=date(2026, 10, 1))
    paths = {s: write_statement(tmp_path, s) for s in (later, PRESENT, earlier)}
    assert read_statements(tmp_path) == (
        [replace(s, path=str(paths[s])) for s in (PRESENT, earlier, later)],
        [],
    )


def test_the_firm_found_is_a_name_or_a_thing_of_the_graph(tmp_path: Path) -> None:
    firm = "https://w3id.org/cn-industry-chain/actor/hec-group"
    write_statement(tmp_path, statement(verdict="present", firm=firm))
    write_statement(tmp_path, statement(verdict="present", firm="actor:hec-group 是名字"))
    assert {s.firm for s in read_statements(tmp_path)[0]} == {firm, "actor:hec-group 是名字"}
    raw = [p.read_text("utf-8") for p in (tmp_path / "statements").iterdir()]
    assert sum("ic:found actor:hec-group ;" in text for text in raw) == 1


def test_it_counts_from_the_day_of_the_check_to_its_last_day() -> None:
    days = [date(2026, 11, 23), FIRST, LAST, date(2027, 11, 25)]
    assert [ABSENT.state(d) for d in days] == ["future", "valid", "valid", "expired"]
    assert [ABSENT.valid(d) for d in days] == [False, True, True, False]


def test_an_absence_in_a_park_never_counts_for_the_city_and_a_firm_in_a_park_does() -> None:
    assert statement(region=PARK).state(FIRST) == "partial"
    assert not statement(region=PARK).valid(FIRST)
    assert statement(region=PARK).state(date(2028, 1, 1)) == "expired"
    assert statement(verdict="present", firm="某厂", region=PARK).valid(FIRST)


def test_the_id_changes_with_what_was_checked_and_not_with_a_note_or_the_last_day() -> None:
    others = [
        statement(NODE + "inks"),
        PRESENT,
        statement(checked_on=date(2026, 11, 25)),
        statement(by="李四"),
        statement(method="园区"),
        statement(region=PARK),
        statement(verdict="present", method="企业走访", firm="另一家"),
        statement(by="张三\n名录", method=""),
    ]
    ids = {s.id for s in (ABSENT, *others)}
    assert len(ids) == 9 and all(len(i) == 16 and set(i) <= set("0123456789abcdef") for i in ids)
    assert statement(note="x", valid_until=date(2030, 1, 1)).id == ABSENT.id


HOSTILE = [
    'a"b',
    '"""',
    "'''",
    "\\",
    '\\"',
    "\\u0041",
    "two\nlines",
    "cr\r\nlf",
    "tab\t",
    " blank ",
    "<script>alert(1)</script>",
    '" ; ic:verdict ic:present . #',
    "@prefix ic: <x> .",
    "=1+1",
    "\u2028\u202e\ufeff",
    "👪\U000e0041",
    "e\u0301é",
    "名录" * 5_000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_exactly(tmp_path: Path, text: str) -> None:
    given_ = statement(verdict="present", method=text, by=text, firm=text, note=text)
    path = write_statement(tmp_path, given_)
    assert read_statements(tmp_path) == ([replace(given_, path=str(path))], [])
    # No second triple was smuggled in, and the layout is the one of kg tidy.
    assert len(list(ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE))) == 12
    assert tidy(path.read_text("utf-8")) == path.read_text("utf-8")


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x0b", "\x1b[31m", "\x7f", "\x85", "\udce4"])
@pytest.mark.parametrize("field", ["method", "by", "firm", "note"])
def test_a_control_character_is_refused_by_name_and_nothing_is_written(
    tmp_path: Path, field: str, sign: str
) -> None:
    words = {"verdict": "present", "firm": "某厂", field: f"a{sign}b"}
    with pytest.raises(KgError, match=rf"Not recorded: .* U\+{ord(sign[0]):04X}"):
        write_statement(tmp_path, statement(**words))  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


_texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\r\t"), min_size=1
).filter(str.strip)


@given(
    method=_texts, by=_texts, firm=_texts.filter(lambda t: not t.startswith("http")), note=_texts
)
def test_any_text_comes_back_exactly(method: str, by: str, firm: str, note: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        said = statement(verdict="present", method=method, by=by, firm=firm, note=note)
        path = write_statement(Path(name), said)
        assert read_statements(Path(name)) == ([replace(said, path=str(path))], [])


def test_the_same_statement_gives_the_same_bytes() -> None:
    assert turtle_of(ABSENT) == turtle_of(statement(note="三家同名，均已注销"))
    assert tidy(turtle_of(PRESENT)) == turtle_of(PRESENT)


def test_the_same_statement_is_not_recorded_twice(tmp_path: Path) -> None:
    path = write_statement(tmp_path, ABSENT)
    before = path.read_bytes()
    path = path.rename(path.with_name("renamed.ttl"))
    with pytest.raises(KgError) as fault:
        write_statement(tmp_path, statement(note="another note"))
    assert fault.value.text("en") == (
        f"This statement is already there: {path}. "
        f"To change it, first: kg confirm --retract {ABSENT.id[:8]}"
    )
    assert path.read_bytes() == before and len(list(path.parent.iterdir())) == 1


WRONG: list[tuple[Statement, str]] = [
    (statement(by=" "), "the person who checked is missing"),
    (statement(method="\n"), "the method is missing"),
    (
        statement(valid_until=date(2026, 11, 23)),
        "it ends on 2026-11-23, before the check on 2026-11-24",
    ),
    (statement(verdict="present"), "a present verdict names the firm"),
    (statement(firm="某厂"), "an absent verdict names no firm"),
    (statement("foil"), "the node is not a valid IRI"),
    (statement("https://x/> . <a:b> <a:c> <a:d"), "the node is not a valid IRI"),
    (statement(region=""), "the region is not a valid IRI"),
    (statement(verdict="present", firm="https://a b"), "the firm is not a valid IRI"),
]


@pytest.mark.parametrize(("wrong", "what"), WRONG, ids=[w for _, w in WRONG])
def test_what_is_no_statement_is_refused_and_nothing_is_written(
    tmp_path: Path, wrong: Statement, what: str
) -> None:
    with pytest.raises(KgError) as fault:
        write_statement(tmp_path, wrong)
    assert fault.value.what.en == f"Not recorded: {what}."
    assert list(tmp_path.iterdir()) == []


def test_an_id_of_ones_own_making_is_a_programmers_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="make_statement"):
        write_statement(tmp_path, replace(ABSENT, id="0" * 16))


BROKEN = [
    # old, new, what is said (English)
    ("ic:scope node:aluminium-foil ;", "ic:scope node:aluminium-foil", "cannot be read: "),
    ("    ic:scope node:aluminium-foil ;\n", "", "it needs exactly one ic:scope"),
    ("node:aluminium-foil", "node:aluminium-foil , node:ore", "it needs exactly one ic:scope"),
    ("node:aluminium-foil", '"铝箔"', "ic:scope is to be an IRI"),
    ("ic:absent", "ic:domain", "the verdict is ic:absent or ic:present"),
    ("ic:absent", "ic:present", "a present verdict names the firm"),
    ('"2026-11-24"', '"2026-11-31"', "dcterms:date is no date (year-month-day)"),
    ('"2026-11-24"', '"24.11.2026"', "dcterms:date is no date (year-month-day)"),
    ('"2026-11-24"^^xsd:date', '"2026-11-24"', "dcterms:date is no date (year-month-day)"),
    (
        '"2027-11-24"',
        '"2026-01-01"',
        "it ends on 2026-01-01, before the check on 2026-11-24",
    ),
    ('"名录"', "node:x", "ic:method is to be a text"),
    ('"名录"', '" "', "the method is missing"),
    ('"名录"', '"\\u0007"', "the method holds the control character U+0007"),
    (' ; schema:name "张三"', "", "it needs exactly one schema:name"),
    ("statement/ID", "statement/1", "the statement has no valid id"),
    ("a ic:CompletenessStatement", "a prov:Entity", "the file holds no statement"),
]


@pytest.mark.parametrize(("old", "new", "what"), BROKEN, ids=[b[2] for b in BROKEN])
def test_a_broken_file_is_kept_aside_and_the_rest_is_read(
    tmp_path: Path, old: str, new: str, what: str
) -> None:
    good = write_statement(tmp_path, PRESENT)
    assert old in TEXT
    bad = tmp_path / "statements" / "bad.ttl"
    bad.write_text(TEXT.replace(old, new, 1).replace("ID", ABSENT.id), "utf-8")
    statements, findings = read_statements(tmp_path)
    assert statements == [replace(PRESENT, path=str(good))]
    (seen,) = findings
    assert (seen.rule, seen.place) == ("statements", str(bad))
    assert seen.what.en.startswith(what) and seen.what.zh and seen.next_step.zh
    assert seen.level == ("warning" if "no statement" in what else "error")


def test_what_is_no_text_at_all_is_kept_aside(tmp_path: Path) -> None:
    folder = tmp_path / "statements"
    folder.mkdir()
    (folder / "a.ttl").write_bytes(b"\xff\xfe\x00")
    (folder / "b.ttl").mkdir()
    (folder / "c.ttl").write_bytes(b"")
    (folder / "notes.txt").write_text("not looked at", "utf-8")
    (folder / ".x.part").write_text("torn", "utf-8")
    assert [(level, name, what.split(":")[0]) for level, name, what in whats(tmp_path)] == [
        ("error", "a.ttl", "cannot be read"),
        ("error", "b.ttl", "cannot be read"),
        ("warning", "c.ttl", "the file holds no statement"),
    ]


def test_a_workspace_without_statements_has_none_and_a_broken_one_says_so(tmp_path: Path) -> None:
    assert read_statements(tmp_path / "nowhere") == ([], [])
    (tmp_path / "statements").write_text("a file where a folder should be", "utf-8")
    assert whats(tmp_path) == [("error", "statements", "cannot be read: Not a directory")]
    with pytest.raises(KgError, match="Cannot write"):
        write_statement(tmp_path, ABSENT)


def test_an_editor_may_leave_a_mark_and_other_line_ends(tmp_path: Path) -> None:
    path = write_statement(tmp_path, ABSENT)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_statements(tmp_path) == ([replace(ABSENT, path=str(path))], [])


def test_a_change_by_hand_is_taken_and_told(tmp_path: Path) -> None:
    path = write_statement(tmp_path, ABSENT)
    path.write_text(path.read_text("utf-8").replace("张三", "张珊"), "utf-8")
    assert [(s.id, s.by) for s in read_statements(tmp_path)[0]] == [(ABSENT.id, "张珊")]
    assert whats(tmp_path) == [
        ("warning", path.name, "changed by hand since it was recorded; taken as it stands")
    ]


def test_a_copy_of_a_file_counts_once_and_is_told(tmp_path: Path) -> None:
    path = write_statement(tmp_path, ABSENT)
    copy = path.with_name("z.ttl")
    copy.write_bytes(path.read_bytes())
    assert [s.path for s in read_statements(tmp_path)[0]] == [str(path)]
    assert whats(tmp_path) == [("warning", "z.ttl", f"the same statement stands in {path}")]


def test_a_statement_is_taken_back_by_the_beginning_of_its_id(tmp_path: Path) -> None:
    path = write_statement(tmp_path, ABSENT)
    write_statement(tmp_path, PRESENT)
    gone = retract(tmp_path, ABSENT.id[:8].upper())
    assert gone == path.parent / "retracted" / path.name
    assert gone.read_text("utf-8") == TEXT.replace("ID", ABSENT.id) and not path.exists()
    assert [s.id for s in read_statements(tmp_path)[0]] == [PRESENT.id]


def test_what_was_taken_back_twice_is_kept_twice(tmp_path: Path) -> None:
    kept = []
    for note in ("一", "二", "三"):
        write_statement(tmp_path, statement(note=note))
        kept.append(retract(tmp_path, ABSENT.id))
    assert [p.stem[-2:] for p in kept] == [ABSENT.id[6:8], "-2", "-3"]
    assert [f'"{n}"' in p.read_text("utf-8") for n, p in zip("一二三", kept, strict=True)] == [
        True
    ] * 3


def test_an_unknown_or_ambiguous_id_moves_nothing(tmp_path: Path) -> None:
    made = [statement(by=f"第{n}人") for n in range(20)]
    for s in made:
        write_statement(tmp_path, s)
    twins = next(a for a in "0123456789abcdef" if sum(s.id[0] == a for s in made) > 1)
    for prefix, said in ((twins, "may mean several"), ("g", "No statement"), (" ", "No statement")):
        with pytest.raises(KgError, match=said):
            retract(tmp_path, prefix)
    assert len(read_statements(tmp_path)[0]) == 20
    assert not (tmp_path / "statements" / "retracted").exists()


def test_one_of_several_in_a_file_is_not_torn_out(tmp_path: Path) -> None:
    path = write_statement(tmp_path, ABSENT)
    path.write_text(path.read_text("utf-8") + turtle_of(PRESENT), "utf-8")
    assert {s.id for s in read_statements(tmp_path)[0]} == {ABSENT.id, PRESENT.id}
    with pytest.raises(KgError, match="holds other statements too"):
        retract(tmp_path, ABSENT.id)
    assert path.exists()


def test_a_writer_that_is_killed_leaves_whole_files_only(tmp_path: Path) -> None:
    """Kill -9 at any moment: every .ttl there is complete."""
    code = (
        "import sys\nfrom datetime import date\nfrom pathlib import Path\nfrom kg.statements import *\n"
        "for n in range(10**6):\n"
        "    write_statement(Path(sys.argv[1]) / str(n), make_statement("
        f"'{FOIL}', 'absent', '名录' * 20_000, str(n), date(2026, 1, 1), date(2027, 1, 1)))\n"
        "    print(n, flush=True)\n"
    )
    seen = 0
    for run in range(5):
        home = tmp_path / str(run)
        child = subprocess.Popen(
            [sys.executable, "-c", code, str(home)], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        for _ in range(run + 2):
            child.stdout.readline()
        child.kill()
        child.wait()
        child.stdout.close()
        for workspace in home.iterdir():
            statements, findings = read_statements(workspace)
            assert findings == []
            seen += len(statements)
    assert seen >= 2 + 3 + 4 + 5 + 6


def test_a_full_disk_is_said_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(KgError, match="No space left on device"):
        write_statement(tmp_path, ABSENT)
    assert list((tmp_path / "statements").iterdir()) == []


def both(paths: list[Path]) -> tuple[int, int]:
    """Violations by the package we use, and by pySHACL."""
    import pyshacl
    import rdflib

    data = rdflib.Graph()
    for path in paths:
        data.parse(path)
    shapes = rdflib.Graph().parse(ROOT / "data" / "shapes.ttl")
    _, report, message = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    assert "Validation Report" in message
    kind = rdflib.URIRef("http://www.w3.org/ns/shacl#ValidationResult")
    return len(violations(paths)), len(set(report.subjects(rdflib.RDF.type, kind)))


def test_statements_have_the_shape_that_the_vocabulary_gives_them(tmp_path: Path) -> None:
    paths = [
        write_statement(tmp_path, ABSENT),
        write_statement(tmp_path, statement(region=PARK)),
        write_statement(tmp_path, PRESENT),
    ]
    assert violations([*data_files(), *paths]) == []


TINY_STATEMENT = (
    TEXT.replace("aluminium-foil", "foil").replace("shaoguan", "city").replace("ID", "0" * 16)
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    ic:scope node:foil ;\n", ""),
        ("node:foil", "actor:mill"),
        ("actor:city", "node:foil"),
        ("ic:absent", "ic:domain"),
        ("ic:absent", "ic:present"),
        ("ic:verdict", 'ic:found "某厂" ; ic:verdict'),
        ('    ic:method "名录" ;\n', ""),
        ('    prov:wasAttributedTo [ a prov:Agent ; schema:name "张三" ] ;\n', ""),
        (' ; schema:name "张三"', ""),
        ('"2026-11-24"^^xsd:date', '"2026-11-24"'),
        ('"2027-11-24"', '"2026-11-23"'),
        ('    schema:validThrough "2027-11-24"^^xsd:date ;\n', ""),
    ],
)
def test_the_shape_of_a_statement_finds_each_fault_as_pyshacl_does(
    tiny_files: list[Path], tmp_path: Path, old: str, new: str
) -> None:
    path = tmp_path / "s.ttl"
    assert old in TINY_STATEMENT
    path.write_text(TINY_STATEMENT.replace(old, new, 1), "utf-8")
    ours, theirs = both([*tiny_files, path])
    assert ours == theirs > 0


INPUTS = 'node:foil ic:inputs ic:allOf ; ic:inputsBasis "缺一不可"@zh , "needs each"@en .\n'


def test_a_sound_statement_and_sound_inputs_conform(tiny_files: list[Path], tmp_path: Path) -> None:
    path = tmp_path / "s.ttl"
    path.write_text(TINY_STATEMENT + INPUTS, "utf-8")
    assert both([*tiny_files, path]) == (0, 0)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ic:allOf", "ic:domain"),
        ("ic:allOf", "ic:allOf , ic:anyOf"),
        (' , "needs each"@en', ""),
        ('"缺一不可"@zh , ', ""),
        ("ic:inputs ic:allOf ; ", ""),
        (' ; ic:inputsBasis "缺一不可"@zh , "needs each"@en', ""),
        ("node:foil", "actor:mill"),
    ],
)
def test_a_node_says_which_inputs_it_needs_with_a_basis_in_both_languages(
    tiny_files: list[Path], old: str, new: str
) -> None:
    path = next(p for p in tiny_files if p.name == "tiny.ttl")
    assert old in INPUTS
    path.write_text(path.read_text("utf-8") + INPUTS.replace(old, new, 1), "utf-8")
    ours, theirs = both(tiny_files)
    assert ours == theirs > 0
