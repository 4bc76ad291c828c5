"""The pages of the atlas, in Chinese and in English: built beside the old ones, then put in their place."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from kg.assets import folder
from kg.citation import Document
from kg.errors import KgError
from kg.graph import Graph
from kg.paint import static, style_sheet, vis_bundle
from kg.site.atlas import Atlas
from kg.site.contents import contents
from kg.site.ground import Ground
from kg.statements import Statement
from kg.words import LANGS, Words

# Written into every site, so that a folder is recognised as ours before it is replaced.
MARK = ".kg-site"


def build(
    graph: Graph,
    target: Path,
    langs: tuple[str, ...] = LANGS,
    document: Document | None = None,
    progress: Callable[[int, int], None] = lambda done, all_: None,
    statements: Sequence[Statement] = (),
    today: date | None = None,
) -> int:
    """Writes all pages to the folder `target` and returns their number.

    The first of `langs` lies at its root, the other in a folder of its name; every page is linked to its twin.
    `statements` are what staff checked; which of them hold is told by the day `today` (the machine's where None).

    A reader never sees half a site: it is built beside `target` and then put in its place. The same data gives the
    same bytes. With `document` the pages show the cited passages. KgError when `target` is a folder of something else.
    """
    # A link is followed, so that what it points to is replaced and not the link.
    target = target.resolve()
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
    ground = Ground(graph, document, statements, today)
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=target.parent, prefix=".site-"))
    try:
        count = _write_all([Atlas(ground, lang, langs) for lang in langs], work, progress)
        work.chmod(0o755)
        _swap(work, target)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return count


def _write_all(atlases: list[Atlas], work: Path, progress: Callable[[int, int], None]) -> int:
    """Writes every file and returns how many of them are pages."""
    known: set[Path] = set()

    def put(name: str, content: str | bytes) -> None:
        path = work / name
        if path.parent not in known:
            path.parent.mkdir(parents=True, exist_ok=True)
            known.add(path.parent)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    put(MARK, "kg site\n")
    put("assets/atlas.css", style_sheet())
    for path in sorted((folder("viz") / "static").glob("*.js")):
        put(f"assets/{path.name}", static(path.name))
    shutil.copyfile(vis_bundle(), work / "assets" / "vis-network.min.js")
    sheets = [(a.folder, s) for a in atlases for s in contents(a)]
    for done, (where, sheet) in enumerate(sheets, start=1):
        put(where + sheet.path, sheet.make())
        if done % 100 == 0 or done == len(sheets):
            progress(done, len(sheets))
    return sum(s.path.endswith(".html") for _, s in sheets)


def _swap(work: Path, target: Path) -> None:
    """`work` becomes `target`; what was there is moved aside first, put back if that fails, and deleted last."""
    old = work.with_name(work.name + ".old")
    try:
        if target.exists():
            target.rename(old)
        work.rename(target)
    except OSError as fault:
        if old.exists() and not target.exists():
            old.rename(target)
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
