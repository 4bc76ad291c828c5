"""Namespaces, IRIs from keys, and the fixed words of the model (defined in data/vocab.ttl)."""

from __future__ import annotations

import re
import unicodedata

BASE = "https://w3id.org/cn-industry-chain/"

PREFIXES: dict[str, str] = {
    "ic": BASE + "vocab#",
    "node": BASE + "node/",
    "actor": BASE + "actor/",
    "item": BASE + "item/",
    "ind": BASE + "indicator/",
    "obs": BASE + "observation/",
    "src": BASE + "passage/",
    "doc": BASE + "document/",
    "status": BASE + "status/",
    "level": BASE + "level/",
    "role": BASE + "role/",
    "wish": BASE + "wish/",
    "stage": BASE + "stage/",
    "kind": BASE + "kind/",
    "scheme": BASE + "scheme/",
    "unit": BASE + "unit/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "qb": "http://purl.org/linked-data/cube#",
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "oa": "http://www.w3.org/ns/oa#",
    "sh": "http://www.w3.org/ns/shacl#",
}

# Which namespace the things of a class live in; everything else is an item.
CHAIN_CLASSES = (
    "Industry",
    "Segment",
    "Product",
    "Technology",
    "Service",
    "Application",
)
# What stands in a chain below its industry: segments first.
NODE_CLASSES = ("Segment", "Product", "Technology", "Service", "Application")
ACTOR_CLASSES = (
    "Firm",
    "Group",
    "Institute",
    "University",
    "Hospital",
    "GovernmentBody",
    "Alliance",
    "Platform",
    "Park",
    "Place",
    "Site",
    "Organisation",
    "Team",
)
ITEM_CLASSES = (
    "Project",
    "Programme",
    "Policy",
    "Event",
    "Award",
    "Fund",
    "Resource",
    "Mechanism",
    "Talent",
    "Strategy",
)
CLASSES = (*CHAIN_CLASSES, *ACTOR_CLASSES, *ITEM_CLASSES, "Indicator")

# Classes of the model that are about the graph and not about the city.
NOT_THINGS = ("SourceDocument", "Section", "Paragraph", "Word")

STATUSES = ("existing", "underway", "planned", "target")
STAGES = ("upstream", "midstream", "downstream", "support")

# Predicates by which an actor is *active* in a node (presence, gap-method.md).
ACTIVE = ("leads", "makes", "activeIn")

_SAFE_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?\Z")


def expand(curie: str) -> str:
    """The full IRI of a CURIE such as "node:aluminium-foil". KeyError for an unknown prefix."""
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local


def compact(iri: str) -> str:
    """The CURIE of an IRI where a prefix of ours fits and the rest needs no escaping, else "<IRI>"."""
    for prefix, base in PREFIXES.items():
        if iri.startswith(base) and _SAFE_LOCAL.match(iri[len(base) :]):
            return f"{prefix}:{iri[len(base) :]}"
    return f"<{iri}>"


def slug(text: str, most: int = 64) -> str:
    """An ASCII key from an English or pinyin text: lower case, words joined by hyphens, at most `most` long."""
    ascii_ = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", ascii_.lower())
    out = ""
    for w in words:
        if len(out) + len(w) + 1 > most:
            break
        out = f"{out}-{w}" if out else w
    return out or "x"


def namespace_of(cls: str) -> str:
    """The prefix ("node", "actor", "item", "ind") under which things of the class `cls` are named."""
    if cls in CHAIN_CLASSES:
        return "node"
    if cls in ACTOR_CLASSES:
        return "actor"
    return "ind" if cls == "Indicator" else "item"


_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{d}{n}" for d in ("COM", "LPT") for n in range(10))}


def page_of(iri: str) -> str:
    """The name of a thing inside the site, which its page has and nothing else: "actor/shaogang"."""
    for prefix in ("node", "actor", "item", "ind", "doc"):
        base = PREFIXES[prefix]
        local = iri[len(base) :]
        # A name from somebody's file must not lead out of the folder, nor be one that Windows keeps for itself.
        if iri.startswith(base) and _SAFE_LOCAL.match(local) and local.upper() not in _RESERVED:
            return f"{prefix}/{local}"
    import hashlib

    return "other/" + hashlib.sha256(iri.encode()).hexdigest()[:16]


def address_of(iri: str) -> str:
    """The address of a thing's page from the folder of its language: "thing.html?actor/shaogang"."""
    return "thing.html?" + page_of(iri)


def claim_id(subject: str, predicate: str, obj: str, status: str) -> str:
    """The address of a claim: 16 hex digits of the SHA-256 of subject, predicate, object and status IRI."""
    import hashlib

    text = "\n".join((subject, predicate, obj, status))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


# What an officer looks for first: who is in it, then who works on it, then what it is tied to; wishes come last.
_READING = [
    "leads",
    "makes",
    "activeIn",
    "develops",
    "builds",
    "carries",
    "partnersWith",
    "serves",
    "carrierOf",
    "locatedIn",
    "partOf",
    "feedsInto",
    "usedIn",
    "treats",
    "uses",
    "recognisedAs",
    "won",
]


def reading_rank(predicate: str) -> int:
    """Where claims of `predicate` (local name) stand when a thing's facts are read: 0 first."""
    return _READING.index(predicate) if predicate in _READING else len(_READING)
