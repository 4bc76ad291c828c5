"""Where data/, queries/ and viz/ lie: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

import os
from pathlib import Path

from kg.errors import KgError
from kg.words import Words

_HERE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder `name` ("data", "queries" or "viz"). KgError where the installation lacks it."""
    for root in (_HERE.parent, _HERE / "share"):
        found = root / name
        if (found / _LANDMARK[name]).exists():
            return found
    raise KgError(
        Words(
            f"安装不完整：找不到文件夹 {name}/。",
            f"The installation is incomplete: no folder {name}/.",
        ),
        Words("请重新安装 kg。", "Install kg again."),
    )


# A file by which the right folder is told from any other of that name.
_LANDMARK = {"data": "vocab.ttl", "queries": "README.md", "viz": "README.md"}


def cache() -> Path:
    """The folder for compiled stores; everything in it can be deleted at any time.

    KG_CACHE/kg-atlas, else XDG_CACHE_HOME/kg-atlas, LOCALAPPDATA/kg-atlas (Windows) or ~/.cache/kg-atlas.
    """
    # A folder of our own, whatever KG_CACHE names: old stores in it are deleted.
    if own := os.environ.get("KG_CACHE"):
        return Path(own) / "kg-atlas"
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "kg-atlas"
