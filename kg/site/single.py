"""One page as one file that can be sent: style, scripts and data inside, nothing that leads out of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from kg.errors import KgError
from kg.paint import hash_source, static, style_sheet, vis_bundle
from kg.site.atlas import Atlas
from kg.site.cards import card_page
from kg.site.contents import contents
from kg.site.sheets import Sheet
from kg.site.things import thing_page
from kg.words import Words

# What a file may weigh that is sent by chat or mail.
MOST = 1_000_000
# Pages of which there are many: each is made alone when it is asked for.
_MANY = re.compile(r"(?:query|plan)/|(?:card|thing)\.html")
_STYLE = re.compile(r'<link rel="?stylesheet"? href="?[^">]+"?>')
_SCRIPT = re.compile(r'<script src="?([^">\s]+)"?(?: defer)?></script>')
_POLICY = re.compile(r'<meta http-equiv="?Content-Security-Policy"? content="[^"]*">')
_NAV = re.compile(r"<nav\b.*?</nav>", re.DOTALL)
# The search box leads from page to page too.
_SEEK = re.compile(r'<div class="seek.*?</div>', re.DOTALL)
_LINK = re.compile(r'(<a\b[^>]*?) href=(?:"(?!#|https?:)[^"]*"|(?!"|#|https?:)[^\s>]*)')


def single_files(atlas: Atlas) -> Iterator[tuple[str, Callable[[], str]]]:
    """The pages of which there is one, or one for each chain: file name, and what makes it."""
    sheets = {s.path: s for s in contents(atlas)}
    for path in sheets:
        if path.endswith(".html") and not _MANY.match(path):
            yield path.replace("/", "-"), lambda p=path: single_file(atlas, p, sheets)  # type: ignore[misc]


def single_page(atlas: Atlas, path: str) -> str:
    """The page at `path` ("gaps.html", "thing.html?node/foil") as one file. KgError where the site has no such page."""
    sheets = {s.path: s for s in contents(atlas)}
    # A thing or a card is named behind the page that shows any of them.
    for iris, address, make in (
        (atlas.facts.things, atlas.page, thing_page),
        (atlas.cards, atlas.card, card_page),
    ):
        for iri in iris:
            if address(iri) == path:
                sheets[path] = Sheet(path, partial(make, atlas, iri))
    if path not in sheets or ".html" not in path:
        raise KgError(
            Words(f"网页中没有 {path}。", f"The site has no page {path}."),
            Words(
                "请写产业、环节、企业的名称，或网页地址，例如 gaps.html。",
                "Give the name of an industry, a segment or a firm, or an address like gaps.html.",
            ),
        )
    return single_file(atlas, path, sheets)


def single_file(atlas: Atlas, path: str, sheets: dict[str, Sheet]) -> str:
    """As `single_page`, where the sheets are at hand. KgError where the file would be too large to be sent."""
    made = sheets[path].make()
    page = enclose(made if isinstance(made, str) else made.decode(), atlas, sheets)
    if (size := len(page.encode())) > MOST:
        raise KgError(
            Words(
                f"{path} 作为单个文件有 {size} 字节，超过 {MOST}。",
                f"{path} as one file has {size} bytes, more than {MOST}.",
            ),
            Words("请改用 kg site -o 文件夹。", "Use kg site -o FOLDER instead."),
        )
    return page


def enclose(page: str, atlas: Atlas, sheets: dict[str, Sheet]) -> str:
    """The HTML `page` with all that it loads inside it, and without links to pages that are not beside it."""
    scripts: list[str] = []

    def inline(match: re.Match[str]) -> str:
        # Neither its end (in any case) nor a comment, behind which a further <script> would swallow the end.
        text = re.sub(r"<(?=/script|!--)", r"<\\", _source(match[1], sheets), flags=re.IGNORECASE)
        scripts.append(text)
        return f"<script>{text}</script>"

    page = _SEEK.sub("", _NAV.sub("", page, count=1), count=1)
    page = _LINK.sub(r"\1", page)
    page = page.replace("</main>", '</main><script src="assets/single.js"></script>', 1)
    page = _SCRIPT.sub(inline, page)
    page = _STYLE.sub(lambda _: f"<style>{style_sheet()}</style>", page, count=1)
    allowed = " ".join(dict.fromkeys(map(hash_source, scripts)))
    policy = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; "
        f"script-src {allowed}; base-uri 'none'; form-action 'none'"
    )
    return _POLICY.sub(
        lambda _: f'<meta http-equiv="Content-Security-Policy" content="{policy}">', page, count=1
    )


def _source(src: str, sheets: dict[str, Sheet]) -> str:
    """The text of a script, by its address on the page."""
    folder, _, name = src.rpartition("/")
    if folder.endswith("data"):
        # What every page of a site shares leads out of this one.
        if name == "page.js":
            return ""
        made = sheets[f"data/{name}"].make()
        return made if isinstance(made, str) else made.decode()
    if name == "vis-network.min.js":
        return vis_bundle().read_text("utf-8")
    # Search and tour lead from page to page.
    return "" if name in ("search.js", "tour.js") else static(name)
