"""The pages of the atlas: an index, a matrix and a graph for each chain, a page for everything, search."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from kg.citation import Document
from kg.errors import KgError
from kg.gaps.feasibility import Skills
from kg.graph import Graph
from kg.names import index_of
from kg.paint import static, style_sheet, vis_bundle
from kg.site.atlas import Atlas
from kg.site.cards import card_page
from kg.site.entity import entity_page
from kg.site.evidence import evidence_page
from kg.site.gaps import gap_files, gaps_page, gaps_script
from kg.site.method import method_page
from kg.site.pages import chain_page, graph_page, index_page, names_script
from kg.statements import Statement
from kg.words import Words

# Written into every site, so that a folder is recognised as ours before it is replaced.
MARK = ".kg-site"


def build(
    graph: Graph,
    target: Path,
    lang: str,
    document: Document | None = None,
    progress: Callable[[int, int], None] = lambda done, all_: None,
    statements: Sequence[Statement] = (),
    today: date | None = None,
) -> int:
    """Writes all pages in `lang` to the folder `target` and returns their number.

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
    atlas = Atlas(graph, lang, document, statements, today)
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=target.parent, prefix=".site-"))
    try:
        count = _write_all(atlas, graph, work, progress)
        work.chmod(0o755)
        _swap(work, target)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return count


def _write_all(atlas: Atlas, graph: Graph, work: Path, progress: Callable[[int, int], None]) -> int:
    def put(name: str, text: str) -> None:
        path = work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")

    things = sorted(atlas.facts.things)
    total = 4 + 2 * len(atlas.chains) + len(things) + len(atlas.cards)
    put(MARK, "kg site\n")
    put("assets/atlas.css", style_sheet())
    for name in (
        "panel.js",
        "matrix.js",
        "graph.js",
        "search.js",
        "list.js",
        "evidence.js",
        "print.js",
    ):
        put(f"assets/{name}", static(name))
    shutil.copyfile(vis_bundle(), work / "assets" / "vis-network.min.js")
    put("assets/names.js", names_script(atlas, index_of(graph)))
    put("index.html", index_page(atlas))
    put("gaps.html", gaps_page(atlas))
    put("assets/gaps.js", gaps_script(atlas))
    for name, content in gap_files(atlas).items():
        (work / name).write_bytes(content)
    put("evidence.html", evidence_page(atlas))
    put("method.html", method_page(atlas))
    done = 4
    for chain in atlas.chains.values():
        put(f"{atlas.chain_path(chain.industry.iri)}.html", chain_page(atlas, chain))
        put(f"{atlas.chain_path(chain.industry.iri)}-graph.html", graph_page(atlas, chain))
        done += 2
        progress(done, total)
    skills = Skills(atlas.survey)
    rest = [
        *((atlas.page(i), partial(entity_page, atlas, i)) for i in things),
        *((atlas.card(i), partial(card_page, atlas, i, skills)) for i in atlas.cards),
    ]
    for name, page in rest:
        put(name, page())
        done += 1
        if done % 100 == 0 or done == total:
            progress(done, total)
    return total


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
