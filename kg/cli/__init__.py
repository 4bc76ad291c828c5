"""The door to the terminal: the only code that knows Click, prints or exits."""

from __future__ import annotations

import sys
from typing import NoReturn

from kg.errors import KgError


def main() -> NoReturn:
    """Runs `kg`; exit code 0 done, 1 done with findings, 2 could not."""
    import gc

    # A command lives for a moment: collecting cycles while modules load costs more than it frees.
    gc.set_threshold(50_000, 50, 50)
    for stream in (sys.stdout, sys.stderr):
        # A GBK console or a C locale must not turn a name into an exception.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    try:
        code = _run()
        sys.stdout.flush()
    except BrokenPipeError:
        # `kg … | head` closes the pipe: not a fault, and nothing more can be said on it.
        code = 0
    except OSError as fault:
        # The last line found the disk full.
        sys.stderr.write(f"kg: {fault}\n")
        code = 2
    _leave(code)


def _run() -> int:
    import click

    from kg.cli.root import chosen_lang, root

    lang = chosen_lang(sys.argv[1:])
    try:
        code = root.main(prog_name="kg", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except KgError as fault:
        click.echo(f"kg: {fault.text(lang)}", err=True)
    except click.ClickException as fault:
        from kg.cli.faults import explain

        click.echo(f"kg: {explain(fault, lang)}", err=True)
    except BrokenPipeError:
        raise
    except (UnicodeError, OSError) as fault:
        click.echo(f"kg: {fault}", err=True)
    except (click.Abort, KeyboardInterrupt):
        click.echo("kg: 已中断 / interrupted", err=True)
    return 2


def _leave(code: int) -> NoReturn:
    """Ends the process at once: all is written, and taking interpreter and store apart is a tenth of a quick command."""
    import atexit
    import os

    atexit._run_exitfuncs()
    sys.stderr.flush()
    os._exit(code)
