"""Every citation re-anchors in the document, and its passage contains a label of the claim's subject or object."""

from __future__ import annotations

from dataclasses import dataclass

from kg.citation import Document, normalise
from kg.errors import Finding
from kg.facts import Claim, Facts
from kg.vocab import compact
from kg.words import Words


@dataclass(frozen=True)
class Standing:
    """How many cited passages are at their place, moved or lost; how many claims were held against their passage."""

    exact: int
    moved: int
    lost: int
    claims: int


def standing(facts: Facts, document: Document) -> tuple[Standing, list[Finding]]:
    """The counts, and a finding for each lost passage and each claim whose passage names neither end."""
    texts: dict[str, str] = {}
    count = {"exact": 0, "moved": 0, "lost": 0}
    found = []
    for iri, passage in facts.passages.items():
        anchor = document.anchor(passage)
        count[anchor.where] += 1
        texts[iri] = document.text[anchor.start : anchor.end]
        if anchor.where == "lost":
            found.append(
                Finding(
                    "error",
                    "citation",
                    compact(iri),
                    Words(
                        f"在文件中找不到{passage.label}",
                        f"{passage.label_en} is not in the document",
                    ),
                    Words(
                        "请对照原文更正起止位置与 SHA-256。",
                        "Correct offsets and SHA-256 by the text.",
                    ),
                )
            )
    held = [c for c in facts.claims if c.sources]
    found += [f for c in held if (f := _named(facts, c, texts))]
    return Standing(count["exact"], count["moved"], count["lost"], len(held)), found


def forms(facts: Facts, iri: str) -> list[str]:
    """Every name of a thing, normalised as the document is, without outer quotation marks."""
    thing = facts.things.get(iri)
    return (
        [normalise(n).strip('“”"') for n in (thing.zh, *thing.alts, *thing.hidden)] if thing else []
    )


def _named(facts: Facts, claim: Claim, texts: dict[str, str]) -> Finding | None:
    text = "".join(texts.get(s, "") for s in claim.sources)
    if not text or any(
        n and n in text for end in (claim.subject, claim.object) for n in forms(facts, end)
    ):
        return None
    return Finding(
        "error",
        "label",
        f"{compact(claim.subject)} {compact(claim.predicate)} {compact(claim.object)}",
        Words("引文中没有主体或客体的任何名称", "its passage has no name of subject or object"),
        Words(
            "请更正出处，或把原文所用的名称加为别名。",
            "Correct the source, or add the printed form as an altLabel.",
        ),
    )
