"""The guided tour: its stops as viz/tour.toml lists them, each checked against the pages that there are."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from kg.assets import folder
from kg.citation import sources
from kg.errors import KgError
from kg.gaps import RULES
from kg.site.atlas import Atlas
from kg.site.keys import Keys, digest
from kg.site.render import render
from kg.site.sheets import Sheet
from kg.words import Words

_WORD = re.compile(r"\{(\w+)\}")


class Stop(NamedTuple):
    """One stop: the address from the language's folder, with its ?query and #place, and the sentence."""

    path: str
    text: str


def tour_sheets(atlas: Atlas, known: Mapping[str, Sheet]) -> Iterator[Sheet]:
    """The list of the stops and the script that the bar reads; `known` are the language's other sheets by path."""
    rests = partial(_rests, sorted(known))
    yield Sheet("tour.html", partial(tour_page, atlas, known), rests)
    yield Sheet("data/tour.js", partial(tour_script, atlas, known), rests)


def _rests(known: list[str], keys: Keys) -> str:
    return digest([keys.everything, keys.found, *known])


def tour_page(atlas: Atlas, known: Mapping[str, Sheet]) -> str:
    """The stops as a list: links that begin the tour there."""
    return render(
        atlas,
        "tour.html",
        "tour.html",
        title=atlas.t["tour_title"],
        stops=read_tour(atlas, known),
    )


def tour_script(atlas: Atlas, known: Mapping[str, Sheet]) -> str:
    """The stops and the words of the bar as a classic script (file:// knows no fetch)."""
    names = ("tour", "tour_back", "tour_next", "tour_end", "tour_return", "tour_keys")
    value = {
        "stops": [list(s) for s in read_tour(atlas, known)],
        **{n: atlas.t[n] for n in names},
    }
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"window.ATLAS_TOUR={text};\n"


def read_tour(atlas: Atlas, known: Mapping[str, Sheet], file: Path | None = None) -> list[Stop]:
    """The stops in the language of `atlas`; none where the graph was not read from the tour's source.

    KgError names the entry whose page, place or word there is not.
    """
    file = file or folder("viz") / "tour.toml"
    try:
        told = tomllib.loads(file.read_text("utf-8-sig"))
        entries = list(told.get("stop", []))
        source = str(told.get("source", ""))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError) as fault:
        raise KgError(
            Words(f"{file} 无法读取：{fault}。", f"{file} cannot be read: {fault}."),
            Words("请按文件开头的说明修改。", "Mend it as its first lines tell."),
        ) from None
    if source and all(s.iri.rpartition("/")[2] != source for s in sources(atlas.ground.graph)):
        return []
    places = _Places(atlas, known)
    found = []
    for number, entry in enumerate(entries, start=1):
        stop = _Entry(f"{file}, [[stop]] {number}", dict(entry))
        path = _card_of(atlas, stop) if "gap" in entry else stop.text("path")
        if not path:
            continue
        about = places.check(stop, path)
        found.append(Stop(path, _fill(stop, atlas.lang, about | _whole(atlas))))
    return found


class _Entry:
    """One [[stop]] of the file, and how its faults are told."""

    def __init__(self, where: str, given: dict[str, Any]) -> None:
        self.where, self.given = where, given

    def text(self, key: str) -> str:
        value = self.given.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(f"没有写 {key}", f"it has no {key}")
        return value

    def fault(self, zh: str, en: str) -> KgError:
        path = self.given.get("path") or self.given.get("gap") or "—"
        return KgError(
            Words(f"{self.where}（{path}）：{zh}。", f"{self.where} ({path}): {en}."),
            Words(
                "请修改或删去这一站；写法见文件开头。",
                "Mend this stop or take it out; the first lines of the file tell how.",
            ),
        )


def _card_of(atlas: Atlas, stop: _Entry) -> str:
    """The card of the first finding of a rule in a chain, "" while there is none."""
    rule, key = stop.text("gap"), stop.text("chain")
    if rule not in RULES:
        raise stop.fault(f"没有规则 {rule}", f"there is no rule {rule}")
    chain = next((i for i in atlas.chains if atlas.key(i) == key), None)
    if chain is None:
        raise stop.fault(f"没有产业链 {key}", f"there is no chain {key}")
    return next((atlas.card(g.node) for g in atlas.gaps if (g.rule, g.chain) == (rule, chain)), "")


