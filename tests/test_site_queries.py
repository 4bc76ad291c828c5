"""The catalogue as pages: every file in queries/ is a page with the answer of its example."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from conftest import SIZES, Opened, put_assets

from kg.errors import KgError
from kg.graph import LocalGraph, load_files
from kg.query import catalogue, run
from kg.rows import as_text, materialise
from kg.site.atlas import Atlas
from kg.site.ground import Ground
from kg.site.keys import Keys
from kg.site.queries import MOST, query_page, query_sheets

BOTH = ("zh", "en")
HEADER = "#+ summary: {zh: 试一试, en: A try}\n#+ tags: [chain, own]\n"


class Tables(HTMLParser):
    """The rows of the table of class `answer`: text and link of every cell."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[list[str]]] = []
        self._inside = self._cell = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            self._inside = "answer" in (given.get("class") or "").split()
        elif self._inside and tag == "tr":
            self.rows.append([])
        elif self._inside and tag in ("td", "th"):
            self._cell = True
            self.rows[-1].append(["", ""])
        elif self._cell and tag == "a":
            self.rows[-1][-1][1] = given.get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._cell = False
        elif tag == "table":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._cell:
            self.rows[-1][-1][0] += data

    def texts(self) -> list[list[str]]:
        return [[text for text, _ in row] for row in self.rows]


@pytest.fixture(scope="module")
def ground(graph: LocalGraph) -> Ground:
    return Ground(graph)


def pages(ground: Ground, lang: str, extra: Path | None = None) -> dict[str, str]:
    found = {}
    for sheet in query_sheets(Atlas(ground, lang, BOTH), extra):
        made = sheet.make()
        assert isinstance(made, str)
        found[sheet.path] = made
    return found


def own(folder: Path, sparql: str, header: str = HEADER, name: str = "mine") -> Path:
    (folder / f"{name}.rq").write_text(header + sparql, "utf-8")
    return folder


@pytest.mark.parametrize("lang", BOTH)
def test_the_page_of_every_question_has_the_rows_that_the_command_prints(
    ground: Ground, lang: str
) -> None:
    made = pages(ground, lang)
    for question in catalogue():
        given = {p.name: p.example for p in question.parameters if p.example}
        head, rows = materialise(run(question, ground.graph, given))
        # A column that is there in both languages is shown in the reader's.
        own_columns = [
            h for h in head if not (h.endswith("_en") if lang == "zh" else f"{h}_en" in head)
        ]
        at = [head.index(h) for h in own_columns]
        wanted = [[row[i] for i in at] for row in as_text(ground.graph, rows, lang)]
        page = made[f"query/{question.name}.html"]
        shown = Tables(page).texts()
        assert shown[0] == [question.columns[h].pick(lang) for h in own_columns]
        assert shown[1:] == wanted[:MOST], question.name
        for text in (question.example, question.summary.pick(lang), str(len(rows))):
            assert html.escape(text, quote=False) in page
        for parameter in question.parameters:
            assert f"--{parameter.name.replace('_', '-')}" in page
            assert parameter.help.pick(lang) in page


def test_the_sparql_on_the_page_is_that_of_the_file_and_runs_as_it_stands(ground: Ground) -> None:
    made = pages(ground, "zh")
    for question in catalogue():
        shown = re.search(
            r'<code id="sparql">(.*?)</code>', made[f"query/{question.name}.html"], re.S
        )
        assert shown
        sparql = html.unescape(shown[1])
        assert sparql in question.text and "#+" not in sparql
        ground.graph.query(sparql)


def test_a_value_that_is_a_thing_leads_to_its_page_and_a_passage_to_its_place(
    ground: Ground,
) -> None:
    atlas = Atlas(ground, "zh", BOTH)
    rows = Tables(query_page(atlas, "where-said")).rows[1:]
    known = {f"../{atlas.page(i)}" for i in ground.facts.things}
    assert {row[1][1] for row in rows} | {row[3][1] for row in rows} <= known
    assert all(row[0][1].startswith("../plan/") for row in rows)
    assert {row[2][1] for row in rows} == {""}


