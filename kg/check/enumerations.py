"""Every item of every 、 enumeration is a label in the graph, or listed with the reason why it is not.

How an item is recognised: a run of text between other punctuation marks is split at 、. The items in the middle
must be a label as they stand; of the first, some ending must be one, of the last, some beginning (there the clause
goes on). An item may join two by 和, 及, 与 or 或; then both count together. Brackets and quotation marks are seams.
"""

from __future__ import annotations

import re

from kg.check.coverage import Coverage
from kg.check.passages import forms
from kg.citation import Document, normalise
from kg.errors import Finding
from kg.facts import Facts
from kg.graph import Graph
from kg.vocab import PREFIXES, compact
from kg.words import Words

# The boxes and chapter 5, sections 1 and 2: there the plan names the chains.
_STRICT = re.compile(r"(box-5-|5-1-|5-2-)")
_EDGE = "“”\"'()《》<>[]—-/"
_JOINTS = ("以及", "及", "和", "与", "或", "暨", "并", "等")


def enumerations(graph: Graph, facts: Facts, document: Document) -> tuple[Coverage, list[Finding]]:
    """The counts over the whole plan and over its chain chapters, and a warning for each item that is no label."""
    names = {n for iri in facts.things for n in forms(facts, iri) if n}
    excused: dict[str, set[str]] = {}
    for sentence, text in graph.texts("SELECT ?s ?w WHERE { ?s ic:skips ?k . ?k ic:wording ?w }"):
        excused.setdefault(sentence, set()).add(_bare(normalise(text)))
    sentences = {r[0] for r in graph.texts("SELECT ?s WHERE { ?s ic:place ?p }")}
    counts = [0] * 6
    found = []
    for iri, passage in facts.passages.items():
        local = iri[len(PREFIXES["src"]) :]
        if iri not in sentences or local.startswith("1-2-table"):
            continue
        strict = bool(_STRICT.match(local))
        for kind, item in items(document.passage_text(passage)):
            good = covered(kind, item, names)
            spared = not good and any(w and w in _bare(item) for w in excused.get(iri, ()))
            for at, hit in enumerate((good, spared, True)):
                counts[at] += hit
                counts[at + 3] += hit and strict
            if not good and not spared:
                shown = item[-20:] if kind == "first" else item[:20]
                found.append(
                    Finding(
                        "warning",
                        "item",
                        compact(iri),
                        Words(
                            f"列举项“{shown}”不是图谱中的名称",
                            f'the item "{shown}" is no label in the graph',
                        ),
                        Words(
                            "请为它立项，或在 coverage.ttl 中写明理由（ic:skips）。",
                            "Add it, or give the reason in coverage.ttl (ic:skips).",
                        ),
                    )
                )
    return Coverage(*counts), found


def items(text: str) -> list[tuple[str, str]]:
    """("first" | "middle" | "last", item) of every 、 enumeration in a normalised text."""
    found = []
    for run in re.split(r"[,。;:!?]", text):
        parts = run.split("、")
        if len(parts) > 1:
            kinds = ["first", *["middle"] * (len(parts) - 2), "last"]
            found += list(zip(kinds, parts, strict=True))
    return found


def covered(kind: str, item: str, names: set[str]) -> bool:
    """Whether `item` is, or joins, names; of a "first" item an ending counts, of a "last" one a beginning."""
    bare = _bare(item)
    if bare in names or item in names:
        return True
    for joint in _JOINTS:
        left, found, right = bare.partition(joint)
        if found:
            good_left = _bare(left) in names or (kind == "first" and _ends(left, names))
            if good_left and (not right or _bare(right) in names or _begins(right, names)):
                return True
    if kind == "first":
        return _ends(bare, names)
    if kind == "last":
        return _begins(bare, names)
    parts = [p for p in re.split(r"[()“”《》—]", item) if p]
    return len(parts) > 1 and all(
        _bare(p) in names or _begins(p, names) or _ends(p, names) for p in parts
    )


def _bare(item: str) -> str:
    return re.sub("等+$", "", item.strip(_EDGE)).strip(_EDGE)


def _begins(text: str, names: set[str]) -> bool:
    text = text.strip("“”\"'(《")
    return any(text[:n] in names for n in range(len(text), 1, -1))


def _ends(text: str, names: set[str]) -> bool:
    text = text.strip("“”\"')》")
    return any(text[-n:] in names for n in range(len(text), 1, -1))