class _Places:
    """The pages of a language, and what stands on them."""

    def __init__(self, atlas: Atlas, known: Mapping[str, Sheet]) -> None:
        self.atlas, self.known = atlas, known
        self.chains = {
            atlas.chain_path(i) + end: i for i in atlas.chains for end in (".html", "-graph.html")
        }
        self.cards = {atlas.card(i): i for i in atlas.cards}
        self.things = {atlas.page(i): i for i in atlas.facts.things}

    def check(self, stop: _Entry, path: str) -> dict[str, str]:
        """The words for the chain and the thing that `path` shows. KgError where it leads nowhere."""
        rest, _, place = path.partition("#")
        page, _, query = rest.partition("?")
        if page not in self.known or not page.endswith(".html"):
            raise stop.fault("没有这一页", "there is no such page")
        if rest in self.cards:
            return self._card(stop, self.cards[rest], unquote(place))
        if rest in self.things:
            return self._entity(stop, self.things[rest], unquote(place))
        if query:
            raise stop.fault(f"没有 {query}", f"there is no {query}")
        if page in self.chains:
            return self._chain(self.chains[page]) | self._node(stop, self.chains[page], place)
        if page == "gaps.html" and place:
            return self._filters(stop, place)
        if page == "path.html" and place:
            return self._ends(stop, place)
        if place and not self._stands(page, unquote(place)):
            raise stop.fault(f"页面上没有 #{place}", f"the page has no #{place}")
        return {}

    def _card(self, stop: _Entry, iri: str, place: str) -> dict[str, str]:
        if place and place not in {g.id for g in self.atlas.found[iri]}:
            raise stop.fault(f"卡上没有 #{place}", f"the card has no #{place}")
        return self._thing(iri)

    def _entity(self, stop: _Entry, iri: str, place: str) -> dict[str, str]:
        if place and place not in {c.id for c in self.atlas.facts.outgoing.get(iri, ())}:
            raise stop.fault(f"页面上没有 #{place}", f"the page has no #{place}")
        return self._thing(iri)

    def _stands(self, page: str, place: str) -> bool:
        """Whether the page has an element of this id, with or without quotation marks."""
        html = self.known[page].make()
        assert isinstance(html, str)
        return re.search(rf'\bid="?{re.escape(place)}"?[\s>]', html) is not None

    def _filters(self, stop: _Entry, place: str) -> dict[str, str]:
        given = dict(part.partition("=")[::2] for part in place.split("&"))
        chain = next((i for i in self.atlas.chains if self.atlas.key(i) == given.get("chain")), "")
        if given.keys() - {"chain", "rule"} or given.get("rule", "") not in ("", *RULES):
            raise stop.fault(f"清单没有筛选 {place}", f"the list has no filter {place}")
        if given.get("chain", "") not in ("", "core", "further") and not chain:
            raise stop.fault(f"没有产业链 {given['chain']}", f"there is no chain {given['chain']}")
        return self._chain(chain) if chain else {}

    def _ends(self, stop: _Entry, place: str) -> dict[str, str]:
        given = dict(part.partition("=")[::2] for part in unquote(place).split("&"))
        if given.keys() != {"a", "b"}:
            raise stop.fault("两端要写成 #a=…&b=…", "the two ends are written #a=…&b=…")
        for end in given.values():
            if f"thing.html?{end}" not in self.things:
                raise stop.fault(f"没有 {end}", f"there is no {end}")
        return {}

    def _node(self, stop: _Entry, chain: str, place: str) -> dict[str, str]:
        if not place:
            return {}
        shown = self.atlas.chains[chain]
        for iri in (*shown.nodes, *shown.segments):
            if iri.rpartition("/")[2] == unquote(place):
                return self._thing(iri)
        raise stop.fault(f"这条链上没有节点 {place}", f"the chain has no node {place}")

    def _thing(self, iri: str) -> dict[str, str]:
        node = self.atlas.survey.nodes.get(iri)
        words = {"thing": self.atlas.name(iri)}
        return words | ({"presence": self.atlas.presences[node.presence]} if node else {})

    def _chain(self, iri: str) -> dict[str, str]:
        atlas, chain = self.atlas, self.atlas.chains[iri]
        low, high, leaves = chain.completeness()
        return {
            "chain": atlas.words.label(iri),
            "segments": str(len(chain.segments)),
            "nodes": str(len(chain.nodes)),
            "leaves": str(leaves),
            "firms": str(len(chain.firms)),
            "low": str(low),
            "high": str(high),
            "unseen": str(sum(n.presence == "unseen" for n in chain.leaves())),
            "declared": str(atlas.tally(iri)["d"]),
        }


def _whole(atlas: Atlas) -> dict[str, str]:
    claims = atlas.facts.claims
    domain = sum(c.origin == "domain" for c in claims)
    return {
        "core": str(len(atlas.core)),
        "chains": str(len(atlas.chains)),
        "things": str(len(atlas.facts.things)),
        "stated": str(len(claims) - domain),
        "domain": str(domain),
        "passages": str(len({s for c in claims for s in c.sources})),
        "findings": str(len(atlas.gaps)),
        "rules": str(len(RULES)),
        "sources": str(len(atlas.survey.sources)),
    }


def _fill(stop: _Entry, lang: str, words: dict[str, str]) -> str:
    """The sentence with its words filled in; braces are looked up and nothing else is run."""
    text = stop.text(lang)
    for name in _WORD.findall(text):
        if name not in words:
            raise stop.fault(
                f"这一站没有 {{{name}}}，可用：{'、'.join(sorted(words))}",
                f"there is no {{{name}}} here, only {', '.join(sorted(words))}",
            )
    return _WORD.sub(lambda m: words[m[1]], text)
