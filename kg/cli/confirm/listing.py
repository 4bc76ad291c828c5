"""The list of what was recorded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kg.chain import WORDS
from kg.cli.options import chosen_style, put, put_rows, say
from kg.graph import open_graph
from kg.statements import State, read_statements
from kg.statements.values import is_iri
from kg.table import as_json
from kg.vocab import compact
from kg.words import Words

STATES: dict[State, Words] = {
    "valid": Words("有效", "valid"),
    "expired": Words("已过期", "expired"),
    "partial": Words("未覆盖全市", "not the whole city"),
    "future": Words("尚未到核查日", "not yet checked"),
}
HEAD = Words(
    "编号,环节,结论,状态,地区,方法,核查人,核查日,有效至,企业,备注,文件",
    "id,node,verdict,state,region,method,by,checked on,valid until,firm,note,file",
)


def show(
    workspace: Path,
    today: date,
    style: str | None,
    output: Path | None,
    data: str | None,
    store: str | None,
    lang: str,
) -> int:
    """The statements of the workspace as rows; the exit code: 1 when a file could not be read."""
    statements, findings = read_statements(workspace)
    graph = open_graph(data, store)
    # A firm that is only a name stands for itself.
    iris = {i for s in statements for i in (s.scope, s.region, s.firm) if is_iri(i)}
    label = {i: compact(i) for i in iris} | graph.labels(sorted(iris), lang)
    if chosen_style(style, output) == "json":
        told = [
            {
                "id": s.id,
                "scope": s.scope,
                "scope_label": label[s.scope],
                "verdict": s.verdict,
                "state": s.state(today),
                "region": s.region,
                "region_label": label[s.region],
                "method": s.method,
                "by": s.by,
                "checked_on": s.checked_on.isoformat(),
                "valid_until": s.valid_until.isoformat(),
                "firm": s.firm,
                "firm_label": label.get(s.firm, s.firm),
                "note": s.note,
                "path": s.path,
            }
            for s in statements
        ]
        put(as_json(told), output)
    else:
        rows = [
            [
                s.id,
                label[s.scope],
                WORDS[s.verdict].pick(lang),
                STATES[s.state(today)].pick(lang),
                label[s.region],
                s.method,
                s.by,
                s.checked_on.isoformat(),
                s.valid_until.isoformat(),
                label.get(s.firm, s.firm),
                s.note,
                s.path,
            ]
            for s in statements
        ]
        put_rows(HEAD.pick(lang).split(","), rows, style, output, "confirm")
    if not statements and not findings:
        say(Words("还没有核查记录。", "Nothing has been recorded yet.").pick(lang))
    for f in findings:
        stop = Words("。", ". ").pick(lang)
        say(f"{f.place}: {f.what.pick(lang)}{stop}{f.next_step.pick(lang)}")
    return 1 if findings else 0
