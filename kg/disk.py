"""Files written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def write_atomic(path: Path, data: str | bytes) -> None:
    """`data` (text as UTF-8 with \\n) is in `path` completely, or the old file still is.

    A plain write under kill -9 leaves torn files; temporary file, fsync and replace do not.
    """
    import tempfile

    raw = data.encode("utf-8") if isinstance(data, str) else data
    # A link is followed; a pipe or a device is written to and never replaced.
    path = path.resolve()
    if path.exists() and not path.is_file():
        path.write_bytes(raw)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    # mkstemp makes files that only their owner reads; a page on a share is for everybody.
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o644
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(raw)
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
