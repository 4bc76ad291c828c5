"""The catalogue of questions as pages: the list by topic, and each question with the answer of its example."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pyoxigraph as ox

from kg.errors import KgError
from kg.facts import Thing
from kg.graph import LocalGraph, Term
from kg.names import fold
from kg.query import Parameter, Question, catalogue, fill, names
from kg.rows import materialise
from kg.site.atlas import Atlas
from kg.site.ground import Ground
from kg.site.keys import Keys, digest
from kg.site.passages import place_href
from kg.site.render import render
from kg.site.sheets import Sheet
from kg.vocab import BASE, PREFIXES, compact
from kg.words import LANGS, Words

# Rows of an answer that a page shows; the total is told, and the command gives them all.
MOST = 200


class Answer(NamedTuple):
    """What the example of a question gives: column names and rows, or why this graph cannot be asked it."""

    head: list[str]
    rows: list[tuple[Term, ...]]
    fault: KgError | None = None


class Cell(NamedTuple):
    """A value as text, with the page of the thing or the status that it is, or the language it is in if foreign."""

    text: str
    href: str = ""
    status: str = ""
    lang: str = ""


def query_sheets(atlas: Atlas, extra: Path | None = None) -> Iterator[Sheet]:
    """The list of all questions, and a page for each file in queries/ (and in the folder `extra`)."""
    known = list(names(extra))
    make = partial(queries_page, atlas, extra)
    yield Sheet("queries.html", make, partial(_rests, atlas.ground, extra, known))
    for name in known:
        make = partial(query_page, atlas, name, extra)
        yield Sheet(f"query/{name}.html", make, partial(_rests, atlas.ground, extra, [name]))


def _rests(ground: Ground, extra: Path | None, known: list[str], keys: Keys) -> str:
    """The key of the pages of some questions: their files, and the graph that they are asked of."""
    graph = ground.graph
    if isinstance(graph, LocalGraph) and graph.key:
        # The key of a compiled store stands for everything in it: nothing need be asked to know that nothing changed.
        files = names(extra)
        texts = [files[n].read_text("utf-8") for n in known]
        return digest([keys.everything, graph.key, *known, *texts])
    told: list[object] = [keys.everything]
    for name in known:
        question, answer = _asked(ground, extra)[name]
        told += [name, question.text, answer.fault, [_labels(ground, answer, x) for x in LANGS]]
        told += [[_key(t) for t in row] for row in answer.rows]
    return digest(told)


def queries_page(atlas: Atlas, extra: Path | None = None) -> str:
    """The list of all questions under their first topic, with a filter by topic and text."""
    asked = _asked(atlas.ground, extra)
    topics: dict[str, list[dict[str, Any]]] = {tag: [] for tag in atlas.t["query_topics"]}
    for question, answer in asked.values():
        tags = question.tags or ("",)
        topics.setdefault(tags[0], []).append({
            "name": question.name,
            "href": f"query/{quote(question.name)}.html",
            "summary": question.summary.pick(atlas.lang),
            "text": fold(" ".join((*question.summary, question.name))),
            "tags": "|".join(tags),
            "parameters": [p.help.pick(atlas.lang) for p in question.parameters],
            "rows": None if answer.fault else len(answer.rows),
        })
    counts = Counter(t for q, _ in asked.values() for t in dict.fromkeys(q.tags))
    # Topics of somebody's own come last.
    order = {t: n for n, t in enumerate(topics)}
    every = sorted(counts, key=lambda t: (order.get(t, len(order)), t))
    return render(
        atlas,
        "queries.html",
        "queries.html",
        title=atlas.t["queries_title"],
        topics=[(_topic(atlas, t), rows) for t, rows in topics.items() if rows],
        tags=[(t, _topic(atlas, t), counts[t]) for t in every],
        total=len(asked),
    )


def query_page(atlas: Atlas, name: str, extra: Path | None = None) -> str:
    """One question: its parameters, its command line, its SPARQL, and the answer of its example."""
    question, answer = _asked(atlas.ground, extra)[name]
    lang = atlas.lang
    shown = _columns(answer.head, lang)
    labels = _labels(atlas.ground, answer, lang)
    return render(
        atlas,
        "query.html",
        f"query/{name}.html",
        title=question.summary.pick(lang),
        name=name,
        topics=[_topic(atlas, t) for t in question.tags],
        parameters=[
            {
                "option": "--" + p.name.replace("_", "-"),
                "optional": p.optional,
                "help": p.help.pick(lang),
                "example": p.example,
                "other": _english(atlas, p) if lang == "en" else "",
            }
            for p in question.parameters
        ],
        command=question.example,
        head=[question.columns[h].pick(lang) if h in question.columns else h for h in shown],
        rows=[
            [_cell(atlas, row[answer.head.index(h)], labels) for h in shown]
            for row in answer.rows[:MOST]
        ],
        total=len(answer.rows),
        fault=answer.fault.text(lang) if answer.fault else "",
        # The header has been told above; from here on it is what a SPARQL console takes.
        sparql="\n".join(x for x in question.text.splitlines() if not x.startswith("#+")).strip(),
    )


@lru_cache(maxsize=1)
def _asked(ground: Ground, extra: Path | None) -> dict[str, tuple[Question, Answer]]:
    """Every question with its answer, by name. Asked once: the answer is the same in both languages."""
    named: dict[str, list[Thing]] = {}
    for thing in ground.facts.things.values():
        named.setdefault(fold(thing.zh), []).append(thing)
    return {q.name: (q, _answer(ground, q, named)) for q in catalogue(extra)}


def _answer(ground: Ground, question: Question, named: dict[str, list[Thing]]) -> Answer:
    """The rows of the example. KgError names the file where it is no SPARQL."""
    try:
        given = {p.name: _value(p, named) for p in question.parameters if p.example}
        sparql = fill(question, ground.graph, given)
    except KgError as fault:
        # An example that names nothing of this graph is no fault of the file: its page says so.
        return Answer([], [], fault)
    try:
        found = ground.graph.query(sparql)
    except KgError as fault:
        what = fault.what
        raise KgError(
            Words(f"{question.path}：{what.zh}", f"{question.path}: {what.en}"), fault.next_step
        ) from None
    if isinstance(found, ox.QueryBoolean):
        return Answer(["answer"], [(ox.Literal(bool(found)),)])
    if isinstance(found, ox.QuerySolutions):
        head, rows = materialise(found)
    else:
        head = ["subject", "predicate", "object"]
        rows = [(t.subject, t.predicate, t.object) for t in found]
    # A store hands rows out in any order where the question asks for none.
    if "ORDER BY" not in question.text.upper():
        rows.sort(key=lambda row: [_key(t) for t in row])
    return Answer(head, rows)


def _key(term: Term) -> str:
    return "" if term is None or isinstance(term, ox.BlankNode) else str(term)


def _value(parameter: Parameter, named: dict[str, list[Thing]]) -> str:
    """The example as the command would resolve it. Where one thing has that very name, without the list of names."""
    if parameter.type == "iri" and parameter.kinds:
        things = named.get(fold(parameter.example), ())
        found = [t.iri for t in things if t.kind in parameter.kinds]
        if len(found) == 1:
            return found[0]
    return parameter.example


def _columns(head: list[str], lang: str) -> list[str]:
    """The columns to show: of the two languages of one column (basis, basis_en) the reader's own."""
    other = {h if lang == "en" else h + "_en" for h in head if h + "_en" in head}
    return [h for h in head if h not in other]


