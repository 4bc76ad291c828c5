"""Turtle in its one layout: the same triples always give the same bytes, in the order a person put them.

Things stay in their order, and comments stay with the thing they stand above (or in); what changes is layout:
one claim a line, properties in a fixed order, labels sorted, Chinese first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import KgError
from kg.vocab import PREFIXES, compact
from kg.words import Words

_RDF = PREFIXES["rdf"]
_TYPE = _RDF + "type"
_FIRST, _REST, _NIL = _RDF + "first", _RDF + "rest", _RDF + "nil"
_CLAIM = PREFIXES["ic"] + "claim"

# The order in which a person reads a thing: what it is, its names, where it belongs, then the rest by name.
_ORDER = [
    _TYPE,
    *(
        PREFIXES[p] + n
        for p, n in (
            ("skos", "prefLabel"),
            ("skos", "altLabel"),
            ("skos", "hiddenLabel"),
            ("rdfs", "label"),
            ("skos", "definition"),
            ("rdfs", "subClassOf"),
            ("rdfs", "subPropertyOf"),
            ("skos", "inScheme"),
            ("skos", "broader"),
            ("ic", "stage"),
            ("ic", "kind"),
            ("ic", "generic"),
            ("ic", "openList"),
            ("rdf", "predicate"),
            ("rdf", "object"),
            ("ic", "status"),
            ("ic", "level"),
            ("ic", "wish"),
            ("ic", "wording"),
            ("ic", "role"),
            ("ic", "origin"),
            ("ic", "basis"),
            ("ic", "indicator"),
            ("sdmx-dimension", "refArea"),
            ("sdmx-dimension", "refPeriod"),
            ("sdmx-measure", "obsValue"),
            ("ic", "printed"),
            ("sdmx-attribute", "unitMeasure"),
            ("ic", "figure"),
            ("ic", "bound"),
            ("dcterms", "source"),
            ("dcterms", "isPartOf"),
            ("oa", "hasSource"),
            ("oa", "hasSelector"),
        )
    ),
]
_RANK = {iri: n for n, iri in enumerate(_ORDER)}
# Last: what a block is mostly made of stands below what it is.
_LAST = {PREFIXES["skos"] + "note": 901, PREFIXES["rdfs"] + "seeAlso": 902, _CLAIM: 999}

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)
      | (?P<iri><[^<>"{}|^`\\\s]*>)
      | (?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
                  |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | (?P<open>[\[(])|(?P<close>[\])])
      | (?P<mark>[;,])
      | (?P<word>[^\s<>"'\#;,\[\]()]+)""",
    re.X | re.S,
)

Subject = ox.NamedNode | ox.BlankNode


@dataclass
class _Block:
    subject: Subject
    properties: dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]


def tidy(text: str, name: str = "") -> str:
    """`text` (Turtle) in its one layout. KgError with line and column when it does not parse.

    `name` is the file's name for messages. Prefixes used are declared at the top, in the project's order.
    """
    try:
        triples = [q.triple for q in ox.parse(text, format=ox.RdfFormat.TURTLE)]
    except SyntaxError as fault:
        where = f"{name}:{fault.lineno}:{fault.offset}"
        why = " ".join(str(fault.msg).split())
        raise KgError(
            Words(f"{where}：不是有效的 Turtle：{why}。", f"{where}: not valid Turtle: {why}."),
            Words("请修改该行；文件未被改动。", "Mend that line; the file was not touched."),
        ) from None
    return _Writer(triples, _comments(text)).text()


def _comments(text: str) -> tuple[dict[str, list[str]], list[str]]:
    """Comments by the subject (as written, expanded) they stand above or in; and those behind everything."""
    prefixes: dict[str, str] = {}
    by: dict[str, list[str]] = defaultdict(list)
    waiting: list[str] = []
    subject, depth, start = "", 0, True
    directive: list[str] = []
    for match in _TOKEN.finditer(text):
        kind, token = match.lastgroup, match.group()
        if kind == "comment":
            (by[subject] if subject else waiting).append(token.rstrip())
            continue
        ends = kind == "word" and depth == 0 and token.endswith(".")
        word = token[:-1] if ends else token
        if directive:
            directive.append(word)
            if len(directive) == 3:
                prefixes[directive[1].rstrip(":")] = directive[2].strip("<>")
                directive = []
                start = True
            continue
        if start and word:
            if word.lower() in ("@prefix", "prefix", "@base", "base"):
                directive = [word]
                start = word[0] != "@"
                continue
            subject = _expand(word, prefixes)
            by[subject].extend(waiting)
            waiting, start = [], False
        depth += {"open": 1, "close": -1}.get(kind or "", 0)
        if ends:
            subject, start = "", True
    return {k: v for k, v in by.items() if v}, waiting


def _expand(word: str, prefixes: dict[str, str]) -> str:
    if word.startswith("<"):
        return word[1:-1]
    prefix, _, local = word.partition(":")
    return prefixes.get(prefix, prefix + ":") + local