def test_a_dropped_in_file_is_a_page_and_a_row_of_the_list(
    tiny: LocalGraph, tmp_path: Path
) -> None:
    own(
        tmp_path,
        "SELECT ?firm ?made ?note WHERE { ?firm ic:makes ?made BIND('<b>' AS ?note) }",
        HEADER + "#+ columns: {firm: {zh: 企业, en: firm}}\n",
    )
    made = pages(Ground(tiny), "en", tmp_path)
    assert Tables(made["query/mine.html"]).rows == [
        [["firm", ""], ["made", ""], ["note", ""]],
        [
            ["Mill A", "../thing.html?actor/mill"],
            ["Aluminium foil", "../thing.html?node/foil"],
            ["<b>", ""],
        ],
    ]
    assert '<a href="query/mine.html">A try</a>' in made["queries.html"]
    # A topic of somebody's own stands as it was written.
    assert '<option value="own">own (1)</option>' in made["queries.html"]
    assert "<b>&lt;b" not in made["query/mine.html"] and "&lt;b&gt;" in made["query/mine.html"]


def test_at_most_200_rows_are_shown_and_the_total_is_told(ground: Ground, tmp_path: Path) -> None:
    own(tmp_path, "SELECT ?p WHERE { ?p a ic:Product } ORDER BY ?p")
    page = query_page(Atlas(ground, "zh", BOTH), "mine", tmp_path)
    total = len(ground.graph.select("SELECT ?p WHERE { ?p a ic:Product }"))
    assert total > MOST == len(Tables(page).rows) - 1
    assert f"{total} 行，只列前 200 行" in page


@pytest.mark.parametrize(
    ("sparql", "wanted"),
    [
        ("ASK { ?x ic:makes ?y }", [["answer"], ["true"]]),
        ("ASK { ?x ic:treats ?y }", [["answer"], ["false"]]),
        (
            "CONSTRUCT { ?x ic:uses ?y } WHERE { ?x ic:makes ?y }",
            [["subject", "predicate", "object"], ["甲厂", "采用", "铝箔"]],
        ),
        (
            "SELECT ?o ?c WHERE { ?s ic:claim ?c . ?c rdf:object ?o ; ic:status status:target }",
            [["o", "c"], ["矿石企业", "[ ]"], ["矿石", "[ ]"]],
        ),
        ("SELECT ?x WHERE { ?x ic:treats ?y }", []),
    ],
)
def test_every_form_of_query_has_a_page_with_the_same_bytes_each_time(
    tiny_files: list[Path], tmp_path: Path, sparql: str, wanted: list[list[str]]
) -> None:
    own(tmp_path, sparql)
    first, second = (
        query_page(Atlas(Ground(load_files(tiny_files)), "zh", BOTH), "mine", tmp_path)
        for _ in range(2)
    )
    assert Tables(first).texts() == wanted
    assert first == second
    assert wanted or "没有符合条件的行。" in first


def test_an_example_that_names_nothing_of_the_graph_is_told_on_its_page(tiny: LocalGraph) -> None:
    made = pages(Ground(tiny), "zh")
    told = html.unescape(made["query/firms-of-chain.html"])
    assert "本图谱答不了这个例子：图谱中没有叫“先进材料”的对象。" in told
    assert "本图谱答不了这个例子" in made["queries.html"]


def test_a_file_that_is_no_sparql_is_named(tiny: LocalGraph, tmp_path: Path) -> None:
    own(tmp_path, "SELECT ?x WHERE { ?x ")
    with pytest.raises(KgError) as fault:
        pages(Ground(tiny), "zh", tmp_path)
    assert "mine.rq" in fault.value.text("zh") and "SPARQL" in fault.value.text("zh")


