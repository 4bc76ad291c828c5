"""The one seam to the data: files in memory, a compiled store on disk, or a remote SPARQL endpoint.

Whatever lies behind, a `Graph` answers the same SPARQL 1.1 with pyoxigraph's result objects.
"""

from __future__ import annotations

from kg.graph.compiled import open_compiled
from kg.graph.files import data_files, load_files, load_snapshot
from kg.graph.remote import RemoteGraph
from kg.graph.seam import Graph, LocalGraph, Term

__all__ = [
    "Graph",
    "LocalGraph",
    "RemoteGraph",
    "Term",
    "data_files",
    "load_files",
    "load_snapshot",
    "open_compiled",
    "open_graph",
]


def open_graph(data: str | None = None, store: str | None = None, compile: bool = True) -> Graph:
    """The graph the user means: `store` (URL of a SPARQL endpoint), else the files in `data`, else our own.

    Local data comes from the compiled store, which is rebuilt when a source changes. Without `compile` changed data is
    read into memory instead: a command that reads everything once is done sooner.
    Raises KgError when files do not parse or the endpoint does not answer.
    """
    if store:
        return RemoteGraph(store)
    return open_compiled(data_files(data), compile)
