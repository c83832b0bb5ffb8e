"""Keep one comment up to date on a proposal at GitHub, or the run's summary where none may be."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ska.commands.options import date_option
from ska.commands.shared import CLEAN, complain, day_for

if TYPE_CHECKING:  # what the command needs it imports itself: start-up time
    from datetime import date

_INGEN: Final = "körs bara för ett ändringsförslag i GitHub; för din egen del finns ”ska diff”"


def add(commands: Any) -> None:
    """Add the command to the others."""
    comment = commands.add_parser(
        "comment", help="håll kommentaren till ett ändringsförslag aktuell i GitHub"
    )
    comment.add_argument("bas", metavar="BAS", help="planen som förslaget ändrar: en revision i "
                         "git (till exempel main) eller en mapp")  # fmt: skip
    date_option(comment)
    comment.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from ska.comment import MARK
    from ska.forge import Forge, ForgeError, ReadOnlyError, keep_comment

    given = os.environ.get  # as GitHub's workflows set them
    proposal = _proposal(given("GITHUB_EVENT_PATH", ""))
    if proposal is None:
        return complain(f"kommandot {_INGEN}.")
    number, home = proposal
    text = _text(options.bas, day_for(options))
    repository, summary = given("GITHUB_REPOSITORY", ""), given("GITHUB_STEP_SUMMARY", "")
    if home != repository:  # from somebody's copy: the key can only read
        return _summarised(summary, text)
    try:
        api = given("GITHUB_API_URL", "https://api.github.com")
        forge = Forge(api, repository, given("GITHUB_TOKEN", ""))
        sys.stdout.write(f"{keep_comment(forge, number, text, MARK)}\n")
    except ReadOnlyError:
        return _summarised(summary, text)
    except ForgeError as error:
        return complain(f"kommentaren kunde inte hållas aktuell: {error}.")
    return CLEAN


def _proposal(path: str) -> tuple[int, str] | None:
    """Read the number of the proposal, and the repository that it comes from."""
    try:
        proposal = json.loads(Path(path).read_bytes())["pull_request"]
        home = proposal["head"]["repo"]  # null where the copy has been taken away
        return int(proposal["number"]), home["full_name"] if home else ""
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _summarised(path: str, text: str) -> int:
    if not path:
        return complain("kommentaren får inte skrivas, och körningen har ingen sammanfattning.")
    with open(path, "a", encoding="utf-8") as file:
        file.write(text)
    sys.stdout.write("Texten står i körningens sammanfattning: här får ingen kommentar skrivas.\n")
    return CLEAN


def _text(bas: str, today: date) -> str:
    from ska import comment, proposal
    from ska.check import check
    from ska.files.tree import NoPlanError, read_tree
    from ska.past.editions import earlier
    from ska.reading import schema

    root, given = Path(), os.environ.get
    tree = read_tree(root)
    kinds = schema.load(tree.schemas)
    outcome = check(tree, today, earlier(root, tree, kinds).planer, kinds)
    rapport = None
    if outcome.plan is not None:
        forms = schema.forms_of(kinds)
        try:
            before = proposal.base(root, bas, tree.schemas, kinds)
            rapport = proposal.propose(*before, outcome.plan, forms).rapport
        except (NoPlanError, proposal.BaseError) as error:
            sys.stderr.write(f"ska: {error}.\n")
    server = given("GITHUB_SERVER_URL", "https://github.com").rstrip("/")
    run = f"{server}/{given('GITHUB_REPOSITORY', '')}/actions/runs/{given('GITHUB_RUN_ID', '')}"
    links = comment.Länkar(given("SKA_WEBBPLATS", ""), run if given("GITHUB_RUN_ID") else "")
    return comment.text(outcome, rapport, links)