def test_a_page_is_made_again_when_its_file_or_its_answer_changes(
    tiny_files: list[Path], tmp_path: Path
) -> None:
    extra = own(
        tmp_path / "queries" if (tmp_path / "queries").mkdir() is None else tmp_path,
        "ASK { ?x ic:makes ?y }",
    )

    def keys() -> dict[str, str]:
        ground = Ground(load_files(tiny_files))
        known = Keys(ground, BOTH)
        return {s.path: s.rests(known) for s in query_sheets(Atlas(ground, "zh", BOTH), extra)}

    before = keys()
    assert keys() == before
    own(extra, "ASK { ?x ic:treats ?y }")
    file_changed = keys()
    assert {p for p in before if before[p] != file_changed[p]} == {
        "queries.html",
        "query/mine.html",
    }
    tiny = next(p for p in tiny_files if p.name == "tiny.ttl")
    tiny.write_text(tiny.read_text("utf-8").replace("甲厂", "甲铝厂"), "utf-8")
    assert not set(keys().items()) & set(file_changed.items())


@pytest.fixture(scope="module")
def written(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the catalogue in both languages, with what they load."""
    folder = tmp_path_factory.mktemp("queries")
    put_assets(folder)
    for lang in BOTH:
        for name, page in pages(ground, lang).items():
            path = folder / ("" if lang == "zh" else "en") / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page, "utf-8")
    return folder


@pytest.fixture
def opens(browser: Any, written: Path) -> Iterator[Any]:
    contexts = []

    def do(name: str, size: str = "desk", scripts: bool = True) -> Opened:
        one = Opened(browser, (written / name).as_uri(), SIZES[size], scripts)
        contexts.append(one.context)
        return one

    yield do
    for context in contexts:
        context.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["", "en/"])
def test_the_pages_open_clean_and_do_not_overflow(
    opens: Any, written: Path, lang: str, size: str
) -> None:
    one = opens(f"{lang}queries.html", size)
    names = [f"{lang}queries.html"]
    names += [f"{lang}query/{p.name}" for p in sorted((written / lang / "query").glob("*.html"))]
    for name in names:
        one.page.goto((written / name).as_uri())
        wide = one.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= SIZES[size][0], name
    assert [s for s in one.said if "ERR_FILE_NOT_FOUND" not in s] == [] and one.outside == []


def test_the_list_is_filtered_by_topic_and_text_and_the_topic_stays_in_sight(opens: Any) -> None:
    page = opens("queries.html").page
    rows = page.locator("#questions tbody tr:visible")
    total = len(catalogue())
    assert rows.count() == total
    page.locator("[name=topic]").select_option("place")
    assert rows.count() == sum("place" in q.tags for q in catalogue())
    assert page.locator("#told").inner_text() == f"{rows.count()} / {total} 个问题"
    page.locator("[type=reset]").click()
    page.locator("[name=q]").fill("Own HELP")
    assert page.locator("#told").inner_text() == "没有符合条件的问题。可清除筛选，或换一个词。"
    # The English words find it too, and what was the second row of a topic keeps its head.
    page.locator("[name=q]").fill("firms of a chain")
    assert rows.count() == 1
    assert rows.first.locator("th").inner_text() == "产业链"
    rows.first.locator("a").click()
    assert page.locator("h1").inner_text() == "一条产业链上有哪些企业，在哪个节点，状态与出处"


def test_the_command_and_the_query_are_copied_by_a_button(opens: Any) -> None:
    one = opens("query/firms-of-chain.html")
    one.context.grant_permissions(["clipboard-read", "clipboard-write"])
    one.page.get_by_role("button", name="复制命令").click()
    assert one.page.locator("#told").inner_text() == "已复制"
    read = "navigator.clipboard.readText()"
    assert one.page.evaluate(read) == "kg query firms-of-chain --chain 先进材料"
    one.page.get_by_role("button", name="复制查询").click()
    copied = one.page.evaluate(read)
    assert copied.startswith("PREFIX ic:") and "VALUES ?_chain_iri" in copied
    assert (
        opens("query/firms-of-chain.html", scripts=False)
        .page.locator("[data-copy]:visible")
        .count()
        == 0
    )


def test_without_scripts_the_list_and_the_answer_are_there(opens: Any) -> None:
    page = opens("queries.html", scripts=False).page
    assert page.locator("#questions tbody tr:visible").count() == len(catalogue())
    href = page.locator("#questions a").first.get_attribute("href")
    assert unquote(href).startswith("query/")
