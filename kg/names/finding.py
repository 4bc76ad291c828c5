"""Which thing a name means: exact, alias, English, pinyin, initials, part of a name, or a near miss."""

from __future__ import annotations

import contextlib
import json
import unicodedata
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from kg import assets
from kg.disk import write_atomic
from kg.graph import Graph, LocalGraph
from kg.vocab import BASE, NOT_THINGS, PREFIXES
from kg.words import Words

# How a name was matched: score (100 = the very name) and the words for people.
REASONS: dict[str, tuple[int, Words]] = {
    "exact": (100, Words("名称相同", "same name")),
    "alias": (95, Words("别名", "another name of it")),
    "english": (90, Words("英文名", "English name")),
    "pinyin": (80, Words("全拼", "pinyin")),
    "initials": (75, Words("拼音首字母", "pinyin initials")),
    "part": (60, Words("名称中包含", "part of the name")),
    "near": (40, Words("写法相近", "similar spelling")),
}


class Hit(NamedTuple):
    """A thing that a name may mean. `kind` is its class (local name), `score` 0–100, `why` a key of REASONS."""

    iri: str
    label: str
    label_en: str
    kind: str
    score: int
    why: str
    matched: str

    def reason(self, lang: str) -> str:
        """Why it was found, in words."""
        return REASONS[self.why][1].pick(lang)


def fold(name: str) -> str:
    """The form in which names are compared: NFKC, lower case, without blanks, quotes, brackets and dots."""
    return "".join(
        c
        for c in unicodedata.normalize("NFKC", name).casefold()
        if not c.isspace() and c not in "“”‘’\"'《》〈〉「」()（）[]·•、,，.。-—–_/+"
    )


def index_of(graph: Graph) -> list[dict[str, str | list[str]]]:
    """All named things: iri, kind, zh, en, alt (list), pinyin (list), initials (list).

    Kept beside the compiled store, because making pinyin costs more than everything else.
    """
    place = _place(graph)
    if place and place.is_file():
        try:
            kept: list[dict[str, str | list[str]]] = json.loads(place.read_text("utf-8"))
            return kept
        except ValueError:
            place.unlink(missing_ok=True)
    things = _build(graph)
    if place:
        # Only a cache: a full disk costs the next start a moment.
        with contextlib.suppress(OSError):
            write_atomic(place, json.dumps(things, ensure_ascii=False))
    return things


def _place(graph: Graph) -> Path | None:
    if isinstance(graph, LocalGraph) and graph.key:
        return assets.cache() / f"{graph.key}-names.json"
    return None


def _build(graph: Graph) -> list[dict[str, str | list[str]]]:
    from pypinyin import lazy_pinyin

    rows = graph.select(
        "SELECT ?thing ?class ?pref ?label WHERE {"
        " { ?thing skos:prefLabel ?label BIND(true AS ?pref) }"
        " UNION { ?thing skos:altLabel ?label BIND(false AS ?pref) }"
        f' ?thing a ?class FILTER(STRSTARTS(STR(?class), "{PREFIXES["ic"]}"))'
        f' FILTER(STRSTARTS(STR(?thing), "{BASE}")) }}'
    )
    by: dict[str, dict[str, str | list[str]]] = {}
    for thing, cls, pref, label in rows:
        assert isinstance(thing, ox.NamedNode) and isinstance(cls, ox.NamedNode)
        assert isinstance(label, ox.Literal) and isinstance(pref, ox.Literal)
        if cls.value[len(PREFIXES["ic"]) :] in NOT_THINGS:
            continue
        entry = by.setdefault(
            thing.value,
            {
                "iri": thing.value,
                "kind": cls.value[len(PREFIXES["ic"]) :],
                "zh": "",
                "en": "",
                "alt": [],
            },
        )
        if pref.value == "true":
            entry["en" if label.language == "en" else "zh"] = label.value
        else:
            alt = entry["alt"]
            assert isinstance(alt, list)
            alt.append(label.value)
    out = []
    for entry in by.values():
        names = [str(entry["zh"]), *sorted(entry["alt"])]
        sounds = [lazy_pinyin(fold(n)) for n in names if n]
        entry["alt"] = sorted(entry["alt"])
        entry["pinyin"] = sorted({fold("".join(s)) for s in sounds})
        entry["initials"] = sorted({fold("".join(w[:1] for w in s)) for s in sounds if len(s) > 1})
        out.append(entry)
    return sorted(out, key=lambda e: str(e["iri"]))


def find(graph: Graph, text: str, limit: int = 20, kinds: tuple[str, ...] = ()) -> list[Hit]:
    """The things that `text` may mean, best first: by score, then shorter label, then IRI."""
    sought = fold(text)
    if not sought:
        return []
    hits: dict[str, Hit] = {}
    things = [t for t in index_of(graph) if not kinds or t["kind"] in kinds]
    for thing in things:
        found = _match(thing, sought)
        if found:
            why, matched = found
            hits[str(thing["iri"])] = _hit(thing, why, matched)
    if not any(h.why != "part" for h in hits.values()):
        for thing, matched, closeness in _near(things, sought):
            if str(thing["iri"]) not in hits:
                hits[str(thing["iri"])] = _hit(thing, "near", matched, int(40 * closeness))
    order = sorted(hits.values(), key=lambda h: (-h.score, len(h.label), h.iri))
    return order[:limit]


def _hit(
    thing: dict[str, str | list[str]], why: str, matched: str, score: int | None = None
) -> Hit:
    return Hit(
        iri=str(thing["iri"]),
        label=str(thing["zh"] or thing["en"]),
        label_en=str(thing["en"] or thing["zh"]),
        kind=str(thing["kind"]),
        score=REASONS[why][0] if score is None else score,
        why=why,
        matched=matched,
    )


def _match(thing: dict[str, str | list[str]], sought: str) -> tuple[str, str] | None:
    zh, en = str(thing["zh"]), str(thing["en"])
    if fold(zh) == sought:
        return "exact", zh
    for alt in thing["alt"]:
        if fold(alt) == sought:
            return "alias", alt
    if fold(en) == sought:
        return "english", en
    if sought.isascii():
        for sound in thing["pinyin"]:
            if sound == sought:
                return "pinyin", sound
        for short in thing["initials"]:
            if short == sought and len(sought) > 1:
                return "initials", short
    for name in (zh, *thing["alt"], en):
        if sought in fold(name):
            return "part", name
    if sought.isascii() and len(sought) > 3:
        for sound in thing["pinyin"]:
            if sound.startswith(sought):
                return "part", sound
    return None


def _near(
    things: list[dict[str, str | list[str]]], sought: str
) -> list[tuple[dict[str, str | list[str]], str, float]]:
    """The five nearest names by difflib's ratio, at least 0.5 alike."""
    import difflib

    found = []
    for thing in things:
        for name in (str(thing["zh"]), *thing["alt"], str(thing["en"])):
            folded = fold(name)
            # Two names that share no character cannot be near; the full ratio is dear.
            if not set(folded) & set(sought):
                continue
            ratio = difflib.SequenceMatcher(None, sought, folded)
            if ratio.real_quick_ratio() < 0.5 or ratio.quick_ratio() < 0.5:
                continue
            if (closeness := ratio.ratio()) >= 0.5:
                found.append((thing, name, closeness))
    found.sort(key=lambda f: (-f[2], str(f[0]["iri"])))
    return found[:5]
