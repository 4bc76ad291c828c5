"""Turtle files into a store in memory, all or nothing per file."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg import assets
from kg.errors import KgError
from kg.graph.seam import LocalGraph
from kg.words import Words

# Shapes are read by `kg check` only: as data they would put SHACL nodes among the city's things.
NOT_DATA = {"shapes.ttl"}


def data_files(folder: str | Path | None = None) -> list[Path]:
    """The Turtle files of `folder` (default: the project's data/), by name, without the SHACL shapes.

    Raises KgError where the folder is missing or holds no Turtle.
    """
    base = Path(folder) if folder else assets.folder("data")
    if not base.is_dir():
        raise KgError(
            Words(f"找不到数据文件夹 {base}。", f"There is no data folder {base}."),
            Words(
                "请检查 --data 后的路径。",
                "Check the path after --data.",
            ),
        )
    found = sorted(p for p in base.glob("*.ttl") if p.name not in NOT_DATA and p.is_file())
    if not found:
        raise KgError(
            Words(
                f"文件夹 {base} 中没有 .ttl 文件。",
                f"There is no .ttl file in {base}.",
            ),
            Words(
                "请把 Turtle 文件放入该文件夹，或省略 --data 使用自带数据。",
                "Put Turtle files there, or leave out --data to use the built-in data.",
            ),
        )
    return found


def load_into(
    store: ox.Store,
    path: Path,
    form: ox.RdfFormat = ox.RdfFormat.TURTLE,
    one_graph: bool = False,
) -> None:
    """The triples of one file are in `store`, or KgError with line and column and nothing is.

    With `one_graph` those of its named graphs go into the default graph.
    """
    try:
        if one_graph and form in (ox.RdfFormat.TRIG, ox.RdfFormat.N_QUADS):
            quads = list(ox.parse(path=str(path), format=form))
            store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
        else:
            store.bulk_load(path=str(path), format=form)
    except SyntaxError as fault:
        where = f"{path}:{fault.lineno}:{fault.offset}" if fault.lineno else str(path)
        why = " ".join(str(fault.msg).split())
        raise KgError(
            Words(
                f"{where}：不是有效的 Turtle：{why}。",
                f"{where}: not valid Turtle: {why}.",
            ),
            Words(
                "请修改该行；未载入任何内容。",
                "Mend that line; nothing was loaded.",
            ),
        ) from None
    except OSError as fault:
        raise KgError(
            Words(f"无法读取 {path}：{fault}。", f"Cannot read {path}: {fault}."),
            Words("请检查文件与权限。", "Check the file and its permissions."),
        ) from None


def load_files(paths: list[Path]) -> LocalGraph:
    """A graph in memory with all triples of `paths`. Raises KgError at the first file that does not parse."""
    store = ox.Store()
    for path in paths:
        load_into(store, path)
    return LocalGraph(store, ", ".join(str(p) for p in paths))


SNAPSHOTS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
}


def load_snapshot(path: Path) -> LocalGraph:
    """A graph in memory with all triples of an exported file, or of the Turtle files of a folder.

    Named graphs become part of the one graph. KgError when it is missing, of another kind, or does not parse.
    """
    if path.is_dir():
        return load_files(data_files(path))
    if path.suffix.lower() not in SNAPSHOTS:
        known = "、".join(SNAPSHOTS)
        raise KgError(
            Words(f"不认识的留存文件：{path}。", f"Unknown kind of snapshot: {path}."),
            Words(
                f"可用：.json、{known} 或数据文件夹。",
                f"Use .json, {known.replace('、', ', ')} or a data folder.",
            ),
        )
    store = ox.Store()
    load_into(store, path, SNAPSHOTS[path.suffix.lower()], one_graph=True)
    return LocalGraph(store, str(path))
