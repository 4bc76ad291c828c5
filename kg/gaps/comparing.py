"""What changed between two lists of findings, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from kg.chain import WORDS
from kg.gaps.finding import POSITIONS
from kg.gaps.survey import Survey
from kg.words import Words

CHANGES: dict[str, Words] = {
    "new": Words("新增", "new"),
    "gone": Words("消失", "gone"),
    "changed": Words("改变", "changed"),
}
NO = Words("—", "—")
_WORDS: dict[str, Mapping[str, Words]] = {
    "presence": {str(k): w for k, w in WORDS.items()},
    "position": POSITIONS,
}
# A rank depends on every other gap: told as a change it would hide what happened.
LEFT_OUT = ("g",)
# Their interval is the whole chain's: it is told once for the chain, not for each finding.
CHAIN_WIDE = ("a", "d")
# Which details make a finding another one; for the other rules all do. A node's segment changes with each of its many
# members, and lists of actors with each firm.
TOLD = {
    "a": ("checks",),
    "b": ("position_certain",),
    "b2": ("links", "cost"),
    "h": ("dominated", "market", "articulation"),
}
_FIELDS = ("presence", "position", "interval", "details")
_SHOWN = ("presence", "position", "interval", "finding")


class Change(NamedTuple):
    """One finding that is new, gone or changed. `before` and `after` are its documented JSON, None where there is none.

    `fields` are the fields that differ, `claims_new` and `claims_gone` the claims behind it that came and went.
    """

    kind: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    fields: tuple[str, ...]
    claims_new: tuple[Mapping[str, Any], ...]
    claims_gone: tuple[Mapping[str, Any], ...]

    @property
    def of(self) -> Mapping[str, Any]:
        """The finding as it is, or as it was."""
        found = self.after or self.before
        assert found is not None
        return found

    def places(self) -> list[str]:
        """The places of the claims behind it, each once."""
        claims = (*self.of["claims"], *self.of["edges"])
        return list(dict.fromkeys(p["place"] for c in claims for p in c["citation"]))

    def why(self, lang: str) -> str:
        """What differs, in words."""
        parts = []
        if self.before and self.after:
            for name in self.fields:
                if name in ("presence", "position"):
                    old, new = (
                        _WORDS[name].get(x[name] or "", NO).pick(lang)
                        for x in (self.before, self.after)
                    )
                    parts.append(f"{old} → {new}")
                elif name == "interval":
                    old, new = (
                        f"{x['low']:g}–{x['high']:g}/{x['n']}"
                        for x in (self.before[name], self.after[name])
                    )
                    parts.append(f"{old} → {new}")
                elif name == "details" and self.of["rule"] in TOLD:
                    parts += _told(
                        self.before["details"], self.after["details"], TOLD[self.of["rule"]]
                    )
        for sign, claims in (("+", self.claims_new), ("−", self.claims_gone)):
            parts += [
                f"{sign} {c['subject_label']} {c['predicate_label']} {c['object_label']}"
                for c in claims[:3]
            ]
            if len(claims) > 3:
                parts.append(f"{sign} {len(claims) - 3} …")
        if self.kind == "gone":
            parts.append(Words("不再成立", "no longer holds").pick(lang))
        elif not parts and self.after:
            parts.append(self.after["finding"])
        return ("；" if lang == "zh" else "; ").join(parts)

    def as_json(self, lang: str) -> dict[str, Any]:
        """change, id, rule, chain, node, label, fields, before, after, why."""
        of = self.of

        def short(found: Mapping[str, Any] | None) -> dict[str, Any] | None:
            return {k: found[k] for k in _SHOWN} if found else None

        return {
            "change": self.kind,
            "id": of["id"],
            "rule": of["rule"],
            "rule_name": of["rule_name"],
            "chain": of["chain"],
            "chain_label": of["chain_label"],
            "node": of["node"],
            "label": of["label"],
            "fields": list(self.fields),
            "before": short(self.before),
            "after": short(self.after),
            "claims_new": list(self.claims_new),
            "claims_gone": list(self.claims_gone),
            "why": self.why(lang),
        }


def compare(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> list[Change]:
    """The changes from one list of findings (documented JSON) to another, by rule, kind of change and id.

    Findings of the priority rule are left out.
    """
    old = {g["id"]: g for g in before if g["rule"] not in LEFT_OUT}
    new = {g["id"]: g for g in after if g["rule"] not in LEFT_OUT}
    changes = []
    for gap_id in sorted({*old, *new}):
        was, now = old.get(gap_id), new.get(gap_id)
        kind = "changed" if was and now else "new" if now else "gone"
        fields = tuple(f for f in _FIELDS if was and now and _differs(was, now, f))
        had = {c["id"]: c for c in (*was["claims"], *was["edges"])} if was else {}
        has = {c["id"]: c for c in (*now["claims"], *now["edges"])} if now else {}
        came = tuple(has[i] for i in has if i not in had) if was else ()
        went = tuple(had[i] for i in had if i not in has) if now else ()
        if kind != "changed" or fields:
            changes.append(Change(kind, was, now, fields, came, went))
    kinds = list(CHANGES)
    return sorted(changes, key=lambda c: (c.of["rule"], kinds.index(c.kind), c.of["id"]))


Spans = dict[str, tuple[float, float, int]]


def spans(findings: Sequence[Mapping[str, Any]]) -> Spans:
    """Chain → low, high and n, as far as findings tell it whose interval is the chain's."""
    return {
        g["chain"]: (g["interval"]["low"], g["interval"]["high"], g["interval"]["n"])
        for g in findings
        if g["rule"] in CHAIN_WIDE
    }


def spans_of(survey: Survey) -> Spans:
    """Chain → low, high and n of each chosen chain."""
    return {i: survey.chains[i].completeness() for i in survey.selected}


def _differs(was: Mapping[str, Any], now: Mapping[str, Any], name: str) -> bool:
    if name == "interval" and was["rule"] in CHAIN_WIDE:
        return False
    old, new = _plain(was[name]), _plain(now[name])
    if name == "details" and was["rule"] in TOLD:
        old, new = ({k: x.get(k) for k in TOLD[was["rule"]]} for x in (old, new))
    return bool(old != new)


def _told(old: Mapping[str, Any], new: Mapping[str, Any], keys: Sequence[str]) -> list[str]:
    """What differs in numbers and keys: "cost 1.5 → 2"; lists by how many they hold."""

    def short(value: Any) -> str:
        return str(len(value)) if isinstance(value, (list, tuple)) else str(value)

    pairs = [(k, short(old.get(k)), short(new.get(k))) for k in keys]
    return [f"{k} {a} → {b}" for k, a, b in pairs if a != b]


def _plain(value: Any) -> Any:
    """A value without its words: a list that was written in one language compares with one in the other."""
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items() if k != "of"}
    return [_plain(v) for v in value] if isinstance(value, (list, tuple)) else value