def _labels(ground: Ground, answer: Answer, lang: str) -> dict[str, str]:
    iris = {
        t.value
        for row in answer.rows[:MOST]
        for t in row
        if isinstance(t, ox.NamedNode) and t.value.startswith(BASE)
    }
    return ground.graph.labels(sorted(iris), lang)


def _cell(atlas: Atlas, term: Term, labels: dict[str, str]) -> Cell:
    if isinstance(term, ox.NamedNode):
        iri = term.value
        status = iri.removeprefix(PREFIXES["status"])
        return Cell(
            labels.get(iri) or compact(iri),
            atlas.named(iri, "../") or place_href(atlas, iri, "../"),
            status if status != iri else "",
        )
    if isinstance(term, ox.Literal):
        foreign = term.language in LANGS and term.language != atlas.lang
        return Cell(term.value, lang=term.language or "" if foreign else "")
    if isinstance(term, ox.BlankNode):
        # A node without a name has another one in every run.
        return Cell("[ ]")
    return Cell("" if term is None else str(term))


def _english(atlas: Atlas, parameter: Parameter) -> str:
    """The English name of the thing that an example names in Chinese, "" where that is not certain."""
    same = {t.en for t in atlas.facts.things.values() if t.zh == parameter.example}
    return same.pop() if len(same) == 1 else ""


def _topic(atlas: Atlas, tag: str) -> str:
    """The word for a topic; one of somebody's own file stands as it was written."""
    return str(atlas.t["query_topics"].get(tag, tag) or atlas.t["query_no_topic"])
