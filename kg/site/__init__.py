"""The pages of the atlas, in Chinese and in English: built beside the old ones, then put in their place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from kg.assets import folder
from kg.paint import static, style_sheet, vis_bundle
from kg.site.atlas import Atlas
from kg.site.contents import contents
from kg.site.ground import Ground
from kg.site.keys import Keys
from kg.site.shelf import MARK, Shelf
from kg.words import LANGS

__all__ = ["MARK", "Built", "Ground", "build"]


class Built(NamedTuple):
    """How many pages a site has, and how many of its files were made and not taken over."""

    pages: int
    made: int


def build(
    ground: Ground,
    target: Path,
    langs: tuple[str, ...] = LANGS,
    progress: Callable[[int, int], None] = lambda done, all_: None,
) -> Built:
    """Writes all pages to the folder `target`; what has not changed since it was last built is taken over.

    The first of `langs` lies at its root, the other in a folder of its name; every page is linked to its twin.

    A reader never sees half a site: it is built beside `target` and then put in its place. The same data gives the
    same bytes. KgError when `target` is a folder of something else.
    """
    # A link is followed, so that what it points to is replaced and not the link.
    shelf = Shelf(target.resolve())
    try:
        keys = Keys(ground, langs)
        _put_assets(shelf)
        atlases = [Atlas(ground, lang, langs) for lang in langs]
        sheets = [(a.folder + s.path, s) for a in atlases for s in contents(a)]
        made = 0
        for done, (name, sheet) in enumerate(sheets, start=1):
            key = sheet.rests(keys)
            if not shelf.keep(name, key):
                shelf.put(name, sheet.make(), key)
                made += 1
            if done % 100 == 0 or done == len(sheets):
                progress(done, len(sheets))
        shelf.finish()
    finally:
        shelf.clear()
    return Built(sum(name.endswith(".html") for name, _ in sheets), made)


def _put_assets(shelf: Shelf) -> None:
    """Style sheet, scripts and vis-network: few, and faster written than compared."""
    shelf.put("assets/atlas.css", style_sheet())
    for path in sorted((folder("viz") / "static").glob("*.js")):
        shelf.put(f"assets/{path.name}", static(path.name))
    shelf.put("assets/vis-network.min.js", vis_bundle().read_bytes())
