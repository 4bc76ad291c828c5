"""How a difference of findings is printed: by kg what-if and kg compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.cli.options import chosen_style, put, put_rows, say
from kg.table import as_json
from kg.words import Words

if TYPE_CHECKING:
    from kg.gaps.comparing import Spans
    from kg.gaps.telling import Teller

HEAD = Words(
    "变化,编号,规则,链,节点,原因,发现,出处,已查来源",
    "change,id,rule,chain,node,why,finding,places,sources searched",
)


def put_changes(
    before: Sequence[Mapping[str, Any]],
    after: Sequence[Mapping[str, Any]],
    spans: tuple[Spans, Spans],
    teller: Teller,
    style: str | None,
    output: Path | None,
    title: str,
) -> None:
    """The changes between two lists of findings in the format asked for; on stderr what became of each chain."""
    from kg.gaps.comparing import CHANGES, compare

    changes = compare(before, after)

    lang = teller.lang
    style = chosen_style(style, output)
    if style == "json":
        put(as_json([c.as_json(lang) for c in changes]), output)
    else:
        rows = [
            [
                CHANGES[c.kind].pick(lang),
                c.of["id"],
                teller.rules[c.of["rule"]].title.pick(lang),
                c.of["chain_label"],
                c.of["label"],
                c.why(lang),
                c.of["finding"],
                teller.join(c.places()),
                teller.join(c.of.get("sources", ())),
            ]
            for c in changes
        ]
        put_rows(HEAD.pick(lang).split(","), rows, style, output, title)
    old, new = spans
    for chain, was in old.items():
        if chain in new and was != new[chain]:
            words = [f"{low:g}–{high:g}/{n}" for low, high, n in (was, new[chain])]
            name = teller.label(chain)
            said = Words(
                f"{name}：有主体的末级节点 {words[0]} → {words[1]}。",
                f"{name}: leaf nodes with an actor {words[0]} → {words[1]}.",
            )
            say(said.pick(lang))
    counts = ("，" if lang == "zh" else ", ").join(
        f"{word.pick(lang)} {sum(c.kind == kind for c in changes)}"
        for kind, word in CHANGES.items()
    )
    said = Words(f"{counts}（不含名次）。", f"{counts} (ranks left out).")
    say(said.pick(lang))
