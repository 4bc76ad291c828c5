"""The atlas of a city's industry chains: a sourced RDF graph, its queries, gaps and pictures."""

from __future__ import annotations

__version__ = "0.1.0"
