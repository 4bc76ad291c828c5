"""Every page is rendered here, with the words and links that all templates share."""

from __future__ import annotations

from typing import Any

from kg.paint import STATUS_WORDS, environment
from kg.site.atlas import Atlas


def render(atlas: Atlas, template: str, root: str, **context: Any) -> str:
    """The HTML of `template`; `root` leads from the page to the site's root."""
    page = environment().get_template(template)
    return page.render(
        root=root,
        lang=atlas.lang,
        t=atlas.t,
        single=False,
        as_of=atlas.as_of,
        quoted=bool(atlas.quotes),
        presence_words=atlas.presences,
        status_words=STATUS_WORDS[atlas.lang],
        **context,
    )
