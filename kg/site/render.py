"""Every page is rendered here, with the words and links that all templates share."""

from __future__ import annotations

from typing import Any

from kg.paint import STATUS_WORDS, environment
from kg.site.atlas import Atlas


def shared(atlas: Atlas, path: str) -> dict[str, Any]:
    """The names that every template has: words, links, and how the page at `path` reaches others."""
    return {
        **atlas.ways(path),
        "path": path,
        "lang": atlas.lang,
        "t": atlas.t,
        "single": False,
        "as_of": atlas.as_of,
        "quoted": bool(atlas.quotes),
        "presence_words": atlas.presences,
        "status_words": STATUS_WORDS[atlas.lang],
    }


def render(atlas: Atlas, template: str, path: str, **context: Any) -> str:
    """The HTML of `template` for the page at `path` from the language's folder ("chain/metals.html")."""
    return environment().get_template(template).render(**shared(atlas, path), **context)
