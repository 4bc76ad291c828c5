"""Where a site is put together: beside the old one, from which unchanged files are taken over, then in its place."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from kg.errors import KgError
from kg.words import Words

# Written into every site, so that a folder is recognised as ours before it is replaced. Below its first line stands
# what each file rests on: a cache; without it everything is made anew.
MARK = ".kg-site"
_HEAD = "kg site 2"


def check_target(target: Path) -> None:
    """KgError when `target` must not be replaced: the current folder, or one that holds other files."""
    if target == Path.cwd():
        raise KgError(
            Words("不能写入当前文件夹。", "The current folder cannot be replaced."),
            Words("请给出一个新文件夹，例如 -o site。", "Name a new folder, for example -o site."),
        )
    if target.exists() and not (target / MARK).is_file() and any(target.iterdir()):
        raise KgError(
            Words(
                f"文件夹 {target} 里有别的文件。",
                f"The folder {target} holds other files.",
            ),
            Words("请换一个空文件夹。", "Choose an empty folder."),
        )


class Shelf:
    """A site that is being built. `put` writes a file, `keep` takes over the old one; `finish` shows it to readers."""

    def __init__(self, target: Path) -> None:
        check_target(target)
        self.target = target
        target.parent.mkdir(parents=True, exist_ok=True)
        self.work = Path(tempfile.mkdtemp(dir=target.parent, prefix=".site-"))
        self._old = _read(target / MARK)
        self._new: dict[str, str] = {}
        self._folders: set[Path] = set()

    def keep(self, name: str, key: str) -> bool:
        """Takes over the old file `name` where it rests on the same `key`; False where it must be made."""
        if self._old.get(name) != key:
            return False
        source, path = self.target / name, self._path(name)
        try:
            # Both sites have the file: nothing is copied, and the old site stays whole until it goes.
            os.link(source, path)
        except FileNotFoundError:
            return False
        except OSError:
            # A file system without links (a memory stick): a copy does as well.
            shutil.copyfile(source, path)
        self._new[name] = key
        return True

    def put(self, name: str, content: str | bytes, key: str = "") -> None:
        """Writes the file `name`, which rests on `key`."""
        self._path(name).write_bytes(content.encode() if isinstance(content, str) else content)
        if key:
            self._new[name] = key

    def finish(self) -> None:
        """Puts the new site in the place of the old one. KgError when something holds that; the old one then stays."""
        lines = [f"{key} {name}" for name, key in sorted(self._new.items())]
        self.put(MARK, "\n".join([_HEAD, *lines]) + "\n")
        self.work.chmod(0o755)
        _swap(self.work, self.target)

    def clear(self) -> None:
        """Takes away what was not finished."""
        shutil.rmtree(self.work, ignore_errors=True)

    def _path(self, name: str) -> Path:
        path = self.work / name
        if path.parent not in self._folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(path.parent)
        return path


def _read(mark: Path) -> dict[str, str]:
    """File → key of the site that is there; empty where there is none, or one of another version."""
    try:
        head, *lines = mark.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError, ValueError):
        return {}
    if head != _HEAD:
        return {}
    return {name: key for key, _, name in (line.partition(" ") for line in lines)}


def _swap(work: Path, target: Path) -> None:
    """`work` becomes `target`; what was there is moved aside first, put back if that fails, and deleted last."""
    old = work.with_name(work.name + ".old")
    try:
        if target.exists():
            target.rename(old)
        work.rename(target)
    except BaseException as fault:
        # Also on Ctrl-C: without this neither the old site nor the new one would be there.
        if old.exists() and not target.exists():
            old.rename(target)
        if not isinstance(fault, OSError):
            raise
        raise KgError(
            Words(
                f"无法更新 {target}：{fault.strerror}。",
                f"Cannot replace {target}: {fault.strerror}.",
            ),
            Words(
                "请关闭正在使用该文件夹的程序，或换一个文件夹；原有网页未受影响。",
                "Close what uses the folder, or choose another; the old pages are untouched.",
            ),
        ) from None
    shutil.rmtree(old, ignore_errors=True)
