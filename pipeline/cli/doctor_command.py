"""The command that looks after an installation."""

import typer

from pipeline import services
from pipeline.cli.terminal import EXIT_USER_ERROR, JsonOption, print_json, print_table


def doctor(as_json: JsonOption = False) -> None:
    """Say what is installed, which model and key are in use, and what is missing."""
    findings = services.diagnose()
    if as_json:
        print_json([{"what": what, "state": state, "ok": is_well} for what, state, is_well in findings])
    else:
        print_table(
            ("What", "State", ""), [(what, state, "ok" if is_well else "missing") for what, state, is_well in findings]
        )
    if not all(is_well for _, _, is_well in findings):
        raise typer.Exit(EXIT_USER_ERROR)
