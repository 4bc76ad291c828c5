"""Click's complaints, said in the reader's language with the next step."""

from __future__ import annotations

import difflib

import click

from kg.words import Words


def _name(param: click.Parameter | None) -> str:
    """What the person types: "--format", "-o", or the argument's name."""
    if param is None:
        return ""
    return (
        max(param.opts, key=len) if isinstance(param, click.Option) else param.human_readable_name
    )


def explain(fault: click.ClickException, lang: str) -> str:
    """One or two sentences: what is wrong with the command line, and what to type."""
    ctx = getattr(fault, "ctx", None)
    path = ctx.command_path if ctx else "kg"
    help_line = Words(f"用法见 {path} --help。", f"See {path} --help.").pick(lang)
    if isinstance(fault, click.NoSuchOption):
        near = list(fault.possibilities or [])
        tip = Words(f"是否指 {'、'.join(near)}？", f"Did you mean {', '.join(near)}?")
        said = Words(f"没有选项 {fault.option_name}。", f"There is no option {fault.option_name}.")
        return f"{said.pick(lang)} {tip.pick(lang) if near else help_line}"
    if isinstance(fault, click.MissingParameter):
        name = _name(fault.param)
        said = Words(f"缺少参数 {name}。", f"{name} is missing.")
        return f"{said.pick(lang)} {help_line}"
    if isinstance(fault, click.BadParameter):
        name = _name(fault.param)
        said = Words(f"参数 {name} 有误：{fault.message}", f"{name} is wrong: {fault.message}")
        return f"{said.pick(lang)} {help_line}"
    if isinstance(fault, click.UsageError):
        if fault.message.startswith("No such command") and ctx is not None:
            wrong = fault.message.split("'")[1]
            known = ctx.command.list_commands(ctx) if isinstance(ctx.command, click.Group) else []
            near = difflib.get_close_matches(wrong, known, n=2, cutoff=0.5)
            said = Words(f"没有命令 {wrong}。", f"There is no command {wrong}.")
            tip = Words(f"是否指 {'、'.join(near)}？", f"Did you mean {', '.join(near)}?")
            return f"{said.pick(lang)} {tip.pick(lang) if near else help_line}"
        if fault.message.startswith("Missing command"):
            return Words(f"请给出子命令。{help_line}", f"Give a subcommand. {help_line}").pick(lang)
    return f"{fault.format_message()} {help_line}"
