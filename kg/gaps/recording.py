"""Findings written back as claims with method and version: a file of its own in the workspace, never among the facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from kg.disk import write_atomic
from kg.gaps.finding import Gap
from kg.gaps.survey import Survey
from kg.vocab import BASE, PREFIXES


def record(workspace: Path, survey: Survey, found: Sequence[Gap], today: date) -> Path:
    """Writes `found` to findings/DATE-RULES.ttl in the workspace and returns its path; a record of the same day and rules
    is replaced. Each finding is a claim of its node, with rule, method version, day, and the claims it was derived from.
    """
    from kg.gaps import VERSION

    rules = "".join(sorted({g.rule for g in found})) or "none"
    path = workspace / "findings" / f"{today.isoformat()}-{rules}.ttl"
    method = f"{BASE}method/{VERSION}"
    lines = [
        *(
            f"@prefix {p}: <{PREFIXES[p]}> ."
            for p in ("ic", "rdf", "prov", "xsd", "skos", "dcterms")
        ),
        "",
        f"# Findings of kg gaps, computed on {today.isoformat()} by method version {VERSION}: not facts of a source.",
        f"<{method}> a prov:Plan ; skos:prefLabel {ox.Literal('缺口方法', language='zh')} , "
        f"{ox.Literal('gap method', language='en')} ; ic:methodVersion {ox.Literal(VERSION)} .",
        "",
    ]
    for gap in found:
        node, finding = ox.NamedNode(gap.node), f"<{BASE}finding/{gap.id}>"
        lines += [
            f"{node} ic:claim {finding} .",
            f"{finding} a ic:Finding ;",
            "    rdf:predicate ic:hasGap ;",
            f"    rdf:object <{BASE}rule/{gap.rule}> ;",
            f"    skos:prefLabel {ox.Literal(gap.what.zh, language='zh')} , {ox.Literal(gap.what.en, language='en')} ;",
            f"    ic:presence {ox.Literal(gap.presence)} ;",
            f"    ic:position {ox.Literal(gap.position)} ;",
            f"    ic:low {_decimal(gap.interval.low)} ; ic:high {_decimal(gap.interval.high)} ; ic:of {gap.interval.n} ;",
            *(
                f"    prov:wasDerivedFrom <{BASE}claim/{c.id}> ;"
                for c in dict.fromkeys([*gap.claims, *gap.edges])
            ),
            f"    prov:hadPlan <{method}> ;",
            f'    dcterms:created "{today.isoformat()}"^^xsd:date .',
            "",
        ]
    write_atomic(path, "\n".join(lines))
    return path


def _decimal(value: float) -> str:
    text = f"{value:.4f}".rstrip("0")
    return text + "0" if text.endswith(".") else text
