"""The one thing that a name means, or a clear sentence about why it is not one."""

from __future__ import annotations

import pyoxigraph as ox

from kg.errors import KgError
from kg.graph import Graph, LocalGraph
from kg.names.finding import Hit, find, fold
from kg.vocab import CLASSES, PREFIXES, compact, expand
from kg.words import Words

# Matches by which a name is accepted where one thing is meant; the others are only suggestions.
CERTAIN = ("exact", "alias", "english", "pinyin", "initials")

_PREF = ox.NamedNode(PREFIXES["skos"] + "prefLabel")
_ALT = ox.NamedNode(PREFIXES["skos"] + "altLabel")
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")


def resolve(graph: Graph, text: str, kinds: tuple[str, ...] = ()) -> str:
    """The IRI of the one thing that `text` names (an IRI or CURIE of the graph is taken as it is).

    Raises KgError listing the candidates where several fit, or the nearest where none does: nothing is guessed.
    """
    if iri := _as_iri(text):
        return iri
    if not kinds and (only := _exact(graph, text)):
        return only
    hits = find(graph, text, limit=50, kinds=kinds)
    for why in CERTAIN:
        fits = [h for h in hits if h.why == why]
        if len(fits) == 1:
            return fits[0].iri
        if fits:
            raise _ambiguous(text, fits)
    if kinds and (other := [h for h in find(graph, text, limit=8) if h.why in CERTAIN]):
        raise _of_other_kind(graph, text, other[0], kinds)
    raise _unknown(text, hits)


def _as_iri(text: str) -> str | None:
    prefix, colon, _ = text.partition(":")
    if text.startswith(("http://", "https://")):
        iri = text
    elif text.startswith("<") and text.endswith(">"):
        iri = text[1:-1]
    elif colon and prefix in PREFIXES:
        iri = expand(text)
    else:
        return None
    try:
        return ox.NamedNode(iri).value
    except ValueError:
        raise KgError(
            Words(f"“{text}”不是有效的代号。", f'"{text}" is not a valid key.'),
            Words("请用 kg find 查到的代号或名称。", "Use a key or a name that kg find shows."),
        ) from None


def _exact(graph: Graph, text: str) -> str | None:
    """The one thing with this very label, by index, so that the common case needs no list of names."""
    if not isinstance(graph, LocalGraph):
        return None
    for predicate in (_PREF, _ALT):
        found = {
            quad.subject.value
            for quad in graph.store.quads_for_pattern(
                None, predicate, ox.Literal(text, language="zh"), None
            )
            if isinstance(quad.subject, ox.NamedNode) and _is_thing(graph, quad.subject)
        }
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _is_thing(graph: LocalGraph, subject: ox.NamedNode) -> bool:
    """Whether `subject` is one of the city's things, and no word of the model or passage of the plan."""
    kinds = (q.object for q in graph.store.quads_for_pattern(subject, _TYPE, None, None))
    return any(getattr(k, "value", "")[len(PREFIXES["ic"]) :] in CLASSES for k in kinds)


def resolve_word(graph: Graph, text: str, prefix: str) -> str:
    """The IRI of a word of the model: `text` is its key or its label in either language, `prefix` its namespace.

    Raises KgError with the words there are.
    """
    base = PREFIXES[prefix]
    if text.startswith(prefix + ":"):
        return base + text.partition(":")[2]
    rows = graph.texts(
        "SELECT ?word ?label WHERE { ?word skos:prefLabel|rdfs:label ?label"
        f' FILTER(STRSTARTS(STR(?word), "{base}")) }} ORDER BY ?word ?label'
    )
    sought = fold(text)
    for word, label in rows:
        if sought in (fold(label), fold(word[len(base) :])):
            return word
    known = "、".join(label for _, label in rows if not label.isascii())
    known_en = ", ".join(sorted({word[len(base) :] for word, _ in rows}))
    raise KgError(
        Words(f"没有“{text}”这一项。", f'There is no "{text}" here.'),
        Words(f"可用：{known}。", f"It is one of: {known_en}."),
    )


def _lines(hits: list[Hit]) -> tuple[str, str]:
    zh = "、".join(f"{h.label}（{compact(h.iri)}）" for h in hits[:8])
    en = ", ".join(f"{h.label_en} ({compact(h.iri)})" for h in hits[:8])
    return zh, en


def _ambiguous(text: str, hits: list[Hit]) -> KgError:
    zh, en = _lines(hits)
    return KgError(
        Words(f"“{text}”可指多个对象：{zh}。", f'"{text}" may mean several things: {en}.'),
        Words(
            "请写全称，或用括号中的代号。",
            "Use the full name, or the key in brackets.",
        ),
    )


def _of_other_kind(graph: Graph, text: str, hit: Hit, kinds: tuple[str, ...]) -> KgError:
    iris = [PREFIXES["ic"] + k for k in (hit.kind, *kinds)]
    zh, en = (graph.labels(iris, lang) for lang in ("zh", "en"))
    needed = Words(*(s.join(g.get(i, i) for i in iris[1:]) for s, g in (("、", zh), (", ", en))))
    return KgError(
        Words(
            f"“{text}”是{zh.get(iris[0], hit.kind)}，这里需要：{needed.zh}。",
            f'"{text}" is of kind {en.get(iris[0], hit.kind)}; needed here: {needed.en}.',
        ),
        Words(
            f"请换一个名称；kg about {text} 说明它是什么。",
            f"Give another name; kg about {text} tells what it is.",
        ),
    )


def _unknown(text: str, hits: list[Hit]) -> KgError:
    if hits:
        zh, en = _lines(hits)
        return KgError(
            Words(f"图谱中没有叫“{text}”的对象。", f'Nothing in the graph is called "{text}".'),
            Words(f"最接近的是：{zh}。", f"Nearest: {en}."),
        )
    return KgError(
        Words(f"图谱中没有叫“{text}”的对象。", f'Nothing in the graph is called "{text}".'),
        Words(
            f"请用 kg find 换一个写法查找，例如：kg find {text[:2]}",
            f"Look for it with kg find, for example: kg find {text[:2]}",
        ),
    )
