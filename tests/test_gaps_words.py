"""The words of the method page hold on every surface: command, card, workbook, page."""

from __future__ import annotations

import html
import io
import json
import re
from pathlib import Path

import openpyxl
import pytest
from conftest import ROOT, kg

from kg.facts import Facts
from kg.gaps import RULES
from kg.site.packed import unpacked

# A share without n and interval, and words that claim more than "not seen in the sources".
_SHARE = re.compile(r"\d+(?:\.\d+)?\s*(?:[%％‰]|percent\b|per cent\b|成(?!立|员|果|品|药|本|套))")
_CLAIMED = re.compile(r"缺失|空白")
# A count is an interval with its n.
_INTERVAL = re.compile(r"^-?\d+(\.\d+)? (至|to) -?\d+(\.\d+)?(，共 \d+| of \d+)")


def faults(text: str, names: list[str]) -> list[str]:
    """Bare shares and forbidden words in `text`; what a name itself says is left out (葡萄糖（11%）注射液), and IRIs."""
    text = re.sub(r"(urn|https?):[^\s\"<>，。；）]+", "·", text)
    for name in names:
        text = text.replace(name, "·")
    return _SHARE.findall(text) + _CLAIMED.findall(text)


@pytest.fixture(scope="module")
def names(facts: Facts) -> list[str]:
    """What stands around a share in the names of things, printed verbs and bases: a table may cut a name after it."""
    said = {n for t in facts.things.values() for n in (t.zh, t.en, *t.alts, *t.hidden, *t.notes)}
    said |= {w for c in facts.claims for w in (*c.wordings, c.basis.zh, c.basis.en)}
    parts = {s[max(0, m.start() - 6) : m.end()] for s in said for m in _SHARE.finditer(s)}
    parts |= {s for s in said if _CLAIMED.search(s)}
    # A bare "60%" as a whole name would excuse everything.
    return sorted((p for p in parts if re.sub(r"[\d.\s%％]", "", p)), key=len, reverse=True)


# Where the plan's own figures stand, each with its place.
PRINTED = {"index.html", "indicators.html", "sources.html"}


@pytest.fixture(scope="module")
def printed(facts: Facts) -> list[str]:
    """The figures of the plan as printed, which stand with their place."""
    found = {f"{f.printed}{gap}{f.unit}" for f in facts.figures for gap in ("", " ")}
    return sorted(found, key=len, reverse=True)


@pytest.mark.parametrize(
    "bad",
    ["完整度 60%", "完整度60 ％", "coverage 60 percent", "八号链缺失正极", "技术空白", "占 3.5%"],
)
def test_the_check_can_fail(bad: str, names: list[str]) -> None:
    assert faults(bad, names)


@pytest.mark.parametrize(
    "good", ["3 至 60，共 100 个末级节点", "已收录 1 个来源中未见", "成立 3 家"]
)
def test_the_check_lets_the_fixed_words_pass(good: str, names: list[str]) -> None:
    assert faults(good, names) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "words",
    [
        ("gaps", "--all"),
        ("gaps", "--all", "--format", "csv"),
        ("gaps", "--all", "--format", "md"),
        ("gaps", "--all", "--format", "json"),
        ("gaps", "--help"),
        ("gap", "--help"),
        ("close", "有色金属", "铝箔"),
        ("close", "有色金属", "铝箔", "--format", "json"),
        ("what-if", "--without", "东阳光"),
        ("what-if", "--with", "高精度铜带=某铜业公司", "--format", "json"),
        ("confirm", "--help"),
    ],
    ids=" ".join,
)
def test_no_command_says_a_bare_share_or_more_than_unseen(
    words: tuple[str, ...], lang: str, names: list[str]
) -> None:
    ran = kg(*words, *(() if "--help" in words else ("--lang", lang)))
    assert ran.code in (0, 1), ran.err
    assert faults(ran.out + ran.err, names) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_card_does(lang: str, names: list[str]) -> None:
    found = json.loads(kg("gaps", "--all", "--format", "json", "--lang", lang).out)
    for rule in RULES:
        gap = next(g for g in found if g["rule"] == rule)
        for style in ("text", "md", "json"):
            ran = kg("gap", gap["id"], "--format", style, "--lang", lang)
            assert ran.code == 0, ran.err
            assert faults(ran.out, names) == []


def test_no_cell_of_a_workbook_does_and_each_interval_has_its_n(names: list[str]) -> None:
    ran = kg("gaps", "--all", "--format", "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(ran.raw)).worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    at = head.index("区间")
    assert len(rows) > 1000
    for row in rows:
        assert faults(" ".join(str(c) for c in row if c is not None), names) == []
        assert _INTERVAL.match(str(row[at])), row[at]


def test_no_page_of_the_site_does(tmp_path: Path, names: list[str], printed: list[str]) -> None:
    ran = kg("site", "-q", "-o", str(tmp_path / "site"))
    assert ran.code == 0, ran.err
    site = tmp_path / "site"
    pages = {p.name: p.read_text("utf-8") for f in (site, site / "chain") for p in f.glob("*.html")}
    for script in (site / "data").glob("cards-*.js"):
        cards = unpacked(script.read_text("utf-8"))["cards"]
        pages.update({name: card[2] for name, card in cards.items()})
    assert len(pages) > 900
    for page, text in pages.items():
        # A box of the graph breaks its label in two.
        text = text.replace("\\n", "")
        # Figures of the plan's own indicators stand with their place; an axis and the width of a bar are no words.
        text = re.sub(
            r"<style.*?</style>|<svg.*?</svg>|<script[^>]*src.*?</script>|style=\"[^\"]*\"",
            "",
            text,
            flags=re.S,
        )
        also = printed if page in PRINTED else []
        assert faults(html.unescape(re.sub(r"<[^>]+>", " ", text)), names + also) == [], page


def test_the_words_of_the_pages_themselves_do_not(names: list[str]) -> None:
    for path in (
        *(ROOT / "viz" / "words").glob("*.toml"),
        *(ROOT / "viz" / "templates").glob("*.html"),
    ):
        text = re.sub(
            r"\{%.*?%\}|style=\"[^\"]*\"|clamp\([^)]*\)|width:[^;\"]*", "", path.read_text("utf-8")
        )
        # The method page names the words that are not used, to say why.
        quoted = re.sub(r"[“‘「]\S{1,6}[”’」]", "", text)
        assert faults(quoted, names) == [], path.name
