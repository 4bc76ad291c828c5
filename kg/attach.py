"""Where the user's own copy of a source document lies: kept in the workspace as plain text."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from kg.citation import Document, Passage, Source, passages, read_document, sources
from kg.disk import write_atomic
from kg.errors import KgError
from kg.graph import Graph
from kg.words import Words

FILE = "sources.toml"


@dataclass(frozen=True)
class Attachment:
    """What attaching found: the source, whether the text is the very one, and the passages by where they are now."""

    source: Source
    same: bool
    exact: list[Passage]
    moved: list[Passage]
    lost: list[Passage]


def attach(graph: Graph, path: Path, workspace: Path) -> Attachment:
    """Remembers that the graph's source lies at `path`, and tells how its passages fit.

    Nothing is written when not one passage is found: then it is another document, and KgError says so.
    """
    document = read_document(path)
    source = _only(graph)
    found: dict[str, list[Passage]] = {"exact": [], "moved": [], "lost": []}
    same = document.sha256 == source.sha256
    cited = list(passages(graph).values())
    # Another document is told by passages from all over the text, before each of 700 is looked for everywhere.
    sample = cited[:: max(1, len(cited) // 25)]
    if not same and all(document.anchor(p).where == "lost" for p in sample):
        cited = []
    for passage in cited:
        # The whole text has the right digest: every passage is where it was.
        found["exact" if same else document.anchor(passage).where].append(passage)
    if not found["exact"] and not found["moved"]:
        raise KgError(
            Words(
                f"{path} 不是《{source.label}》：抽查的引文一处也没有找到。",
                f"{path} is not “{source.label_en}”: none of the sampled passages is in it.",
            ),
            Words(
                "请换用该规划的纯文本全文。",
                "Attach the plain text of that plan.",
            ),
        )
    write_atomic(
        workspace / FILE,
        "# Where this user's copies of the source documents lie (kg source attach).\n"
        f"[[source]]\niri = {_toml(source.iri)}\npath = {_toml(str(path.resolve()))}\nsha256 = {_toml(document.sha256)}\n",
    )
    return Attachment(source, same, found["exact"], found["moved"], found["lost"])


def _toml(text: str) -> str:
    import json

    # A JSON string is a TOML basic string, save for DEL, which no path has.
    return json.dumps(text, ensure_ascii=False)


def _only(graph: Graph) -> Source:
    found = sources(graph)
    if len(found) != 1:
        raise KgError(
            Words(
                f"图谱中有 {len(found)} 份来源文件，需要恰好一份。",
                f"The graph cites {len(found)} source documents; exactly one is needed.",
            ),
            Words("请用 --data 指定数据。", "Choose the data with --data."),
        )
    return found[0]


def attached(workspace: Path) -> Document | None:
    """The attached document, or None when none is attached. KgError when the attached file is gone."""
    path = attached_path(workspace)
    return read_document(path) if path else None


def attached_path(workspace: Path) -> Path | None:
    """Where the attached document lies, or None. KgError when the record cannot be read."""
    record = workspace / FILE
    if not record.is_file():
        return None
    try:
        entries = tomllib.loads(record.read_text("utf-8")).get("source", [])
        return Path(entries[0]["path"]) if entries else None
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as fault:
        raise KgError(
            Words(f"{record} 无法读取：{fault}。", f"{record} cannot be read: {fault}."),
            Words(
                "请重新运行 kg source attach。",
                "Run kg source attach again.",
            ),
        ) from None