class _Writer:
    def __init__(
        self, triples: list[ox.Triple], comments: tuple[dict[str, list[str]], list[str]]
    ) -> None:
        self.comments, self.trailing = comments
        self.blocks: dict[Subject, _Block] = {}
        uses: dict[ox.BlankNode, int] = defaultdict(int)
        for t in triples:
            assert isinstance(t.subject, ox.NamedNode | ox.BlankNode)
            block = self.blocks.setdefault(t.subject, _Block(t.subject, defaultdict(list)))
            values = block.properties[t.predicate.value]
            assert not isinstance(t.object, ox.Triple)
            if t.object not in values:
                values.append(t.object)
                if isinstance(t.object, ox.BlankNode):
                    uses[t.object] += 1
        # A blank node used once is written where it is used, if that leads back to something with a name.
        once = {b for b, n in uses.items() if n == 1 and b in self.blocks}
        reached: set[ox.BlankNode] = set()
        queue: list[Subject] = [b for b in self.blocks if b not in once]
        while queue:
            for values in self.blocks[queue.pop()].properties.values():
                for value in values:
                    if isinstance(value, ox.BlankNode) and value in once and value not in reached:
                        reached.add(value)
                        queue.append(value)
        self.inline = reached
        named = [b for b in self.blocks if isinstance(b, ox.BlankNode) and b not in self.inline]
        self.names = {b: f"_:b{n}" for n, b in enumerate(named, start=1)}
        self.used: set[str] = set()

    def text(self) -> str:
        body = []
        named = {s.value for s in self.blocks if isinstance(s, ox.NamedNode)}
        # What stood above a nameless thing is kept at the end rather than lost.
        for key in self.comments:
            if key not in named:
                self.trailing.extend(self.comments[key])
        for subject, block in self.blocks.items():
            if subject in self.inline:
                continue
            key = subject.value if isinstance(subject, ox.NamedNode) else ""
            lines = [*self.comments.get(key, []), *self._block(block)]
            body.append("\n".join(lines))
        if self.trailing:
            body.append("\n".join(self.trailing))
        heads = [f"@prefix {p}: <{iri}> ." for p, iri in PREFIXES.items() if p in self.used]
        return "\n".join(heads) + "\n\n" + "\n\n".join(body) + "\n"

    def _block(self, block: _Block) -> list[str]:
        parts = []
        for predicate, values in self._sorted(block.properties):
            if predicate == _CLAIM:
                claims = [f"\n        {self._term(v)}" for v in values]
                parts.append(self._name(predicate) + " ,".join(claims))
            else:
                parts.append(f"{self._name(predicate)} " + " , ".join(map(self._term, values)))
        head = self._subject(block.subject)
        return [f"{head} " + " ;\n    ".join(parts) + " ."]

    def _sorted(
        self, properties: dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]
    ) -> list[tuple[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]]:
        def rank(predicate: str) -> tuple[int, str]:
            return _RANK.get(predicate, _LAST.get(predicate, 500)), predicate

        ordered = []
        for predicate in sorted(properties, key=rank):
            values = properties[predicate]
            if not any(isinstance(v, ox.BlankNode) for v in values):
                values = sorted(values, key=_value_key)
            ordered.append((predicate, values))
        return ordered

    def _subject(self, subject: Subject) -> str:
        return (
            self.names[subject] if isinstance(subject, ox.BlankNode) else self._iri(subject.value)
        )

    def _name(self, predicate: str) -> str:
        return "a" if predicate == _TYPE else self._iri(predicate)

    def _iri(self, iri: str) -> str:
        short = compact(iri)
        if not short.startswith("<"):
            self.used.add(short.partition(":")[0])
        return short

    def _term(self, term: ox.NamedNode | ox.BlankNode | ox.Literal) -> str:
        if isinstance(term, ox.NamedNode):
            return "()" if term.value == _NIL else self._iri(term.value)
        if isinstance(term, ox.Literal):
            return self._literal(term)
        if term not in self.inline:
            return self.names[term]
        if (items := self._list(term)) is not None:
            return f"( {' '.join(map(self._term, items))} )"
        parts = [
            f"{self._name(p)} " + " , ".join(map(self._term, values))
            for p, values in self._sorted(self.blocks[term].properties)
        ]
        return f"[ {' ; '.join(parts)} ]"

    def _list(self, head: ox.BlankNode) -> list[ox.NamedNode | ox.BlankNode | ox.Literal] | None:
        """The items of an RDF list that is written nowhere else, or None."""
        items = []
        node: object = head
        while isinstance(node, ox.BlankNode):
            block = self.blocks.get(node)
            if node not in self.inline or not block or set(block.properties) != {_FIRST, _REST}:
                return None
            (first,), (node,) = block.properties[_FIRST], block.properties[_REST]
            items.append(first)
        return items if isinstance(node, ox.NamedNode) and node.value == _NIL else None

    def _literal(self, term: ox.Literal) -> str:
        datatype = term.datatype.value
        xsd = PREFIXES["xsd"]
        shapes = {"integer": r"[+-]?\d+", "decimal": r"[+-]?\d*\.\d+", "boolean": "true|false"}
        for local, shape in shapes.items():
            if datatype == xsd + local and re.fullmatch(shape, term.value):
                return term.value
        quoted = '"' + term.value.translate(_ESCAPES) + '"'
        if term.language:
            return f"{quoted}@{term.language}"
        return quoted if datatype == xsd + "string" else f"{quoted}^^{self._iri(datatype)}"


_ESCAPES = {
    ord(c): e
    for c, e in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"))
}


def _value_key(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> tuple[int, str, str]:
    """Chinese before English before the rest, then by text."""
    if isinstance(term, ox.Literal):
        return {"zh": 0, "en": 1}.get(term.language or "", 2), term.value, str(term)
    return 3, str(term), ""
