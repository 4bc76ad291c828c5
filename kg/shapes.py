"""The one door to SHACL: violations of data/shapes.ttl as findings."""

from __future__ import annotations

import re
import urllib.parse
from pathlib import Path

import pyoxigraph as ox

from kg import assets
from kg.errors import Finding
from kg.graph import load_files
from kg.vocab import PREFIXES, compact
from kg.words import Words

_CLAIM = PREFIXES["ic"] + "claim"
_NAMED = "urn:x-claim:"
_CJK = re.compile("[\u4e00-\u9fff]")


def violations(paths: list[Path], shapes: Path | None = None) -> list[Finding]:
    """What in the Turtle files `paths`, taken together, does not conform to `shapes` (default: data/shapes.ttl).

    Uses the package shacl (young, pinned); the tests hold it against pySHACL.
    """
    import shacl

    shapes = shapes or assets.folder("data") / "shapes.ttl"
    compiled = shacl.Shapes.from_turtle(shapes.read_text("utf-8"))
    report = compiled.validate_turtle(data_with_named_claims(paths))
    found = []
    for result in report.results:
        messages = [str(m) for m in result.messages]
        zh = next((m for m in messages if _CJK.search(m)), messages[0])
        en = next((m for m in messages if not _CJK.search(m)), messages[-1])
        what_zh, _, step_zh = zh.partition("：")
        what_en, _, step_en = en.partition(": ")
        parts = [_short(str(result.focus_node)), _short(str(result.path or ""))]
        if result.value is not None and str(result.value) != str(result.focus_node):
            parts.append(_short(str(result.value)))
        place = " ".join(p for p in parts if p)
        found.append(
            Finding("error", "shapes", place, Words(what_zh, what_en), Words(step_zh, step_en))
        )
    return sorted(found)


def data_with_named_claims(paths: list[Path]) -> str:
    """The triples of `paths` as N-Triples, each claim under a name that says what it claims.

    A blank node in a finding tells nobody which line to mend.
    """
    triples = list(load_files(paths).query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"))
    said: dict[object, dict[str, str]] = {}
    owner: dict[object, str] = {}
    for t in triples:
        if t.predicate.value == _CLAIM:
            owner[t.object] = t.subject.value
        elif isinstance(t.subject, ox.BlankNode) and isinstance(t.object, ox.NamedNode):
            said.setdefault(t.subject, {})[t.predicate.value] = t.object.value
    names = {}
    for n, (node, subject) in enumerate(owner.items()):
        about = said.get(node, {})
        ends = (
            subject,
            about.get(PREFIXES["rdf"] + "predicate", ""),
            about.get(PREFIXES["rdf"] + "object", ""),
        )
        text = " ".join(compact(e) for e in ends if e)
        names[node] = ox.NamedNode(f"{_NAMED}{n}:{urllib.parse.quote(text, safe='')}")
    return "".join(
        f"{names.get(t.subject, t.subject)} {t.predicate} {names.get(t.object, t.object)} .\n"
        for t in triples
    )


def _short(term: str) -> str:
    text = term.strip().strip("<>")
    if text.startswith(_NAMED):
        return urllib.parse.unquote(text.rpartition(":")[2])
    return compact(text) if text.startswith("http") else term
