"""What is said to the person after a check is recorded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kg.chain import WORDS, is_actor
from kg.cli.options import say
from kg.facts import Claim, Facts
from kg.statements import CITY, Statement
from kg.table import one_line
from kg.vocab import ACTIVE
from kg.words import Words

# More contradictions than these fill the screen and say nothing new.
MOST_SHOWN = 5


def _name(facts: Facts, iri: str, lang: str) -> str:
    return facts.things[iri].label(lang) if iri in facts.things else iri


def tell(facts: Facts, s: Statement, path: Path, today: date, lang: str) -> None:
    """What was recorded, where it is, until when it holds, and what comes next."""
    verdict = WORDS[s.verdict].pick(lang)
    said = [_name(facts, s.scope, lang), verdict, _name(facts, s.firm, lang) if s.firm else ""]
    what = one_line(" ".join(w for w in said if w))
    how = one_line(s.method)
    lines = [
        Words(
            f"已记录：{what}。核查于 {s.checked_on} · {how} · 有效至 {s.valid_until}",
            f"Recorded: {what}. Checked on {s.checked_on} · {how} · valid until {s.valid_until}",
        ),
        Words(f"文件：{path}", f"File: {path}"),
    ]
    if s.state(today) == "expired":
        lines.append(
            Words(
                f"注意：到今天（{today}）已经过期，不起作用。",
                f"Note: it has expired by today ({today}) and counts for nothing.",
            )
        )
    if s.verdict == "absent" and s.region != CITY:
        place = _name(facts, s.region, lang)
        lines.append(
            Words(
                f"注意：只核查了{place}，不是全市：“未见”不会因此变为“确认无”。",
                f'Note: only {place} was checked, not the whole city: "unseen" does not become "absent" by this.',
            )
        )
    lines.append(
        Words(
            f"下一步：kg gaps 会显示这次核查；撤回：kg confirm --retract {s.id[:8]}",
            f"Next: kg gaps shows it; to take it back: kg confirm --retract {s.id[:8]}",
        )
    )
    for line in lines:
        say(line.pick(lang))


def contradictions(
    facts: Facts, s: Statement, others: list[Statement], today: date, lang: str
) -> int:
    """How many claims or valid statements say the opposite; each is told."""
    if not s.valid(today):
        # What counts for nothing, or for one park only, contradicts nothing.
        return 0
    near = {s.scope, *(facts.below(s.scope) if s.verdict == "absent" else facts.ancestors(s.scope))}
    lines = []
    for claim in _present(facts, s.scope) if s.verdict == "absent" else []:
        ends = (claim.subject, claim.object)
        who, what = (one_line(_name(facts, iri, lang)) for iri in ends)
        places = (facts.passages[i] for i in claim.sources if i in facts.passages)
        where = "; ".join(p.label_en if lang == "en" else p.label for p in places)
        lines.append(
            Words(
                f"按图谱，{what} 有 {who}（{where}）",
                f"by the graph, {who} is in {what} ({where})",
            )
        )
    for other in others:
        if other.scope in near and other.verdict != s.verdict and other.valid(today):
            name = one_line(_name(facts, other.scope, lang))
            lines.append(
                Words(
                    f"核查记录 {other.id[:8]}（{name}，{other.checked_on}）结论相反",
                    f"statement {other.id[:8]} ({name}, {other.checked_on}) says the opposite",
                )
            )
    for line in lines[:MOST_SHOWN]:
        say(Words(f"矛盾：{line.zh}", f"Contradiction: {line.en}").pick(lang))
    if lines:
        left = len(lines) - MOST_SHOWN
        more = Words(f"另有 {left} 条。", f"And {left} more. ") if left > 0 else Words("", "")
        say(
            Words(
                f"{more.zh}两者都已保留。请核对哪一个有误：更正图谱，或撤回核查记录。",
                f"{more.en}Both are kept. See which is wrong: correct the graph, or take the statement back.",
            ).pick(lang)
        )
    return len(lines)


def _present(facts: Facts, scope: str) -> list[Claim]:
    """The claims that make `scope` present: existing, of an actor, at it or below it, level product."""
    return [
        c
        for iri in (scope, *facts.below(scope))
        for c in facts.incoming.get(iri, [])
        if c.name in ACTIVE
        and (c.status, c.level) == ("existing", "product")
        and is_actor(facts, c)
        and facts.things[c.subject].kind != "Project"
    ]
