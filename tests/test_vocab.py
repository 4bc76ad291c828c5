from kg.vocab import BASE, claim_id, compact, expand, namespace_of, page_of, slug


def test_a_curie_and_its_iri_are_the_same_thing() -> None:
    assert expand("node:foil") == BASE + "node/foil"
    assert compact(BASE + "node/foil") == "node:foil"
    assert compact("http://example.org/x") == "<http://example.org/x>"


def test_an_iri_whose_rest_would_need_escaping_stays_whole() -> None:
    assert compact(BASE + "node/a/b") == f"<{BASE}node/a/b>"


def test_a_slug_is_ascii_and_never_cuts_a_word() -> None:
    assert slug("Aluminium foil (for capacitors)") == "aluminium-foil-for-capacitors"
    assert slug("Société générale") == "societe-generale"
    assert slug("a" * 10 + " " + "b" * 60) == "a" * 10


def test_a_class_decides_where_a_thing_is_named() -> None:
    assert [namespace_of(c) for c in ("Product", "Park", "Policy", "Indicator")] == [
        "node",
        "actor",
        "item",
        "ind",
    ]


def test_a_page_has_a_windows_safe_name() -> None:
    assert page_of(BASE + "actor/mill") == "actor/mill"
    strange = page_of("http://example.org/a?b=<c>")
    assert strange.startswith("other/") and len(strange) == len("other/") + 16


def test_a_claim_keeps_its_address_whatever_else_is_said_of_it() -> None:
    # SHA-256 of the four IRIs joined by newlines, first 16 hex digits.
    assert claim_id("s", "p", "o", "t") == "5a50c0d385d5735e"
    assert claim_id("s", "p", "o", "u") != "5a50c0d385d5735e"
