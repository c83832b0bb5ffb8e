"""The command `ska`: reads what is asked for, runs it, and answers what goes wrong in Swedish."""

from __future__ import annotations

import argparse
import atexit
import gc
import os
import sys
from collections.abc import Sequence
from typing import Any, Final

from ska.commands import COMMANDS
from ska.commands.shared import TROUBLE, complain

OUR_BUG: Final = 3
INTERRUPTED: Final = 130
UNREAD: Final = 141  # as a shell tells of a program that its reader left (128 + SIGPIPE)

#: argparse looks its words up by their English text (CPython: Lib/argparse.py).
_SWEDISH: Final = {
    "usage: ": "användning: ",
    "positional arguments": "argument",
    "options": "val",
    "show this help message and exit": "visa den här hjälpen",
    "show program's version number and exit": "visa programmets version",
    "%(prog)s: error: %(message)s\n": "%(prog)s: fel: %(message)s\n",
    "the following arguments are required: %s": "det här saknas: %s",
    "unrecognized arguments: %s": "det här känner kommandot inte till: %s",
    "expected one argument": "ett värde saknas",
    "expected at least one argument": "minst ett värde saknas",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "”%(value)s” finns inte; välj bland %(choices)s"
    ),
    "invalid %(type)s value: %(value)r": "”%(value)s” duger inte",
    "not allowed with argument %s": "går inte ihop med %s",
    "ambiguous option: %(option)s could match %(matches)s": (
        "”%(option)s” kan betyda flera saker: %(matches)s"
    ),
    "ignored explicit argument %r": "”%s” tas inte emot här",
    "unknown parser %(parser_name)r (choices: %(choices)s)": (
        "kommandot ”%(parser_name)s” finns inte; välj bland %(choices)s"
    ),
}

# What is left when a command ends goes with the process. Python would first look through it for
# rubbish; that was a fifth of what an editor waits for.
atexit.register(gc.freeze)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code (0 clean, 1 errors, 2 wrong use, 3 our own bug).

    Interrupted by the user it is 130, and 141 when whoever reads the output has left.
    """
    _make_writable()
    try:
        try:
            options = _parser().parse_args(arguments)
            code: int = options.run(options)
            return code
        finally:
            sys.stdout.flush()  # here, where a reader who has left can still be told from a fault
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output (less, head) has left
        _drop_output()
        return UNREAD
    except Exception as error:
        if _has_no_plan(error):
            return complain(f"{error}. Ange mappen som har plan/ och schemas/.")
        if isinstance(error, OSError) and error.errno in TROUBLE:
            what = f"{error.filename}: " if error.filename else ""
            if not what:
                _drop_output()
            return complain(f"{what}{TROUBLE[error.errno]}.")
        if os.environ.get("SKA_FELSOK"):
            import traceback  # here and not above: start-up time

            traceback.print_exc()
        complain(
            f"programmet självt har gått sönder ({type(error).__name__}: {error}). "
            "Kör om med SKA_FELSOK=1 och skicka utskriften till den som förvaltar programmet."
        )
        return OUR_BUG


def _has_no_plan(error: Exception) -> bool:
    """Tell whether a command was given a folder without a plan, or without sound schemas."""
    from ska.files.tree import NoPlanError  # here and not above: start-up needs neither
    from ska.reading.schema import SchemaError

    return isinstance(error, NoPlanError | SchemaError)


def _make_writable() -> None:
    """Write UTF-8 whatever the terminal says, and to nowhere where a stream is closed."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - to the end
        elif hasattr(stream, "reconfigure"):  # not when a test has put its own in place
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _drop_output() -> None:
    """Let Python's own flushing at the end go nowhere, as where it should go takes no more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    translate: Any = lambda text: _SWEDISH.get(text, text)  # noqa: E731 - takes gettext's place
    argparse._ = translate  # type: ignore[attr-defined]  # gettext needs compiled catalogues
    parser = argparse.ArgumentParser(
        prog="ska", description="Nämndens plan för systematiskt kvalitetsarbete som text."
    )
    commands = parser.add_subparsers(
        metavar="KOMMANDO", required=True, dest="kommando", title="kommandon"
    )
    for command in COMMANDS:
        command.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
