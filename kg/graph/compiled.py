"""A store on disk, compiled from the Turtle files and keyed by their content.

It opens in milliseconds at any size, is rebuilt when a source changes, and can be deleted at any time.
"""

from __future__ import annotations

import time
import zlib
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox

from kg import assets
from kg.disk import write_atomic
from kg.graph.files import load_files, load_into
from kg.graph.seam import LocalGraph

# Raise when what is stored beside the triples changes, so that old stores are not read.
FORMAT = "3"
_MADE_BY = f"{FORMAT} {ox.__version__}"
# Old stores kept, so that switching between two data folders does not rebuild each time.
KEEP = 4


def key_of(paths: list[Path]) -> str:
    """32 hex digits that change with the name or content of any source, or with the store's format.

    Files that look untouched since the last time (path, size, time, inode, as make does it) are not read again:
    hashing them is a tenth of a quick command's time.
    """
    stats = [(p, p.stat()) for p in paths]
    looks = (
        repr([(str(p), s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino) for p, s in stats])
        + _MADE_BY
    )
    note = assets.cache() / f"look-{zlib.crc32(looks.encode()):08x}.txt"
    with suppress(OSError, ValueError):
        seen, key = note.read_text("utf-8").split("\n")
        if seen == looks:
            return key
    import hashlib

    digest = hashlib.blake2b(_MADE_BY.encode(), digest_size=16)
    for path in paths:
        raw = path.read_bytes()
        digest.update(f"\0{path.name}\0{len(raw)}\0".encode())
        digest.update(raw)
    key = digest.hexdigest()
    with suppress(OSError):
        write_atomic(note, f"{looks}\n{key}")
    return key


def open_compiled(paths: list[Path], compile: bool = True) -> LocalGraph:
    """The graph of `paths` from the compiled store, built first where there is none (read into memory without `compile`).

    Where the cache cannot be written (full disk, read-only home) the files are parsed into memory instead:
    slower, the same answers. Raises KgError when a file does not parse.
    """
    source = str(paths[0].parent)
    key = key_of(paths)
    home = assets.cache() / key
    for _ in range(2):
        if not home.is_dir():
            if not compile:
                return load_files(paths)
            try:
                _build(home, paths)
            except OSError:
                return load_files(paths)
        try:
            return LocalGraph(ox.Store.read_only(str(home)), source, key)
        except (OSError, ValueError, RuntimeError):
            # Torn by another version or a full disk: it is only a cache.
            _remove(home)
    return load_files(paths)


def _remove(folder: Path) -> None:
    # Imported where needed: an open store must not pay for building one.
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def _build(home: Path, paths: list[Path]) -> None:
    import tempfile

    home.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=home.parent, prefix=".build-"))
    try:
        store = ox.Store(str(work / "store"))
        for path in paths:
            load_into(store, path)
        store.optimize()
        store.flush()
        del store
        try:
            Path(work / "store").rename(home)
        except OSError:
            # Another process was first; its store has the same content.
            if not home.is_dir():
                raise
    finally:
        _remove(work)
    _forget_old(home)


def _forget_old(current: Path) -> None:
    stores = [p for p in current.parent.iterdir() if (p / "CURRENT").is_file()]
    stores.sort(key=lambda p: p.stat().st_mtime, reverse=True)
    # Builds that were killed more than a day ago.
    for torn in current.parent.glob(".build-*"):
        if time.time() - torn.stat().st_mtime > 86_400:
            _remove(torn)
    for old in [p for p in stores if p != current][KEEP - 1 :]:
        _remove(old)
        for beside in current.parent.glob(f"{old.name}-*"):
            beside.unlink(missing_ok=True)
