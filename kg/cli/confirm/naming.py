"""Which node, place and firm a person means."""

from __future__ import annotations

from kg.errors import KgError
from kg.facts import Facts
from kg.graph import Graph
from kg.names import find, resolve
from kg.vocab import PREFIXES
from kg.words import Words

FIRMS = ("Firm", "Group")
# Matches that are the very name, and no pinyin or initials.
SAME = ("exact", "alias", "english")


def thing(graph: Graph, facts: Facts, text: str, kinds: tuple[str, ...]) -> str:
    """The IRI of the one thing of one of the `kinds` that `text` names; KgError when it names none or several."""
    try:
        iri = resolve(graph, text, kinds)
    except KgError:
        # An industry is known by name, and is nothing that could be checked.
        same = [h for h in find(graph, text) if h.why in SAME]
        if not same or any(h.kind in kinds for h in same):
            raise
        iri = same[0].iri
    found = facts.things.get(iri)
    # A key is taken as it is: it may name nothing, or something else.
    if found is None:
        raise KgError(
            Words(f"图谱中没有“{text}”。", f'"{text}" is not in the graph.'),
            Words("请用 kg find 查找。", "Look for it with kg find."),
        )
    if found.kind not in kinds:
        zh, *those = _classes(graph, (found.kind, *kinds), "zh")
        en, *these = _classes(graph, (found.kind, *kinds), "en")
        raise KgError(
            Words(f"“{text}”的类别是{zh}。", f'"{text}" is of the class {en}.'),
            Words(
                f"此处须为：{'、'.join(those)}。", f"Here it must be one of: {', '.join(these)}."
            ),
        )
    return iri


def _classes(graph: Graph, kinds: tuple[str, ...], lang: str) -> list[str]:
    iris = [PREFIXES["ic"] + k for k in kinds]
    label = dict(zip(iris, kinds, strict=True)) | graph.labels(iris, lang)
    return [label[i] for i in iris]


def firm_of(graph: Graph, facts: Facts, text: str) -> str:
    """The IRI of the firm of the graph that has this very name, else the name as typed."""
    prefix, colon, _ = text.partition(":")
    if text.startswith(("http://", "https://", "<")) or (colon and prefix in PREFIXES):
        iri = thing(graph, facts, text, FIRMS)
    else:
        # A name that nobody recorded yet must not become another firm.
        hits = find(graph, text, kinds=FIRMS)
        fits = [h.iri for h in hits if h.why in SAME]
        if len(fits) != 1:
            return text
        iri = fits[0]
    if facts.things[iri].generic:
        raise KgError(
            Words(
                f"“{text}”是一类企业，不是某一家。", f'"{text}" is a kind of firm, not one firm.'
            ),
            Words("请用 --firm 写明查到的那一家。", "Name the one that was found with --firm."),
        )
    return iri
