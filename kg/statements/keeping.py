"""The statements of a workspace: read, recorded, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.disk import write_atomic
from kg.errors import Finding, KgError
from kg.statements.form import MEND, finding, read_file, turtle_of
from kg.statements.values import Statement, faults, id_of
from kg.vocab import slug
from kg.words import Words

FOLDER, RETRACTED = "statements", "retracted"
_RIGHTS = Words("请检查工作区与权限。", "Check the workspace and its permissions.")
_REMOVE = Words("请删去其中一份。", "Remove one of the two.")


def read_statements(workspace: Path) -> tuple[list[Statement], list[Finding]]:
    """All statements of the workspace, by node and date, and what could not be read (kept aside; the rest goes on)."""
    read: dict[str, Statement] = {}
    findings: list[Finding] = []
    folder = workspace / FOLDER
    try:
        # Path.glob takes a folder that may not be read for an empty one.
        paths = sorted(p for p in folder.iterdir() if p.suffix == ".ttl")
    except FileNotFoundError:
        paths = []
    except OSError as fault:
        why = Words(f"无法读取：{fault.strerror}", f"cannot be read: {fault.strerror}")
        return [], [finding("error", folder, why, _RIGHTS)]
    for path in paths:
        statements, seen = read_file(path)
        findings += seen
        for s in statements:
            if s.id in read:
                twice = Words(
                    f"与 {read[s.id].path} 是同一条核查记录",
                    f"the same statement stands in {read[s.id].path}",
                )
                findings.append(finding("warning", path, twice, _REMOVE))
            else:
                read[s.id] = s
    return sorted(read.values(), key=lambda s: (s.scope, s.checked_on, s.id)), findings


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise KgError(
            Words(
                f"无法写入 {path}：{fault.strerror}。", f"Cannot write {path}: {fault.strerror}."
            ),
            Words("请检查工作区、磁盘空间与权限。", "Check the workspace, space and permissions."),
        ) from None


def write_statement(workspace: Path, statement: Statement) -> Path:
    """The file that now holds `statement`. KgError when the same statement is already there, or cannot be written."""
    again = Words("请改正后重新记录。", "Correct it and record it again.")
    for what in faults(statement):
        raise KgError(Words(f"未记录：{what.zh}。", f"Not recorded: {what.en}."), again)
    if id_of(statement) != statement.id:
        raise ValueError("make_statement gives a statement its id")
    known = [Path(s.path) for s in read_statements(workspace)[0] if s.id == statement.id]
    node = slug(statement.scope.rpartition("/")[2])
    name = f"{statement.checked_on}-{node}-{statement.verdict}-{statement.id[:8]}.ttl"
    path = workspace / FOLDER / name
    if known:
        raise KgError(
            Words(
                f"这条核查记录已经有了：{known[0]}。",
                f"This statement is already there: {known[0]}.",
            ),
            Words(
                f"如需更改，请先 kg confirm --retract {statement.id[:8]}。",
                f"To change it, first: kg confirm --retract {statement.id[:8]}",
            ),
        )
    if path.exists():
        raise KgError(
            Words(f"{path} 已存在但无法读取。", f"{path} is there and cannot be read."), MEND
        )
    with _writing(path):
        write_atomic(path, turtle_of(statement))
    return path


def retract(workspace: Path, id_prefix: str) -> Path:
    """Where the file of the one statement whose id begins with `id_prefix` now lies: statements/retracted/.

    KgError when none fits or several do, or when the file holds others too; then nothing is moved.
    """
    sought = id_prefix.strip().lower()
    statements = read_statements(workspace)[0]
    fits = [s for s in statements if sought and s.id.startswith(sought)]
    look = Words("用 kg confirm --list 查看编号。", "See the ids with kg confirm --list.")
    if not fits:
        raise KgError(
            Words(
                f"没有编号以“{id_prefix}”开头的核查记录。",
                f'No statement has an id beginning with "{id_prefix}".',
            ),
            look,
        )
    if len(fits) > 1:
        ids = ", ".join(s.id for s in fits)
        raise KgError(
            Words(
                f"“{id_prefix}”可指多条核查记录：{ids}。",
                f'"{id_prefix}" may mean several statements: {ids}.',
            ),
            Words("请多写几位编号。", "Give more digits of the id."),
        )
    path = Path(fits[0].path)
    if sum(s.path == fits[0].path for s in statements) > 1:
        raise KgError(
            Words(f"{path} 里还有别的核查记录。", f"{path} holds other statements too."),
            Words(
                "请在文件中删去这一条，或拆成几个文件。",
                "Delete this one in the file, or split the file.",
            ),
        )
    home = path.parent / RETRACTED
    free = (home / f"{path.stem}{f'-{n}' if n > 1 else ''}.ttl" for n in range(1, 1_000_000))
    with _writing(home):
        home.mkdir(parents=True, exist_ok=True)
        # Recorded and taken back once before: both are kept.
        target = next(p for p in free if not p.exists())
        path.rename(target)
    return target
