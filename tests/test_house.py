"""The house rules that a machine can check."""

from conftest import ROOT


def test_no_module_is_longer_than_300_lines() -> None:
    long = {
        p.name: n
        for p in (ROOT / "kg").rglob("*.py")
        if (n := len(p.read_text("utf-8").splitlines())) > 300
    }
    assert long == {}


def test_every_public_module_says_what_it_knows() -> None:
    silent = [p for p in (ROOT / "kg").rglob("*.py") if not p.read_text("utf-8").startswith('"""')]
    assert silent == []
