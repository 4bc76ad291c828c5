"""A statement as a small Turtle file, and back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from kg.errors import Finding, Level
from kg.statements.values import Statement, faults, id_of, is_iri
from kg.vocab import BASE, PREFIXES, compact
from kg.words import Words

_STATEMENT = BASE + "statement/"
_IC = PREFIXES["ic"]
_TYPE = PREFIXES["rdf"] + "type"
_CLASS = ox.NamedNode(_IC + "CompletenessStatement")
_DATE = ox.NamedNode(PREFIXES["xsd"] + "date")
_ID = re.compile(r"[0-9a-f]{16}")
_ISO = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def turtle_of(s: Statement) -> str:
    """The statement as Turtle, in the layout of `kg tidy`: the same bytes for the same statement."""
    used = {"ic", "xsd", "prov", "dcterms", "schema"}

    def iri(value: str) -> str:
        short = compact(value)
        if not short.startswith("<"):
            used.add(short.partition(":")[0])
        return short

    def text(value: str) -> str:
        return '"' + value.translate(_ESCAPES) + '"'

    lines = [
        f'dcterms:date "{s.checked_on.isoformat()}"^^xsd:date',
        f"prov:wasAttributedTo [ a prov:Agent ; schema:name {text(s.by)} ]",
        f'schema:validThrough "{s.valid_until.isoformat()}"^^xsd:date',
    ]
    if s.firm:
        lines.append("ic:found " + (iri(s.firm) if is_iri(s.firm) else text(s.firm)))
    lines += [
        f"ic:method {text(s.method)}",
        f"ic:region {iri(s.region)}",
        f"ic:scope {iri(s.scope)}",
        f"ic:verdict ic:{s.verdict}",
    ]
    if s.note:
        used.add("skos")
        lines.append(f"skos:note {text(s.note)}")
    heads = [f"@prefix {p}: <{base}> ." for p, base in PREFIXES.items() if p in used]
    body = " ;\n    ".join([f"<{_STATEMENT}{s.id}> a ic:CompletenessStatement", *lines])
    return "\n".join(heads) + f"\n\n{body} .\n"


_ESCAPES = {
    ord(c): e
    for c, e in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"))
}
MEND = Words(
    "请改正该文件，或移走后重新记录。", "Mend the file, or move it away and record it again."
)


def finding(level: Level, path: Path, what: Words, step: Words = MEND) -> Finding:
    """What was seen of the file `path`."""
    return Finding(level, "statements", str(path), what, step)


def read_file(path: Path) -> tuple[list[Statement], list[Finding]]:
    """The statements in one file, and what in it is none."""
    by: dict[ox.NamedNode | ox.BlankNode, dict[str, list[_Term]]] = {}
    try:
        # An editor on Windows puts a mark before the text, which Turtle does not know.
        turtle = path.read_bytes().decode("utf-8-sig")
        for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.NamedNode | ox.BlankNode):
                values = by.setdefault(quad.subject, {}).setdefault(quad.predicate.value, [])
                values.append(quad.object)
    except (OSError, UnicodeDecodeError, SyntaxError) as fault:
        said_so = getattr(fault, "msg", None) or getattr(fault, "strerror", None) or fault
        why = " ".join(str(said_so).split())
        return [], [finding("error", path, Words(f"无法读取：{why}", f"cannot be read: {why}"))]
    found: list[Statement] = []
    findings: list[Finding] = []
    for subject, said in by.items():
        if _CLASS not in said.get(_TYPE, []):
            continue
        try:
            statement = replace(_statement(subject, said, by), path=str(path))
        except _Unclear as fault:
            findings.append(finding("error", path, fault.what))
            continue
        wrong = [finding("error", path, what) for what in faults(statement)]
        findings += wrong
        if wrong:
            continue
        if id_of(statement) != statement.id:
            changed = Words(
                "记录后被手工改过，仍按现文采用",
                "changed by hand since it was recorded; taken as it stands",
            )
            again = Words("请核对内容。", "See whether that was meant.")
            findings.append(finding("warning", path, changed, again))
        found.append(statement)
    if not found and not findings:
        none = Words("文件里没有核查记录", "the file holds no statement")
        findings.append(finding("warning", path, none))
    return found, findings


class _Unclear(Exception):
    def __init__(self, what: Words) -> None:
        self.what = what


def _statement(
    subject: ox.NamedNode | ox.BlankNode,
    said: dict[str, list[_Term]],
    by: dict[ox.NamedNode | ox.BlankNode, dict[str, list[_Term]]],
) -> Statement:
    def one(curie: str, needed: bool = True, said: dict[str, list[_Term]] = said) -> _Term | None:
        prefix, _, local = curie.partition(":")
        values = said.get(PREFIXES[prefix] + local, [])
        if len(values) > 1 or (needed and not values):
            raise _Unclear(Words(f"需要恰好一个 {curie}", f"it needs exactly one {curie}"))
        return values[0] if values else None

    def iri(curie: str) -> str:
        term = one(curie)
        if not isinstance(term, ox.NamedNode):
            raise _Unclear(Words(f"{curie} 须为代号", f"{curie} is to be an IRI"))
        return term.value

    def text(term: _Term | None, curie: str) -> str:
        if term is not None and not isinstance(term, ox.Literal):
            raise _Unclear(Words(f"{curie} 须为文字", f"{curie} is to be a text"))
        return term.value if term is not None else ""

    def day(curie: str) -> date:
        term = one(curie)
        if isinstance(term, ox.Literal) and term.datatype == _DATE and _ISO.fullmatch(term.value):
            try:
                return date.fromisoformat(term.value)
            except ValueError:
                pass
        raise _Unclear(
            Words(f"{curie} 不是日期（年-月-日）", f"{curie} is no date (year-month-day)")
        )

    id_ = subject.value.removeprefix(_STATEMENT)
    if not isinstance(subject, ox.NamedNode) or not _ID.fullmatch(id_):
        raise _Unclear(Words("记录的编号无效", "the statement has no valid id"))
    verdict = iri("ic:verdict").removeprefix(_IC)
    if verdict not in ("absent", "present"):
        raise _Unclear(
            Words("结论须为 ic:absent 或 ic:present", "the verdict is ic:absent or ic:present")
        )
    agent = one("prov:wasAttributedTo")
    if isinstance(agent, ox.NamedNode | ox.BlankNode):
        agent = one("schema:name", said=by.get(agent, {}))
    firm = one("ic:found", needed=False)
    return Statement(
        id_,
        iri("ic:scope"),
        "absent" if verdict == "absent" else "present",
        iri("ic:region"),
        text(one("ic:method"), "ic:method"),
        text(agent, "prov:wasAttributedTo"),
        day("dcterms:date"),
        day("schema:validThrough"),
        firm.value if isinstance(firm, ox.NamedNode) else text(firm, "ic:found"),
        text(one("skos:note", needed=False), "skos:note"),
    )
