from __future__ import annotations

import shutil
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import assets
from kg.errors import KgError
from kg.graph import LocalGraph, RemoteGraph, data_files, load_files, open_compiled
from kg.graph.compiled import key_of

FIRMS = "SELECT ?f WHERE { ?f a ic:Firm } ORDER BY ?f"


def firms(graph: LocalGraph | RemoteGraph) -> list[str]:
    return [r[0].rpartition("/")[2] for r in graph.texts(FIRMS)]


def test_files_in_memory_and_the_compiled_store_answer_alike(tiny_files: list[Path]) -> None:
    assert firms(load_files(tiny_files)) == ["firm-b", "firm-c", "mill", "ore-firms"]
    assert firms(open_compiled(tiny_files)) == ["firm-b", "firm-c", "mill", "ore-firms"]


def test_a_changed_source_is_seen_at_once(tiny_files: list[Path]) -> None:
    assert len(firms(open_compiled(tiny_files))) == 4
    tiny = next(p for p in tiny_files if p.name == "tiny.ttl")
    tiny.write_text(
        tiny.read_text("utf-8")
        + '\nactor:firm-d a ic:Firm ; skos:prefLabel "丁厂"@zh , "Firm D"@en .\n',
        "utf-8",
    )
    assert "firm-d" in firms(open_compiled(tiny_files))


def test_the_compiled_store_can_be_deleted_or_torn_at_any_time(tiny_files: list[Path]) -> None:
    open_compiled(tiny_files)
    home = assets.cache() / key_of(tiny_files)
    shutil.rmtree(home)
    assert len(firms(open_compiled(tiny_files))) == 4
    for part in home.iterdir():
        part.write_bytes(b"torn") if part.is_file() else None
    assert len(firms(open_compiled(tiny_files))) == 4


def test_a_cache_that_cannot_be_written_costs_time_only(
    tiny_files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", "utf-8")
    monkeypatch.setenv("KG_CACHE", str(blocked / "cache"))
    assert len(firms(open_compiled(tiny_files))) == 4


def test_a_broken_file_is_named_with_its_line_and_nothing_is_loaded(tiny_files: list[Path]) -> None:
    tiny = next(p for p in tiny_files if p.name == "tiny.ttl")
    tiny.write_text("@prefix ic: <x> .\nic:a ic:b\n", "utf-8")
    with pytest.raises(KgError) as fault:
        load_files(tiny_files)
    assert "tiny.ttl:" in fault.value.what.zh
    with pytest.raises(KgError):
        open_compiled(tiny_files)


def test_a_folder_that_is_missing_or_empty_is_named(tmp_path: Path) -> None:
    for folder in (tmp_path / "none", tmp_path):
        with pytest.raises(KgError) as fault:
            data_files(folder)
        assert str(folder) in fault.value.what.en


def test_a_label_comes_in_the_language_asked_for_or_else_in_the_other(tiny: LocalGraph) -> None:
    mill = "https://w3id.org/cn-industry-chain/actor/mill"
    assert tiny.labels([mill], "zh") == {mill: "甲厂"}
    assert tiny.labels([mill, "https://w3id.org/none"], "en") == {mill: "Mill A"}


class Endpoint(BaseHTTPRequestHandler):
    """The SPARQL 1.1 Protocol over pyoxigraph: what any store behind --store does."""

    store: ox.Store

    def do_POST(self) -> None:
        from urllib.parse import parse_qs

        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        try:
            found = self.store.query(parse_qs(body)["query"][0])
        except SyntaxError as fault:
            self.send_error(400, str(fault).splitlines()[0])
            return
        if isinstance(found, ox.QueryTriples):
            kind, raw = "application/n-triples", found.serialize(format=ox.RdfFormat.N_TRIPLES)
        else:
            kind = "application/sparql-results+json"
            raw = found.serialize(format=ox.QueryResultsFormat.JSON)
        assert raw is not None
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def endpoint(tiny: LocalGraph):  # type: ignore[no-untyped-def]
    handler = type("Here", (Endpoint,), {"store": tiny.store})
    server = HTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/query"
    server.shutdown()
    server.server_close()


def test_a_remote_endpoint_answers_as_the_files_do(endpoint: str, tiny: LocalGraph) -> None:
    from kg.facts import read_facts
    from kg.names import find

    remote = RemoteGraph(endpoint)
    assert firms(remote) == firms(tiny)
    assert bool(remote.query("ASK { ?f a ic:Firm }"))
    assert len(list(remote.query("CONSTRUCT WHERE { ?f a ic:Firm }"))) == 4
    assert remote.labels(["https://w3id.org/cn-industry-chain/actor/mill"], "zh") == tiny.labels(
        ["https://w3id.org/cn-industry-chain/actor/mill"], "zh"
    )
    assert read_facts(remote).claims == read_facts(tiny).claims
    assert [h.label for h in find(remote, "jc")] == [h.label for h in find(tiny, "jc")]


def test_a_remote_endpoint_that_refuses_or_is_not_there_is_named(endpoint: str) -> None:
    with pytest.raises(KgError, match="not valid SPARQL"):
        RemoteGraph(endpoint).query("SELEKT")
    with pytest.raises(KgError, match="gave no result"):
        RemoteGraph("http://127.0.0.1:9/query").query("ASK {}")
    with pytest.raises(KgError, match="http"):
        RemoteGraph("ftp://x")


def test_only_our_own_stores_are_ever_deleted(
    tiny_files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "shared"))
    for n in range(8):
        (tmp_path / "shared" / f"thesis{n}").mkdir(parents=True)
        (tmp_path / "shared" / "kg-atlas" / f"notes{n}").mkdir(parents=True)
    tiny_file = next(p for p in tiny_files if p.name == "tiny.ttl")
    for n in range(6):
        tiny_file.write_text(tiny_file.read_text("utf-8") + f"# {n}\n", "utf-8")
        open_compiled(tiny_files)
    assert len(list((tmp_path / "shared").glob("thesis*"))) == 8
    assert len(list((tmp_path / "shared" / "kg-atlas").glob("notes*"))) == 8
    assert len(list((tmp_path / "shared" / "kg-atlas").glob("*/CURRENT"))) == 4


def test_an_address_that_is_none_is_named() -> None:
    with pytest.raises(KgError, match="gave no result"):
        RemoteGraph("http://localhost:abc/query").query("ASK {}")


def test_a_real_server_answers_every_question_as_the_files_do(
    graph: LocalGraph, tmp_path: Path
) -> None:
    """Oxigraph's own server with the real data behind --store."""
    import socket
    import subprocess
    import sys
    import time

    from kg.query import catalogue, run
    from kg.rows import materialise

    program = Path(sys.executable).with_name("oxigraph")
    merged = tmp_path / "all.ttl"
    merged.write_text("\n".join(p.read_text("utf-8") for p in data_files()), "utf-8")
    place = ["--location", str(tmp_path / "store")]
    subprocess.run([program, "load", *place, "--file", merged], check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [program, "serve-read-only", *place, "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        remote = RemoteGraph(f"http://127.0.0.1:{port}/query")
        for _ in range(100):
            try:
                remote.query("ASK {}")
                break
            except KgError:
                time.sleep(0.1)
        for question in catalogue():
            given = {p.name: p.example for p in question.parameters}
            here = materialise(run(question, graph, given))[1]
            there = materialise(run(question, remote, given))[1]
            # By value: a blank node's name differs, and no question shows one.
            assert sorted(map(repr, here)) == sorted(map(repr, there)), question.name
            assert here or question.name == "targets"
    finally:
        server.terminate()
        server.wait(10)
