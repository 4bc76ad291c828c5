"""kg what-if: what would change in the findings if a firm left, or came."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.changes import put_changes
from kg.cli.options import row_options, say
from kg.cli.surveying import Asked, survey_of, survey_options, told
from kg.errors import KgError
from kg.vocab import NODE_CLASSES
from kg.words import Words

KINDS = NODE_CLASSES[1:]
if TYPE_CHECKING:
    from kg.gaps import Survey
    from kg.graph import Graph

# Who can be supposed to make something, and who can be supposed away.
MAKERS = ("Firm", "Group", "Hospital", "Organisation")
ACTORS = (
    "Firm",
    "Group",
    "Hospital",
    "Organisation",
    "Institute",
    "Platform",
    "University",
    "Project",
)


@click.command(
    "what-if",
    epilog="""\b
例 Examples:
  kg what-if --without 东阳光
  kg what-if --with 高精度铜带=某铜业公司
  kg what-if --without 韶钢 --with 特种钢材料=某特钢公司 --format json""",
)
@click.option(
    "--without", multiple=True, metavar="FIRM", help="假设没有它（可多次）suppose it is not there"
)
@click.option(
    "--with",
    "with_",
    multiple=True,
    metavar="NODE=FIRM",
    help="假设它在该节点（可多次）suppose it is in the node",
)
@click.option(
    "--all", "everything", is_flag=True, help="包括“3+3”以外的领域 the further fields too"
)
@row_options
@survey_options
def command(
    without: tuple[str, ...],
    with_: tuple[str, ...],
    everything: bool,
    style: str | None,
    output: Path | None,
    asked: Asked,
) -> None:
    """假设少一家或多一家企业，发现会怎样变。

    What would change in the findings without a firm, or with a firm in a node. Nothing is written anywhere.
    """
    from kg.gaps import findings
    from kg.gaps.comparing import spans_of
    from kg.gaps.supposing import suppose
    from kg.names import CERTAIN, find, resolve

    if not without and not with_:
        raise KgError(
            Words("没有假设。", "Nothing is supposed."),
            Words(
                "请用 --without 企业 或 --with 节点=企业。",
                "Use --without FIRM or --with NODE=FIRM.",
            ),
        )
    lang = asked.lang
    graph, survey, teller = survey_of(asked, (), everything)
    checked = {s.firm for s in survey.statements}
    gone = [name if name in checked else _firm(graph, survey, name) for name in without]
    come: list[tuple[str, str]] = []
    for pair in with_:
        name, equals, firm = pair.replace("＝", "=").partition("=")
        if not equals or not firm.strip() or not name.strip():
            raise KgError(
                Words(f"无法读取“{pair}”。", f'Cannot read "{pair}".'),
                Words("写成 --with 节点=企业。", "Write --with NODE=FIRM."),
            )
        node = resolve(graph, name.strip(), KINDS)
        if node not in survey.nodes:
            raise KgError(
                Words(
                    f"“{teller.label(node)}”不在任何一条链上。",
                    f'"{teller.label(node)}" is in no chain.',
                ),
                Words(
                    "请给出链上的产品、技术或服务。",
                    "Name a product, technology or service of a chain.",
                ),
            )
        firm = firm.strip()
        if any(h.why in CERTAIN for h in find(graph, firm)):
            come.append((node, _firm(graph, survey, firm, MAKERS)))
            continue
        come.append((node, firm))
        said = Words(
            f"图谱中没有“{firm}”，按新企业假设。",
            f'The graph has no "{firm}": it is taken for a new firm.',
        )
        say(said.pick(lang))
    then = suppose(survey, gone, come)
    before = told(teller, findings(survey))
    after = told(teller.about(then), findings(then))
    both = spans_of(survey), spans_of(then)
    put_changes(before, after, both, teller, style, output, "what-if")


def _firm(graph: Graph, survey: Survey, name: str, kinds: tuple[str, ...] = ACTORS) -> str:
    """The IRI of the one firm or body that `name` means. KgError for another kind of thing, and for a kind of firm."""
    from kg.names import resolve

    iri = resolve(graph, name, kinds)
    thing = survey.facts.things.get(iri)
    if thing is None or thing.kind not in kinds or thing.generic:
        raise KgError(
            Words(f"“{name}”不是某一家企业或机构。", f'"{name}" is not one firm or body.'),
            Words("请给出企业名称；kg find 可查找。", "Name a firm; kg find looks it up."),
        )
    return iri
