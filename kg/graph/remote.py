"""A graph behind a SPARQL 1.1 endpoint: the way out when one machine is too small."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from kg.errors import KgError
from kg.graph.seam import Graph, broken_query
from kg.vocab import PREFIXES
from kg.words import Words

# As long as a person waits for an answer before thinking that nothing happens.
TIMEOUT_SECONDS = 60
_HEADER = "".join(f"PREFIX {p}: <{iri}>\n" for p, iri in PREFIXES.items())


class RemoteGraph(Graph):
    """Asks `url` by the SPARQL 1.1 Protocol (query via POST, form encoded)."""

    def __init__(self, url: str) -> None:
        if not url.startswith(("http://", "https://")):
            raise KgError(
                Words(
                    f"--store 需要 http(s) 地址，而不是 {url}。",
                    f"--store takes an http(s) address, not {url}.",
                ),
                Words(
                    "例如：--store http://localhost:7878/query",
                    "For example: --store http://localhost:7878/query",
                ),
            )
        self.source = url

    def query(self, sparql: str) -> Any:
        """As `Graph.query`, with one request to the endpoint."""
        # Imported here: a local command must not pay for them at every start.
        import http.client
        import urllib.error
        import urllib.parse
        import urllib.request

        body = urllib.parse.urlencode({"query": _HEADER + sparql}).encode()
        request = urllib.request.Request(
            self.source,
            data=body,
            headers={
                "Content-Type": "application/x-www-form-urlencoded",
                "Accept": "application/sparql-results+json, application/n-triples;q=0.9",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
                raw = answer.read()
                kind = answer.headers.get_content_type()
        except urllib.error.HTTPError as fault:
            text = fault.read(2000).decode("utf-8", "replace")
            if fault.code == 400:
                raise broken_query(text) from None
            raise self._silent(f"HTTP {fault.code} {text}") from None
        except (OSError, http.client.HTTPException, ValueError) as fault:
            raise self._silent(str(getattr(fault, "reason", fault))) from None
        try:
            if kind == "application/sparql-results+json":
                # Read whole here: pyoxigraph parses lazily, and a broken answer must not surface elsewhere.
                found = ox.parse_query_results(raw, format=ox.QueryResultsFormat.JSON)
                if isinstance(found, ox.QuerySolutions):
                    list(found)
                    found = ox.parse_query_results(raw, format=ox.QueryResultsFormat.JSON)
                return found
            return iter([q.triple for q in ox.parse(raw, format=ox.RdfFormat.N_TRIPLES)])
        except (SyntaxError, ValueError) as fault:
            raise self._silent(f"{kind}: {fault}") from None

    def _silent(self, why: str) -> KgError:
        one = " ".join(why.split())[:300]
        return KgError(
            Words(
                f"SPARQL 端点 {self.source} 没有给出结果：{one}。",
                f"The SPARQL endpoint {self.source} gave no result: {one}.",
            ),
            Words(
                "请确认服务已启动、地址正确（通常以 /query 或 /sparql 结尾）。",
                "Check that it runs and that the address is right (it usually ends in /query or /sparql).",
            ),
        )

    def labels(self, iris: Iterable[str], lang: str) -> dict[str, str]:
        """As `Graph.labels`, with one request for 200 IRIs."""
        wanted = sorted(set(iris))
        found: dict[str, str] = {}
        for start in range(0, len(wanted), 200):
            values = " ".join(f"<{iri}>" for iri in wanted[start : start + 200])
            rows = self.select(
                "SELECT ?thing ?label WHERE { VALUES ?thing { "
                + values
                + " } ?thing skos:prefLabel|rdfs:label ?label }"
            )
            for thing, label in rows:
                assert isinstance(thing, ox.NamedNode) and isinstance(label, ox.Literal)
                if thing.value not in found or label.language == lang:
                    found[thing.value] = label.value
        return found
