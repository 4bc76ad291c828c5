"""The door to the terminal: the only code that knows Click, prints or exits."""

from __future__ import annotations

import sys

from kg.errors import KgError


def main() -> None:
    """Runs `kg`; exit code 0 done, 1 done with findings, 2 could not."""
    import gc

    import click

    # A command lives for a moment: collecting cycles while modules load costs more than it frees.
    gc.set_threshold(50_000, 50, 50)
    from kg.cli.root import chosen_lang, root

    for stream in (sys.stdout, sys.stderr):
        # A GBK console or a C locale must not turn a name into an exception.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    lang = chosen_lang(sys.argv[1:])
    try:
        code = root.main(prog_name="kg", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except KgError as fault:
        click.echo(f"kg: {fault.text(lang)}", err=True)
        sys.exit(2)
    except click.ClickException as fault:
        from kg.cli.faults import explain

        click.echo(f"kg: {explain(fault, lang)}", err=True)
        sys.exit(2)
    except (UnicodeError, OSError) as fault:
        if isinstance(fault, BrokenPipeError):
            # `kg … | head` closes the pipe: not a fault, and nothing more can be said on it.
            import os

            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        click.echo(f"kg: {fault}", err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("kg: 已中断 / interrupted", err=True)
        sys.exit(2)
