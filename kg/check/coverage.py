"""Every paragraph of the plan is cited by a claim or a figure, or listed with the reason why it states no fact."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import Finding
from kg.facts import Facts
from kg.graph import Graph
from kg.vocab import compact
from kg.words import Words


@dataclass(frozen=True)
class Coverage:
    """How many of how many were found, how many of these are excused with a reason; and the same for the strict scope."""

    found: int
    excused: int
    total: int
    strict_found: int
    strict_excused: int
    strict_total: int

    @property
    def share(self) -> float:
        """The part of all that is found or excused, 0–1."""
        return (self.found + self.excused) / self.total if self.total else 1.0


def cited(facts: Facts) -> set[str]:
    """The passages that a claim or a figure cites."""
    return {s for c in facts.claims for s in c.sources} | {
        s for f in facts.figures for s in f.sources
    }


def coverage(graph: Graph, facts: Facts) -> tuple[tuple[int, int], list[Finding]]:
    """(paragraphs accounted for, all paragraphs), and a finding for each paragraph or sentence that is not."""
    used = cited(facts)
    silent = {r[0] for r in graph.texts("SELECT ?p WHERE { ?p ic:statesNothing ?why }")}
    rows = graph.texts(
        "SELECT ?paragraph ?sentence WHERE { ?paragraph a ic:Paragraph . ?sentence ic:place ?paragraph }"
        " ORDER BY ?paragraph ?sentence"
    )
    sentences: dict[str, list[str]] = {}
    for paragraph, sentence in rows:
        sentences.setdefault(paragraph, []).append(sentence)
    found, good = [], 0
    for paragraph, parts in sentences.items():
        open_ = [s for s in parts if s not in used and s not in silent and paragraph not in silent]
        if len(open_) < len(parts):
            good += 1
        for s in open_:
            passage = facts.passages[s]
            found.append(
                Finding(
                    "error" if len(open_) == len(parts) else "warning",
                    "paragraphs",
                    compact(s),
                    Words(f"{passage.label}没有任何说法引用", f"no claim cites {passage.label_en}"),
                    Words(
                        "请补充说法，或在 coverage.ttl 中写明理由（ic:statesNothing）。",
                        "Add claims, or give the reason in coverage.ttl (ic:statesNothing).",
                    ),
                )
            )
    return (good, len(sentences)), found
