"""Reading viz/pages.toml: every word in it is checked, and a mistake is told with its entry and the next step."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, NoReturn

from kg.errors import KgError
from kg.graph import Graph
from kg.site.five.entries import COLUMNS, MAPS, SETS, Known, List, Map, Pages, Pick, Step
from kg.vocab import CLASSES, PREFIXES, STATUSES
from kg.words import LANGS, Words

_SIDES = ("out", "in")
_TEXTS = ("title", "what", "rests", "lacks")
_LIST_KEYS = ("page", "set", *_TEXTS, "kinds", "sorts", "named", "columns", "claims")
_CLAIM_KEYS = ("side", "predicates", "statuses", "wishes")
_COLUMN_KEYS = ("title", "predicates", "statuses", "wishes")
_PAGE = re.compile(r"list(-[a-z0-9]+)+")


def known_words(graph: Graph) -> Known:
    """The predicates, sorts and wishes that the vocabulary in `graph` defines."""

    def local(query: str) -> frozenset[str]:
        return frozenset(re.split("[#/]", row[0])[-1] for row in graph.texts(query))

    word = 'SELECT ?w WHERE {{ ?w a ic:Word FILTER(STRSTARTS(STR(?w), "{}")) }}'
    return Known(
        local("SELECT ?p WHERE { ?p rdfs:subPropertyOf ic:link }"),
        local(word.format(PREFIXES["kind"])),
        local(word.format(PREFIXES["wish"])),
    )


def read_pages(path: Path, known: Known) -> Pages:
    """The maps and lists that `path` describes. KgError names the file, the entry and the next step."""
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as fault:
        raise KgError(
            Words(f"无法读取 {path}：{fault}。", f"Cannot read {path}: {fault}."),
            Words("请另存为 UTF-8 文本。", "Save it as UTF-8 text."),
        ) from None
    except tomllib.TOMLDecodeError as fault:
        raise KgError(
            Words(f"{path} 的写法有误：{fault}。", f"{path} is not well formed: {fault}."),
            Words(
                "请看所指的行：引号、逗号、括号是否成对。",
                "Look at that line: quotation marks, commas, brackets.",
            ),
        ) from None
    reader = _Reader(path, known)
    return reader.pages(data)


class _Reader:
    """Reads the tables of one file; `at` is the entry at hand, as errors call it."""

    def __init__(self, path: Path, known: Known) -> None:
        self.path, self.known, self.at = path, known, ""

    def fail(self, zh: str, en: str, next_zh: str, next_en: str) -> NoReturn:
        """Says what is wrong with the entry at hand."""
        raise KgError(
            Words(f"{self.path}，{self.at}：{zh}。", f"{self.path}, {self.at}: {en}."),
            Words(next_zh, next_en),
        )

    def pages(self, data: Mapping[str, Any]) -> Pages:
        """The whole file."""
        self.at = "top"
        self.only(data, ("map", "list", "roadmap", "applications", "routes"))
        maps = [self.one_map(n, t) for n, t in enumerate(self.tables(data, "map"), start=1)]
        for page in MAPS:
            if page not in {m.page for m in maps}:
                self.at = "[[map]]"
                self.fail(f"没有 {page}", f"{page} is missing", "请补上。", "Add it.")
        lists: list[List] = []
        for n, table in enumerate(self.tables(data, "list"), start=1):
            one = self.one_list(n, table)
            if one.page in {x.page for x in lists}:
                self.fail(
                    "这个 page 已经用过",
                    "another list has this page",
                    "请换一个名字。",
                    "Choose another name.",
                )
            lists.append(one)
        self.at = "[roadmap]"
        road = self.table(data, "roadmap")
        self.only(road, ("kinds", "predicates", "column"))
        steps = []
        for n, table in enumerate(self.tables(road, "column"), start=1):
            self.at = f"[[roadmap.column]] {n}"
            self.only(table, _COLUMN_KEYS)
            steps.append(
                Step(
                    self.words(table, "title"),
                    self.names(table, "predicates", self.known.predicates),
                    self.names(table, "statuses", STATUSES),
                    self.names(table, "wishes", self.known.wishes),
                )
            )
        self.at = "[roadmap]"
        roadmap, kinds = self.pick({"side": "in", **_without(road)}), self.kinds(road)
        self.at = "[applications]"
        uses = self.table(data, "applications")
        self.only(uses, ("kinds", "predicates"))
        self.at = "[routes]"
        routes = self.table(data, "routes")
        self.only(routes, ("regions",))
        return Pages(
            tuple(maps),
            tuple(lists),
            roadmap,
            kinds,
            tuple(steps),
            self.pick({"side": "out", **_without(uses)}),
            self.kinds(uses),
            tuple(self.region(c) for c in self.texts(routes, "regions")),
        )

    def one_map(self, number: int, table: Mapping[str, Any]) -> Map:
        """The entry of a map."""
        self.at = f"[[map]] {number}"
        self.only(table, ("page", *_TEXTS))
        page = self.one_of(str(table.get("page", "")), MAPS, "page")
        return Map(page, *self.about(table))

    def one_list(self, number: int, table: Mapping[str, Any]) -> List:
        """The entry of a list."""
        page = table.get("page")
        self.at = f"[[list]] {number}" + (f" ({page})" if page else "")
        if not isinstance(page, str) or not _PAGE.fullmatch(page):
            self.fail(
                "page 应以 list- 开头，只用小写字母、数字和连字符",
                "page must be list- and small letters, digits, hyphens",
                '例如 page = "list-brands"。',
                'For example page = "list-brands".',
            )
        self.only(table, _LIST_KEYS)
        named = table.get("named")
        if named is not None and not isinstance(named, bool):
            self.fail(
                "named 应为 true 或 false",
                "named must be true or false",
                "两者都要时删去这一行。",
                "Leave it out for both.",
            )
        claims = self.tables(table, "claims")
        columns = self.texts(table, "columns")
        for key, rows in (("claims", claims), ("columns", columns)):
            if not rows:
                self.fail(
                    f"没有 {key}", f"{key} is missing", f"请补上 {key} = […]。", f"Add {key} = […]."
                )
        for column in columns:
            self.one_of(column, COLUMNS, "columns")
        return List(
            page,
            *self.about(table),
            self.one_of(str(table.get("set", "more")), SETS, "set"),
            self.kinds(table),
            self.names(table, "sorts", self.known.sorts),
            named,
            tuple(columns),
            tuple(self.pick(c) for c in claims),
        )

    def about(self, table: Mapping[str, Any]) -> tuple[Words, Words, Words, Words]:
        """What an entry says of itself."""
        title, what, rests, lacks = (self.words(table, key) for key in _TEXTS)
        return title, what, rests, lacks

    def pick(self, table: Mapping[str, Any]) -> Pick:
        """One selection of claims."""
        self.only(table, _CLAIM_KEYS)
        side = self.one_of(str(table.get("side", "")), _SIDES, "side")
        predicates = self.names(table, "predicates", self.known.predicates)
        if not predicates:
            self.fail(
                "没有 predicates", "predicates is missing", "请写明谓词。", "Name the predicates."
            )
        return Pick(
            side,
            predicates,
            self.names(table, "statuses", STATUSES),
            self.names(table, "wishes", self.known.wishes),
        )

    def kinds(self, table: Mapping[str, Any]) -> frozenset[str]:
        """The classes of an entry; none stands for any."""
        return self.names(table, "kinds", CLASSES)

    def region(self, curie: str) -> str:
        """The IRI of a place."""
        prefix, _, local = curie.partition(":")
        if prefix not in ("actor", "item") or not local:
            self.fail(
                f"“{curie}”不是对象",
                f'"{curie}" is not a thing',
                "例如 actor:guangzhou。",
                "For example actor:guangzhou.",
            )
        return PREFIXES[prefix] + local

    def only(self, table: Mapping[str, Any], keys: Collection[str]) -> None:
        """Complains of a key that nothing reads: most often a slip of the pen."""
        for key in table:
            self.one_of(key, keys, "")

    def one_of(self, name: str, known: Collection[str], key: str) -> str:
        """`name`, which is one of `known`."""
        if name not in known and known:
            near = difflib.get_close_matches(name, sorted(known), 3, 0.5)
            where = f"{key} " if key else ""
            self.fail(
                f"{where}不认得“{name}”",
                f'{where}does not know "{name}"',
                f"{'最接近：' if near else '可用：'}{'、'.join(near or sorted(known))}。",
                f"{'Nearest' if near else 'There are'}: {', '.join(near or sorted(known))}.",
            )
        return name

    def names(self, table: Mapping[str, Any], key: str, known: Collection[str]) -> frozenset[str]:
        """The words under `key`, all of them known."""
        return frozenset(self.one_of(n, known, key) for n in self.texts(table, key))

    def texts(self, table: Mapping[str, Any], key: str) -> list[str]:
        """The list of texts under `key`, empty where it is left out."""
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            self.fail(
                f"{key} 应为一串文字",
                f"{key} must be a list of texts",
                f'例如 {key} = ["…"]。',
                f'For example {key} = ["…"].',
            )
        return value

    def words(self, table: Mapping[str, Any], key: str) -> Words:
        """The text under `key` in both languages."""
        value = table.get(key)
        if not isinstance(value, dict) or set(value) != set(LANGS) or not all(value.values()):
            self.fail(
                f"{key} 要有中文和英文",
                f"{key} needs both languages",
                f'写成 {key} = {{ zh = "…", en = "…" }}。',
                f'Write {key} = {{ zh = "…", en = "…" }}.',
            )
        return Words(str(value["zh"]), str(value["en"]))

    def table(self, data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        """The table [key]."""
        value = data.get(key)
        if not isinstance(value, dict):
            self.at = "top"
            self.fail(f"没有 [{key}]", f"[{key}] is missing", "请补上。", "Add it.")
        return value

    def tables(self, data: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
        """The tables [[key]], in the order of the file."""
        value = data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            self.fail(
                f"{key} 应为一组表",
                f"{key} must be a list of tables",
                f"写成 [[{key}]]。",
                f"Write [[{key}]].",
            )
        return value


def _without(table: Mapping[str, Any]) -> dict[str, Any]:
    """What an entry says of claims."""
    return {k: v for k, v in table.items() if k in _CLAIM_KEYS}
