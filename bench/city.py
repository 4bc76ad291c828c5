"""A generated city of any size, to measure with: `python -m bench.city FOLDER --nodes 20000 --firms 200000 --seed 1`.

Nothing in it is true; its shape is that of the real data. Industries of about a hundred nodes, edges that only lead
from earlier layers to later ones, a few nodes with most of the firms and many with none.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import shutil
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from kg import assets
from kg.citation import digest, normalise
from kg.vocab import PREFIXES

LAYERS = 6
STAGES = ("upstream", "upstream", "midstream", "midstream", "downstream", "downstream")
# Sentences in the chapter of one industry.
SENTENCES = 12

_USED = (
    *("ic", "node", "actor", "src", "doc", "status", "level", "role", "wish", "stage", "kind"),
    *("scheme", "rdf", "skos", "dcterms", "oa"),
)
# Characters of company names, each with a syllable of its own, so that the pinyin tells firms apart too.
_SYLLABLES = dict(
    re.findall(
        "(.)([a-z]+)",
        "新xin兴xing隆long泰tai华hua丰feng源yuan盛sheng达da恒heng瑞rui宏hong德de利li宝bao天tian金jin海hai东dong南nan"
        "北bei中zhong合he顺shun通tong昌chang嘉jia康kang安an永yong祥xiang裕yu聚ju创chuang科ke正zheng凯kai雅ya美mei乐le"
        "伟wei富fu强qiang明ming光guang辉hui腾teng飞fei鹏peng成cheng万wan千qian百bai三san双shuang方fang优you能neng义yi"
        "仁ren智zhi博bo",
    )
)
_TRADES = (
    *(("材料", "Materials"), ("机械", "Machinery"), ("电子", "Electronics"), ("药业", "Pharma")),
    *(("铝业", "Aluminium"), ("环保", "Eco"), ("食品", "Food"), ("数据", "Data")),
)
_QUALITIES = (
    *(("高纯", "High-purity"), ("高强", "High-strength"), ("耐蚀", "Corrosion-resistant")),
    *(("超薄", "Ultra-thin"), ("精密", "Precision"), ("智能", "Smart"), ("绿色", "Green")),
    *(("轻质", "Lightweight"), ("生物", "Bio-based"), ("复合", "Composite"), ("改性", "Modified")),
    *(("特种", "Speciality"), ("再生", "Recycled"), ("高温", "High-temperature")),
)
_STUFFS = (
    *(("铝", "aluminium"), ("铜", "copper"), ("锌", "zinc"), ("铅", "lead"), ("钢", "steel")),
    *(("稀土", "rare-earth"), ("陶瓷", "ceramic"), ("玻璃", "glass"), ("竹", "bamboo")),
    *(
        ("木", "wood"),
        ("硅", "silicon"),
        ("锂", "lithium"),
        ("石墨", "graphite"),
        ("氟", "fluorine"),
    ),
    *(("氨基", "amino"), ("皂苷", "saponin"), ("多糖", "polysaccharide"), ("纤维", "fibre")),
    *(("树脂", "resin"), ("橡胶", "rubber"), ("磁性", "magnetic"), ("光学", "optical")),
    *(("传感", "sensor"), ("液压", "hydraulic"), ("水泥", "cement"), ("大米", "rice")),
    *(("茶叶", "tea"), ("数据", "data"), ("影像", "imaging"), ("疫苗", "vaccine")),
)
_FORMS = {
    "Product": (
        *(("箔", "foil"), ("粉", "powder"), ("板", "plate"), ("管", "tube"), ("线材", "wire")),
        *(("铸件", "castings"), ("轴承", "bearings"), ("电池", "battery"), ("薄膜", "film")),
        *(("涂料", "coating"), ("催化剂", "catalyst"), ("制剂", "preparation"), ("阀门", "valves")),
        *(("电容器", "capacitors"), ("模具", "moulds"), ("机床", "machine tools")),
    ),
    "Technology": (
        *(("提纯技术", "purification"), ("成形技术", "forming"), ("检测技术", "testing")),
        *(("回收技术", "recovery"), ("表面处理技术", "surface treatment")),
    ),
    "Service": (("检验服务", "inspection"), ("设计服务", "design"), ("运维服务", "maintenance")),
}
_KINDS = ("material", "drug", "component", "equipment", "goods", "crop")
_PLATFORM_KINDS = (
    *(("rd", "研发中心", "R&D centre"), ("testing", "检测中心", "testing centre")),
    *(("pilot", "中试基地", "pilot base"), ("public", "公共服务平台", "public service platform")),
    ("incubation", "孵化器", "incubator"),
)
_WISHES = (
    *(("recruit", "引进"), ("breakthrough", "突破"), ("develop", "重点发展"), ("explore", "探索")),
    *(("opportune", "择机发展"), ("build", "建设")),
)
_WISH_WEIGHTS = (30, 25, 30, 8, 4, 3)


@dataclass
class Sprout:
    """A chain node before it is written. `up` and `feeds` are numbers of nodes, -1 for none."""

    name: str
    kind: str
    zh: str
    en: str
    industry: int
    up: int = -1
    layer: int = -1
    kinds: str = ""
    feeds: list[int] = field(default_factory=list)
    fed: int = 0


def _mixed(n: int, *bases: int) -> list[int]:
    """`n` as digits over `bases`, stirred so that neighbours differ, and how often the digits have been used up."""
    size = 1
    for base in bases:
        size *= base
    # A large prime has no factor in common with any of the bases: every combination comes up once.
    at, rounds = n % size * 104_729 % size, n // size
    digits = []
    for base in bases:
        digits.append(at % base)
        at //= base
    return [*digits, rounds]


def _slug(en: str) -> str:
    return en.lower().replace(",", "").replace(".", "").replace("&", "n").replace(" ", "-")


class _Names:
    """Names of chain nodes, no two alike within a class."""

    def __init__(self) -> None:
        self._used = {"Product": 0, "Technology": 0, "Service": 0}

    def next(self, kind: str) -> tuple[str, str]:
        n = self._used[kind]
        self._used[kind] = n + 1
        forms = _FORMS[kind]
        a, b, c, again = _mixed(n, len(_QUALITIES), len(_STUFFS), len(forms))
        quality, stuff, form = _QUALITIES[a], _STUFFS[b], forms[c]
        more = f" {again + 1}" if again else ""
        return f"{quality[0]}{stuff[0]}{form[0]}{more.strip()}", " ".join((
            quality[1],
            stuff[1],
            form[1] + more,
        ))


def _tree(nodes: int, rng: random.Random) -> list[Sprout]:
    """Industries, their segments, and products, technologies and services below; some products have parts."""
    names = _Names()
    found: list[Sprout] = []
    many = max(1, round(nodes / 100))
    for industry in range(many):
        end = nodes * (industry + 1) // many
        top = len(found)
        stuff = _STUFFS[industry % len(_STUFFS)]
        more = "" if industry < len(_STUFFS) else f" {industry // len(_STUFFS) + 1}"
        zh, en = f"{stuff[0]}产业{more.strip()}", f"{stuff[1].capitalize()} industry{more}"
        found.append(Sprout(_slug(en), "Industry", zh, en, industry))
        segments = min(rng.randint(5, 8), max(1, (end - top - 1) // 2))
        for n in range(segments):
            part = f"{zh}第{n + 1}环节", f"{en}, segment {n + 1}"
            found.append(Sprout(_slug(part[1]), "Segment", *part, industry, top))
        while len(found) < end:
            segment = top + 1 + (len(found) - top) % segments
            kind = rng.choices(("Product", "Technology", "Service"), (74, 18, 8))[0]
            parent = _sprout(names, kind, industry, segment, rng.randrange(LAYERS), rng)
            found.append(parent)
            at = len(found) - 1
            if kind == "Product" and rng.random() < 0.06:
                for _ in range(min(rng.randint(2, 4), end - len(found))):
                    found.append(_sprout(names, kind, industry, at, parent.layer, rng))
    return found


def _sprout(
    names: _Names, kind: str, industry: int, up: int, layer: int, rng: random.Random
) -> Sprout:
    zh, en = names.next(kind)
    kinds = rng.choice(_KINDS) if kind == "Product" and rng.random() < 0.7 else ""
    return Sprout(_slug(en), kind, zh, en, industry, up, layer, kinds)


def _edges(tree: list[Sprout], rng: random.Random) -> None:
    """Every node feeds some of later layers, about 1.8 on the whole; a few of them in other industries."""
    own: dict[tuple[int, int], list[int]] = {}
    layers: list[list[int]] = [[] for _ in range(LAYERS)]
    for at, node in enumerate(tree):
        if node.layer >= 0:
            own.setdefault((node.industry, node.layer), []).append(at)
            layers[node.layer].append(at)
    for node in tree:
        if not 0 <= node.layer < LAYERS - 1:
            continue
        for _ in range(rng.choices((0, 1, 2, 3, 4, 6), (4, 21, 30, 24, 13, 8))[0]):
            step = 1 if rng.random() < 0.7 else rng.randint(1, LAYERS)
            layer = min(node.layer + step, LAYERS - 1)
            abroad = rng.random() < 0.04
            targets = layers[layer] if abroad else own.get((node.industry, layer), [])
            to = rng.choice(targets) if targets else -1
            if to >= 0 and to not in node.feeds:
                node.feeds.append(to)
                tree[to].fed += 1


def _firms(
    tree: list[Sprout], firms: int, rng: random.Random
) -> tuple[array[int], bytearray, set[int]]:
    """For every firm its node and its form (0 product level, 1 group level, 2 planned); and the nodes with one of form 0."""
    parents = {node.up for node in tree}
    leaves = [at for at, node in enumerate(tree) if node.layer >= 0 and at not in parents] or [0]
    groups = [at for at in sorted(parents) if at >= 0 and tree[at].kind != "Industry"] or leaves
    # Each industry has its own leading nodes: a city ten times as large is ten such cities, not a thinner one.
    many = 1 + max(node.industry for node in tree)
    of_leaves: list[list[int]] = [[] for _ in range(many)]
    of_groups: list[list[int]] = [[] for _ in range(many)]
    for at in leaves:
        of_leaves[tree[at].industry].append(at)
    for at in groups:
        of_groups[tree[at].industry].append(at)

    def rising(items: list[int], share: float) -> tuple[list[int], list[float]]:
        """Some of the items, shuffled, with rising weights; nobody is named for the rest, however many firms there are."""
        rng.shuffle(items)
        kept = items[: max(1, int(len(items) * share))]
        return kept, list(itertools.accumulate((n + 3) ** -1.3 for n in range(len(kept))))

    to_leaf = [rising(items, 0.7) for items in of_leaves]
    to_group = [rising(items or of_leaves[n], 0.4) for n, items in enumerate(of_groups)]
    where, forms = array("l"), bytearray()
    for _ in range(firms):
        u = rng.random()
        form = 0 if u < 0.80 else 1 if u < 0.95 else 2
        items, weights = (to_group if form == 1 else to_leaf)[rng.randrange(many)]
        at = rng.choices(items, cum_weights=weights)[0]
        where.append(at)
        forms.append(form)
    return where, forms, {at for at, form in zip(where, forms, strict=True) if form == 0}


def _header() -> str:
    return "".join(f"@prefix {p}: <{PREFIXES[p]}> .\n" for p in _USED) + "\n"


def _claim(
    predicate: str, target: str, status: str, rest: str, level: str = "product", wish: str = ""
) -> str:
    if wish:
        kind, word = wish.split("/")
        rest = f'ic:wish wish:{kind} ; ic:wording "{word}"@zh ; {rest}'
    return (
        f"[ rdf:predicate ic:{predicate} ; rdf:object {target} ; ic:status status:{status} ;"
        f" ic:level level:{level} ; {rest} ]"
    )


def _write_sources(out: TextIO, tree: list[Sprout]) -> None:
    """One document: a chapter for each industry, one paragraph of `SENTENCES` sentences in each."""
    industries = [node.zh for node in tree if node.kind == "Industry"]
    chapters = [
        [normalise(f"{zh}之第{n}点。") for n in range(1, SENTENCES + 1)] for zh in industries
    ]
    text = "".join(itertools.chain.from_iterable(chapters))
    out.write(_header())
    out.write(
        'doc:generated a ic:SourceDocument ; skos:prefLabel "虚构规划"@zh , "Generated plan"@en ;'
        f' ic:codePoints {len(text)} ; ic:sha256 "{digest(text)}" .\n'
    )

    def place(name: str, kind: str, zh: str, en: str, start: int, end: int, rest: str) -> None:
        out.write(
            f'src:{name} a {kind} ; skos:prefLabel "{zh}"@zh , "{en}"@en ; oa:hasSource doc:generated ;'
            f" oa:hasSelector [ a oa:TextPositionSelector ; oa:start {start} ; oa:end {end} ] ;"
            f' ic:sha256 "{digest(text[start:end])}"{rest} .\n'
        )

    at = 0
    for c, sentences in enumerate(chapters, start=1):
        words = f"第{c}章 第1段", f"Chapter {c}, para. 1"
        place(f"c{c}-p1", "ic:Paragraph", *words, at, at + sum(map(len, sentences)), "")
        for n, sentence in enumerate(sentences, start=1):
            inside = f" ; ic:place src:c{c}-p1"
            place(
                f"c{c}-p1-s{n}",
                "oa:SpecificResource",
                *words,
                at,
                at + len(sentence),
                inside,
            )
            at += len(sentence)


def _write_nodes(out: TextIO, tree: list[Sprout], manned: set[int], rng: random.Random) -> None:
    out.write(_header())
    applications = max(3, len(tree) // 200)
    for n in range(applications):
        stuff = _STUFFS[n % len(_STUFFS)]
        out.write(
            f"node:application-{n} a ic:Application ;"
            f' skos:prefLabel "{stuff[0]}应用{n}"@zh , "Use of {stuff[1]} {n}"@en .\n'
        )
    # Two in a hundred nodes need every input they are fed.
    assembling = [at for at, node in enumerate(tree) if node.fed >= 2]
    whole = set(rng.sample(assembling, min(len(assembling), len(tree) // 50)))
    for at, node in enumerate(tree):
        lines = [
            f"node:{node.name} a ic:{node.kind} ",
            f' skos:prefLabel "{node.zh}"@zh , "{node.en}"@en ',
        ]
        if node.up < 0:
            scheme = "three-plus-three" if node.industry < 6 else "further"
            lines.append(f" skos:inScheme scheme:{scheme} ")
        else:
            lines.append(f" skos:broader node:{tree[node.up].name} ")
        if node.layer >= 0:
            support = node.kind == "Technology" and at % 3 == 0
            lines.append(f" ic:stage stage:{'support' if support else STAGES[node.layer]} ")
        if node.kinds:
            lines.append(f" ic:kind kind:{node.kinds} ")
        if at in whole:
            lines.append(" ic:inputs ic:allOf ")
            zh, en = "缺一种投入即不能组装", "assembled from every one of its inputs"
            lines.append(f' ic:inputsBasis "{zh}"@zh , "{en}"@en ')
        claims, direct = [], []
        for to in node.feeds:
            target = f"node:{tree[to].name}"
            if rng.random() < 0.4:
                status = "existing" if at in manned and to in manned else "planned"
                rest = (
                    f'ic:origin ic:domain ; ic:basis "{node.zh}是{tree[to].zh}的投入"@zh ,'
                    f' "{node.en} goes into {tree[to].en}"@en'
                )
            else:
                status, rest = "existing", _source(node.industry, rng)
            claims.append(_claim("feedsInto", target, status, rest))
            if status == "existing":
                direct.append(target)
        if direct:
            lines.append(f" ic:feedsInto {' , '.join(direct)} ")
        if node.layer >= LAYERS - 2 and rng.random() < 0.4:
            target = f"node:application-{rng.randrange(applications)}"
            claims.append(_claim("usedIn", target, "existing", _source(node.industry, rng)))
            lines.append(f" ic:usedIn {target} ")
        if claims:
            lines.append(f" ic:claim {' , '.join(claims)} ")
        out.write(";".join(lines) + ".\n")


def _source(industry: int, rng: random.Random) -> str:
    # One in ten stands in two sentences, as in the plan.
    first = int(rng.random() * SENTENCES) + 1
    named = f"dcterms:source src:c{industry + 1}-p1-s{first}"
    if rng.random() < 0.1:
        named += f" , src:c{industry + 1}-p1-s{first % SENTENCES + 1}"
    return named


def _write_places(out: TextIO, tree: list[Sprout], rng: random.Random) -> None:
    """The city and its counties, and what they wish for on three in ten of the nodes."""
    out.write(_header())
    places = ["city", *(f"county-{n}" for n in range(1, 11))]
    for n, place in enumerate(places):
        zh, en = (f"县{n}", f"County {n}") if n else ("虚构市", "Generated city")
        out.write(f'actor:{place} a ic:Place ; skos:prefLabel "{zh}"@zh , "{en}"@en .\n')
    wishes = [f"{kind}/{word}" for kind, word in _WISHES]
    for node in tree:
        if node.kind == "Industry" or rng.random() >= 0.3:
            continue
        place = "city" if rng.random() < 0.7 else rng.choice(places)
        wish = rng.choices(wishes, _WISH_WEIGHTS)[0]
        claim = _claim(
            "plans", f"node:{node.name}", "target", _source(node.industry, rng), wish=wish
        )
        out.write(f"actor:{place} ic:claim {claim} .\n")


def _write_supporters(out: TextIO, tree: list[Sprout], rng: random.Random) -> None:
    """Platforms, institutes and parks, and what they support."""

    def support(
        name: str, kind: str, zh: str, en: str, rest: str, predicate: str, nodes: list[Sprout]
    ) -> None:
        claims, direct = [], []
        for node in dict.fromkeys(node.name for node in nodes):
            status = "existing" if rng.random() < 0.8 else "underway"
            source = _source(nodes[0].industry, rng)
            claims.append(_claim(predicate, f"node:{node}", status, source))
            if status == "existing":
                direct.append(f"node:{node}")
        beside = f" ; ic:{predicate} {' , '.join(direct)}" if direct else ""
        out.write(
            f'actor:{name} a ic:{kind} ; skos:prefLabel "{zh}"@zh , "{en}"@en{rest}{beside} ;'
            f" ic:claim {' , '.join(claims)} .\n"
        )

    out.write(_header())
    made = [node for node in tree if node.layer >= 0]
    groups = [node for node in tree if node.kind in ("Industry", "Segment")]
    skilled = [node for node in made if node.kind == "Technology"] or made
    for n in range(len(tree) // 20):
        kind, zh, en = _PLATFORM_KINDS[n % len(_PLATFORM_KINDS)]
        first = rng.choice(groups if rng.random() < 0.4 else made)
        served = [first, *(rng.choice(made) for _ in range(rng.randrange(3)))]
        sort = f" ; ic:kind kind:{kind}"
        name = f"{_slug(en)}-{n}"
        support(
            name, "Platform", f"{first.zh}{zh}{n}", f"{first.en} {en} {n}", sort, "serves", served
        )
    for n in range(len(tree) // 40):
        first = rng.choice(skilled)
        studied = [first, *(rng.choice(skilled) for _ in range(rng.randrange(3)))]
        words = f"{first.zh}研究所{n}", f"Institute of {first.en} {n}"
        support(f"institute-{n}", "Institute", *words, "", "develops", studied)
    for n in range(len(tree) // 100):
        first = rng.choice(groups)
        carried = [first, *(rng.choice(groups) for _ in range(rng.randrange(3)))]
        support(
            f"park-{n}", "Park", f"虚构园区{n}", f"Generated park {n}", "", "carrierOf", carried
        )


def _firm_names() -> Iterator[tuple[str, str, str]]:
    """Slug, Chinese and English name of one firm after the other, no two alike."""
    signs, sounds = list(_SYLLABLES), list(_SYLLABLES.values())
    size = len(signs)
    for n in itertools.count():
        a, b, c, again = _mixed(n, size, size, size)
        trade = _TRADES[(a + b + c) % len(_TRADES)]
        more = str(again + 1) if again else ""
        slug = f"{sounds[a]}-{sounds[b]}-{sounds[c]}{more}-{trade[1].lower()}"
        zh = f"{signs[a]}{signs[b]}{signs[c]}{trade[0]}{more}有限公司"
        yield (
            slug,
            zh,
            f"{sounds[a].capitalize()}{sounds[b]}{sounds[c]}{more} {trade[1]} Co., Ltd.",
        )


def _write_firms(
    out: TextIO, tree: list[Sprout], where: array[int], forms: bytearray, rng: random.Random
) -> None:
    out.write(_header())
    for (slug, zh, en), at, form in zip(_firm_names(), where, forms, strict=False):
        node = tree[at]
        target = f"node:{node.name}"
        predicate = "makes" if form != 1 and rng.random() < 0.7 else "activeIn"
        source = _source(node.industry, rng)
        if form == 2:
            claim, beside = _claim(predicate, target, "planned", source, wish="develop/发展"), ""
        else:
            role = "ic:role role:chain-leader ; " if rng.random() < 0.01 else ""
            level = "group" if form else "product"
            claim = _claim(predicate, target, "existing", role + source, level)
            beside = f"ic:{predicate} {target} ; "
        out.write(
            f'actor:{slug} a ic:Firm ; skos:prefLabel "{zh}"@zh , "{en}"@en ; {beside}ic:claim {claim} .\n'
        )


def write_city(folder: Path, nodes: int, firms: int, seed: int) -> None:
    """Writes the Turtle files of a generated city to `folder`: `nodes` chain nodes, `firms` firms with a claim each.

    The same numbers give the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(assets.folder("data") / "vocab.ttl", folder / "vocab.ttl")
    rng = random.Random(seed)
    tree = _tree(nodes, rng)
    _edges(tree, rng)
    where, forms, manned = _firms(tree, firms, rng)

    def sheet(name: str) -> TextIO:
        return (folder / name).open("w", encoding="utf-8", newline="\n")

    with sheet("sources.ttl") as out:
        _write_sources(out, tree)
    with sheet("nodes.ttl") as out:
        _write_nodes(out, tree, manned, rng)
    with sheet("places.ttl") as out:
        _write_places(out, tree, rng)
    with sheet("supporters.ttl") as out:
        _write_supporters(out, tree, rng)
    with sheet("firms.ttl") as out:
        _write_firms(out, tree, where, forms, rng)


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes a generated city as Turtle.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--nodes", type=int, default=20_000)
    parser.add_argument("--firms", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write_city(given.folder, given.nodes, given.firms, given.seed)


if __name__ == "__main__":
    main()
