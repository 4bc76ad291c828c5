"""Findings written back as claims with method and version: a file of its own in the workspace, never among the facts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from kg.disk import write_atomic
from kg.gaps.finding import VERSION, Gap
from kg.gaps.survey import Survey
from kg.vocab import BASE, PREFIXES


def record(workspace: Path, survey: Survey, found: Sequence[Gap], today: date) -> Path:
    """Writes `found` to findings/DATE-RULES.ttl in the workspace and returns its path; a record of the same day,
    rules and scope is replaced. Each finding is a claim of its node, with rule, method version, day, and the claims it was derived from.
    """
    rules = "".join(sorted({g.rule for g in found})) or "none"
    asked = scope_text(survey)
    key = hashlib.sha256(f"{rules}\n{asked}".encode()).hexdigest()[:8]
    path = workspace / "findings" / f"{today.isoformat()}-{rules}-{key}.ttl"
    method = f"{BASE}method/{VERSION}"
    lines = [
        *(
            f"@prefix {p}: <{PREFIXES[p]}> ."
            for p in ("ic", "rdf", "prov", "xsd", "skos", "dcterms")
        ),
        "",
        f"# Findings of kg gaps, computed on {today.isoformat()} by method version {VERSION}: not facts of a source.",
        f"# {asked}",
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


def scope_text(survey: Survey) -> str:
    """What was asked for, in one line: chains, parts, whether the plan's edges only, weights and seed."""
    chains = " ".join(sorted(i.rpartition("/")[2] for i in survey.selected))
    parts = " ".join(sorted(i.rpartition("/")[2] for i in survey.within))
    weights = ",".join(f"{k}={v:g}" for k, v in sorted(survey.weights.items()))
    return (
        f"chains: {chains}; within: {parts or '-'}; plan only: {'yes' if survey.plan_only else 'no'};"
        f" weights: {weights or 'equal'}; seed: {survey.seed}"
    )


def _decimal(value: float) -> str:
    text = f"{value:.4f}".rstrip("0")
    return text + "0" if text.endswith(".") else text
