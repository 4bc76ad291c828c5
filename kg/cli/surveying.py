"""What the gap commands share: their options, the survey they start from, and how problems are told."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from kg.cli.days import today_of, today_option
from kg.cli.options import data_options, say, workspace_option
from kg.errors import KgError
from kg.vocab import NODE_CLASSES
from kg.words import Words

if TYPE_CHECKING:
    from kg.gaps import Gap, Survey
    from kg.gaps.telling import Teller
    from kg.graph import Graph

CHAIN_KINDS = ("Industry", *NODE_CLASSES)


class Asked(NamedTuple):
    """What the shared options of the gap commands say, as they were typed."""

    plan_only: bool
    weights: str | None
    seed: int
    today: str | None
    workspace: Path
    data: str | None
    store: str | None
    lang: str


def survey_options(command: Callable[..., object]) -> Callable[..., object]:
    """Adds --plan-only, --seed, --weights, --today, --workspace, --data, --store and --lang, given as one `asked`."""

    @functools.wraps(command)
    def packed(**given: Any) -> object:
        asked = Asked(*(given.pop(name) for name in Asked._fields))
        return command(asked=asked, **given)

    decorated: Callable[..., object] = packed
    for option in (
        data_options,
        workspace_option,
        today_option,
        click.option(
            "--seed",
            type=click.IntRange(min=0),
            default=0,
            show_default=True,
            help="抽样的种子 seed of the draws",
        ),
        click.option(
            "--weights",
            metavar="K=V,…",
            help="先后准则的权重，合计为 1 weights of value, feasibility, declared, evidence; they sum to 1",
        ),
        click.option(
            "--plan-only",
            is_flag=True,
            help="不用行业常识的供给关系 leave out supply edges of domain knowledge",
        ),
    ):
        decorated = option(decorated)
    return decorated


def weights_of(text: str | None) -> dict[str, float]:
    """The weights in `text` ("value=0.4,feasibility=0.6"). KgError when it cannot be read or they do not sum to 1."""
    from kg.gaps.priority import check_weights

    found: dict[str, float] = {}
    for part in (text or "").replace("，", ",").split(","):
        name, equals, value = part.partition("=")
        if not part.strip():
            continue
        try:
            if not equals:
                raise ValueError
            found[name.strip()] = float(value)
        except ValueError:
            raise KgError(
                Words(f"无法读取权重“{part}”。", f'Cannot read the weight "{part}".'),
                Words(
                    "写成 --weights value=0.4,feasibility=0.3,declared=0.2,evidence=0.1。",
                    "Write --weights value=0.4,feasibility=0.3,declared=0.2,evidence=0.1.",
                ),
            ) from None
    if found:
        check_weights(found)
    return found


def survey_of(
    asked: Asked, chains: Sequence[str] = (), everything: bool = False
) -> tuple[Graph, Survey, Teller]:
    """The survey that the options ask for: of the named chains or parts of them, else of the "3+3", else (or with --all) of all."""
    from kg.chain import industries
    from kg.gaps import RULES, open_survey
    from kg.gaps.telling import Teller
    from kg.graph import open_graph
    from kg.names import resolve
    from kg.statements import read_statements

    lang = asked.lang
    given = weights_of(asked.weights)
    when = today_of(asked.today)
    graph = open_graph(asked.data, asked.store)
    named = [resolve(graph, c, CHAIN_KINDS) for c in chains]
    statements, faults = read_statements(asked.workspace)
    for fault in faults:
        say(f"{fault.place}: {fault.what.pick(lang)} {fault.next_step.pick(lang)}")
    survey = open_survey(
        graph, when, statements, plan_only=asked.plan_only, weights=given, seed=asked.seed
    )
    for text, iri in zip(chains, named, strict=True):
        if iri not in survey.chain_of and iri not in survey.chains:
            raise KgError(
                Words(f"“{text}”不在任何一条链上。", f'"{text}" is in no chain.'),
                Words("用 kg gaps --help 看例子。", "See the examples of kg gaps --help."),
            )
    if named:
        tops = {survey.chain_of.get(i, i) for i in named}
        survey.scope = frozenset(tops)
        # A segment or a node means the part of its chain at and below it.
        parts = [i for i in named if i not in tops]
        whole = [i for i in named if i in tops]
        survey.within = frozenset(
            j for i in (*parts, *(whole if parts else ())) for j in (i, *survey.facts.below(i))
        )
    elif not everything:
        survey.scope = frozenset(i.iri for i in industries(survey.facts, core=True))
    return graph, survey, Teller(survey, RULES, terms(graph, survey, lang), lang)


def terms(graph: Graph, survey: Survey, lang: str) -> dict[str, str]:
    """Labels of the predicates and roles of all claims."""
    wanted = {c.predicate for c in survey.facts.claims}
    wanted |= {r for c in survey.facts.claims for r in c.roles}
    return graph.labels(sorted(wanted), lang)


def tell_problems(graph: Graph, survey: Survey, lang: str, quiet: bool = False) -> int:
    """Tells on stderr what is wrong with the data, and returns how many warnings there are."""
    from kg.gaps import problems

    found = problems(survey, graph)
    for problem in found:
        say(f"{problem.what.pick(lang)} {problem.next_step.pick(lang)}", quiet)
    return sum(p.level == "warning" for p in found)


def told(teller: Teller, gaps: Sequence[Gap]) -> list[dict[str, Any]]:
    """Findings as documented JSON."""
    return [teller.gap(g) for g in gaps]
