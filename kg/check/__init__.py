"""`kg check`: is the graph well formed, does every citation stand, and is the whole plan accounted for?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.check.coverage import Coverage, coverage
from kg.check.disagreements import disagreements
from kg.check.passages import Standing, standing
from kg.check.structure import structure
from kg.citation import Document
from kg.errors import Finding
from kg.facts import read_facts
from kg.graph import load_files
from kg.shapes import violations
from kg.words import Words


@dataclass(frozen=True)
class Report:
    """All findings, and the counts that show how much was looked at.

    `coverage` and `standing` are None where the document is not at hand: then citations were not checked.
    """

    findings: list[Finding]
    things: int
    claims: int
    figures: int
    paragraphs: tuple[int, int]  # accounted for, all
    standing: Standing | None = None
    items: Coverage | None = None

    @property
    def failed(self) -> bool:
        """Whether anything is an error or a warning (a disagreement of the plan with itself is only a note)."""
        return any(f.level != "note" for f in self.findings)


_WEIGHT = {"error": 0, "warning": 1, "note": 2}


def check(paths: list[Path], document: Document | None) -> Report:
    """Everything that can be checked of the Turtle files `paths`, with the `document` where it is at hand."""
    malformed = violations(paths)
    graph = load_files(paths)
    try:
        facts = read_facts(graph)
        findings = [*malformed, *structure(graph, facts), *disagreements(facts)]
    except (KeyError, ValueError):
        # What SHACL reports can be so broken that nothing more can be said of it.
        if not malformed:
            raise
        return Report(malformed, 0, 0, 0, (0, 0))
    if not facts.things:
        findings.append(
            Finding(
                "error",
                "structure",
                str(paths[0].parent),
                Words("这些文件里没有图谱的对象", "these files hold no thing of the atlas"),
                Words("请检查 --data 的文件夹。", "Check the folder after --data."),
            )
        )
    accounted, none = coverage(graph, facts)
    findings += none
    held = items = None
    if document is not None:
        held, lost = standing(facts, document)
        findings += lost
        from kg.check.enumerations import enumerations

        items, missing = enumerations(graph, facts, document)
        findings += missing
    return Report(
        sorted(findings, key=lambda f: (_WEIGHT[f.level], f.rule, f.place, f.what)),
        len(facts.things),
        len(facts.claims),
        len(facts.figures),
        accounted,
        held,
        items,
    )
