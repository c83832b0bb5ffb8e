"""The command `ska`. The only place that prints, exits and reads the clock."""

from __future__ import annotations

import argparse
import errno
import gc
import os
import re
import sys
import traceback
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:  # what a command needs it imports itself: start-up time
    from ska.check import Outcome
    from ska.files import Tree
    from ska.model import Plan

CLEAN: Final = 0
HAS_ERRORS: Final = 1
WRONG_USE: Final = 2
OUR_BUG: Final = 3
INTERRUPTED: Final = 130
UNREAD: Final = 141  # as a shell tells of a program that its reader left (128 + SIGPIPE)

#: What a person can mend when a file or a folder can't be read or written.
_TROUBLE: Final = {
    errno.ENOSPC: "disken är full. Gör plats och kör kommandot igen",
    errno.EDQUOT: "utrymmet är slut. Gör plats och kör kommandot igen",
    errno.EACCES: "åtkomst nekas. Kontrollera rättigheterna",
    errno.EPERM: "åtkomst nekas. Kontrollera rättigheterna",
    errno.EROFS: "disken går bara att läsa. Välj en annan mapp",
    errno.ENOTDIR: "en del av sökvägen är en fil, inte en mapp",
    errno.EISDIR: "det är en mapp, inte en fil",
    errno.EEXIST: "det finns redan en fil med det namnet",
    errno.ENAMETOOLONG: "namnet är för långt",
    errno.EMFILE: "för många filer är öppna samtidigt. Stäng något program",
}

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
        if isinstance(error, OSError) and error.errno in _TROUBLE:
            what = f"{error.filename}: " if error.filename else ""
            if not what:
                _drop_output()
            return _complain(f"{what}{_TROUBLE[error.errno]}.")
        if os.environ.get("SKA_FELSOK"):
            traceback.print_exc()
        _complain(
            f"programmet självt har gått sönder ({type(error).__name__}: {error}). "
            "Kör om med SKA_FELSOK=1 och skicka utskriften till den som förvaltar programmet."
        )
        return OUR_BUG


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

    check = commands.add_parser("check", help="kontrollera planen")
    check.add_argument("--format", choices=("text", "github", "json", "markdown"), default="text",
                       help="hur svaret ska se ut (text)")  # fmt: skip
    check.add_argument("--date", type=_day, metavar="ÅÅÅÅ-MM-DD", help="dagen att räkna som i dag")
    _path(check)
    check.set_defaults(run=_check)

    _diff_parser(commands)
    _decision_parsers(commands)

    _document_parser(commands)

    pages = commands.add_parser("pages", help="skriv webbplatsens sidor som Markdown till en mapp")
    pages.add_argument("dir", type=Path, metavar="MAPP", help="mappen att skriva till")
    pages.add_argument("--repository", default="", metavar="ADRESS", help="var filerna kan ändras")
    pages.add_argument("--date", type=_day, metavar="ÅÅÅÅ-MM-DD", help="dagen att räkna som i dag")
    _path(pages)
    pages.set_defaults(run=_pages)

    due = commands.add_parser("due", help="visa det som någon behöver se över")
    due.add_argument("--format", choices=("text", "json"), default="text",
                     help="hur svaret ska se ut (text)")  # fmt: skip
    _horizon(due)
    due.set_defaults(run=_due)

    issues = commands.add_parser("issues", help="håll ett ärende per roll om det aktuellt i GitHub")
    _horizon(issues)
    issues.set_defaults(run=_issues)

    site = commands.add_parser("site", help="bygg webbplatsen i mappen site/")
    site.add_argument("--out", default="site", metavar="MAPP", help="mappen att bygga i (site)")
    site.set_defaults(run=_site)

    serve = commands.add_parser("serve", help="visa webbplatsen och följ ändringar")
    serve.add_argument("--port", type=_port, default=8000, metavar="PORT", help="porten (8000)")
    serve.set_defaults(run=_serve)
    return parser


def _diff_parser(commands: Any) -> None:
    diff = commands.add_parser("diff", help="visa vad som skiljer två planer")
    diff.add_argument("bas", metavar="BAS", help="planen att jämföra med: en revision i git (till "
                      "exempel main) eller en mapp")  # fmt: skip
    diff.add_argument("head", nargs="?", metavar="NY", help="den nya planen: en revision eller en "
                      "mapp (det som står i mappen nu)")  # fmt: skip
    diff.add_argument("--format", choices=("text", "markdown", "json"), default="text",
                      help="hur svaret ska se ut (text)")  # fmt: skip
    diff.set_defaults(run=_diff)


def _decision_parsers(commands: Any) -> None:
    manifest = commands.add_parser("manifest", help="visa kontrollsumman över det som beslutas")
    manifest.add_argument("--format", choices=("text", "json"), default="text",
                          help="hur svaret ska se ut (text)")  # fmt: skip
    _path(manifest)
    manifest.set_defaults(run=_manifest)

    besluta = commands.add_parser("besluta", help="skriv in nämndens beslut om planen")
    for name, meta, said in (
        ("organ", "NAMN", "vem som beslutade"),
        ("paragraf", "§", "paragrafen i protokollet: ”§ 12” eller 12"),
        ("dnr", "DNR", "ärendets diarienummer: ”AN 2025-7”"),
    ):
        besluta.add_argument(f"--{name}", required=True, metavar=meta, help=said)
    besluta.add_argument("--datum", required=True, type=_day, metavar="ÅÅÅÅ-MM-DD",
                         help="dagen för beslutet")  # fmt: skip
    besluta.add_argument("--justerat", type=_day, metavar="ÅÅÅÅ-MM-DD",
                         help="dagen då protokollet justerades")  # fmt: skip
    besluta.add_argument("--laga-kraft", type=_day, metavar="ÅÅÅÅ-MM-DD",
                         help="dagen då beslutet vann laga kraft")  # fmt: skip
    _path(besluta)
    besluta.set_defaults(run=_besluta)


def _document_parser(commands: Any) -> None:
    document = commands.add_parser("document", help="skriv planen, eller det som ändras, som PDF")
    document.add_argument("--ändringar", "--andringar", metavar="BAS", dest="bas",
                          help="skriv bara det som skiljer från BAS: en revision i git (till "
                          "exempel main) eller en mapp")  # fmt: skip
    document.add_argument("--out", type=Path, metavar="FIL",
                          help="filen att skriva (plan.pdf eller andringar.pdf)")  # fmt: skip
    document.add_argument("--date", type=_day, metavar="ÅÅÅÅ-MM-DD",
                          help="dagen att räkna som i dag")  # fmt: skip
    _path(document)
    document.set_defaults(run=_document)


def _path(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="?", type=Path, default=Path(), metavar="SÖKVÄG",
                        help="mappen som har plan/ och schemas/ (den här)")  # fmt: skip


def _horizon(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--date", type=_day, metavar="ÅÅÅÅ-MM-DD", help="dagen att räkna som i dag")
    parser.add_argument("--within", type=_days, default=60, metavar="DAGAR",
                        help="så många dagar framåt (60)")  # fmt: skip
    _path(parser)


def _days(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,5}", text):
        return int(text)
    raise argparse.ArgumentTypeError(f"”{text}” är inget antal dagar")


def _day(text: str) -> date:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):  # fromisoformat takes weeks too
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"”{text}” är ingen dag; skriv år-månad-dag: 2025-01-31")


def _port(text: str) -> int:
    if re.fullmatch(r"\d{1,5}", text, re.ASCII) and 0 < int(text) < 2**16:
        return int(text)
    raise argparse.ArgumentTypeError(f"”{text}” är ingen port; skriv ett tal från 1 till 65535")


def _today() -> date:
    return datetime.now(ZoneInfo("Europe/Stockholm")).date()


def _check(options: argparse.Namespace) -> int:
    from ska import report
    from ska.check import check
    from ska.editions import earlier
    from ska.files import NoPlanError, read_tree
    from ska.schema import SchemaError

    try:
        tree = read_tree(options.path)
        before = earlier(options.path, tree)
        outcome = check(tree, options.date or _today(), before.planer)
    except (NoPlanError, SchemaError) as error:
        return _complain(f"{error}. Ange mappen som har plan/ och schemas/.")
    for edition in before.oläsliga:
        sys.stderr.write(
            f"ska: utgåvan ”{edition.utgåva}” i historiken ({edition.commit[:10]}) går inte att "
            "läsa och jämförs inte.\n"
        )
    if options.format == "text":
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        sys.stdout.write(report.text(outcome, colour))
    else:
        sys.stdout.write(report.FORMATS[options.format](outcome))
    return HAS_ERRORS if outcome.errors else CLEAN


def _diff(options: argparse.Namespace) -> int:
    from ska import change_formats, change_report, content, schema
    from ska.check import load
    from ska.files import NoPlanError, read_schemas

    here = Path()
    try:
        schemas = read_schemas(here)
        kinds = schema.load(schemas)
        trees = [_tree(here, name, schemas) for name in (options.bas, options.head or ".")]
    except (NoPlanError, schema.SchemaError) as error:
        return _complain(f"{error}.")
    plans = []
    for name, tree in zip((options.bas, options.head or "den här mappen"), trees, strict=True):
        outcome = load(tree, kinds)
        if outcome.plan is None:
            return _unreadable(name, outcome)
        plans.append(outcome.plan)
    forms = content.former({name: kind.body for name, kind in kinds.items()})
    gc.freeze()  # the plans stay to the end: to look through them for rubbish takes half the time
    rapport = change_report.report(plans[0], plans[1], forms)
    sys.stdout.write(change_formats.FORMATS[options.format](rapport))
    return CLEAN


def _manifest(options: argparse.Namespace) -> int:
    from ska import content, manifest_report, report, schema
    from ska.check import load
    from ska.files import NoPlanError, read_tree
    from ska.manifest import manifest

    try:
        tree = read_tree(options.path)
        kinds = schema.load(tree.schemas)
    except (NoPlanError, schema.SchemaError) as error:
        return _complain(f"{error}. Ange mappen som har plan/ och schemas/.")
    outcome = load(tree, kinds)
    if outcome.plan is None:
        sys.stderr.write(report.text(outcome))
        return HAS_ERRORS
    forms = content.former({name: kind.body for name, kind in kinds.items()})
    summa = manifest(outcome.plan, forms)
    sys.stdout.write(manifest_report.FORMATS[options.format](outcome.plan, summa))
    return CLEAN


def _besluta(options: argparse.Namespace) -> int:
    from ska import report
    from ska.decide import Beslutsdata, DecisionError
    from ska.decision import decide
    from ska.files import NoPlanError, read_tree, write_files
    from ska.schema import SchemaError

    paragraf = options.paragraf.strip().removeprefix("§").strip()
    beslut = Beslutsdata(
        options.organ, options.datum, f"§ {paragraf}", options.dnr, options.justerat,
        options.laga_kraft,
    )  # fmt: skip
    try:
        made = decide(read_tree(options.path), beslut, _today())
        if made.files is None:
            sys.stdout.write(report.text(made.outcome))
            sys.stderr.write("ska: ingenting är skrivet. Rätta felen och kör om.\n")
            return HAS_ERRORS
        write_files(options.path, made.files)
    except (NoPlanError, SchemaError) as error:
        return _complain(f"{error}. Ange mappen som har plan/ och schemas/.")
    except DecisionError as error:
        return _complain(f"{error}. Ingenting är skrivet.")
    except OSError as error:
        return _complain(f"det gick inte att skriva i {error.filename}. Ingenting är skrivet.")
    sys.stdout.write(
        f"Beslutet är inskrivet i {' och '.join(made.files) or 'planen sedan förut'}.\n"
        f"Manifest: {made.sha256}\n"
    )
    return CLEAN


def _document(options: argparse.Namespace) -> int:
    from ska import documents, report
    from ska.files import NoPlanError, read_tree
    from ska.schema import SchemaError

    try:
        tree = read_tree(options.path)
        base = _tree(options.path, options.bas, tree.schemas) if options.bas else None
        made = documents.make(tree, base, options.date or _today())
    except (NoPlanError, SchemaError) as error:
        return _complain(f"{error}.")
    except documents.DocumentError as error:
        sys.stderr.write(f"ska: {error}. Inget dokument är gjort.\n")
        return HAS_ERRORS
    if made.pdf is None:
        if made.bas:
            return _unreadable(options.bas, made.outcome)
        sys.stdout.write(report.text(made.outcome))
        sys.stderr.write("ska: inget dokument är gjort. Rätta felen och kör om.\n")
        return HAS_ERRORS
    out = options.out or Path("andringar.pdf" if options.bas else "plan.pdf")
    out.write_bytes(made.pdf)
    sys.stdout.write(f"Dokumentet är skrivet: {out}.\n")
    return CLEAN


def _tree(here: Path, name: str, schemas: dict[str, bytes]) -> Tree:
    """Read a folder where there is one with a plan in it, else a revision."""
    from ska.files import read_revision, read_tree

    if (here / name / "plan").is_dir():
        return replace(read_tree(here / name), schemas=schemas)
    return read_revision(here, name, schemas)


def _unreadable(name: str, outcome: Outcome) -> int:
    from ska import report

    sys.stderr.write(report.text(outcome))
    sys.stderr.write(f"ska: planen i {name} går inte att läsa, så det finns inget att jämföra.\n")
    return HAS_ERRORS


def _plan_for(options: argparse.Namespace, today: date) -> Plan | int:
    """Read the plan for a command that needs it whole; else say why not, and the exit code."""
    from ska import report
    from ska.check import check
    from ska.files import NoPlanError, read_tree
    from ska.schema import SchemaError

    try:
        outcome = check(read_tree(options.path), today)
    except (NoPlanError, SchemaError) as error:
        return _complain(f"{error}. Ange mappen som har plan/ och schemas/.")
    if outcome.plan is None:
        sys.stdout.write(report.text(outcome))
        return HAS_ERRORS
    return outcome.plan


def _due(options: argparse.Namespace) -> int:
    from ska.due import due
    from ska.render import oversyn

    today = options.date or _today()
    plan = _plan_for(options, today)
    if isinstance(plan, int):
        return plan
    found = due(plan, today, options.within)
    if options.format == "json":
        sys.stdout.write(oversyn.as_json(plan, found, today).decode())
    else:
        sys.stdout.write(oversyn.text(plan, found, today, options.within))
    return HAS_ERRORS if any(one.försenad for one in found) else CLEAN


def _issues(options: argparse.Namespace) -> int:
    from ska.due import due
    from ska.forge import Forge, ForgeError, sync
    from ska.render import oversyn

    given = os.environ.get  # as GitHub's workflows set them
    repository = given("GITHUB_REPOSITORY", "")
    today = options.date or _today()
    plan = _plan_for(options, today)
    if isinstance(plan, int):
        return plan
    server = given("GITHUB_SERVER_URL", "https://github.com").rstrip("/")
    base = f"{server}/{repository}/blob/{given('GITHUB_REF_NAME', 'main')}"
    found = due(plan, today, options.within)
    wanted = oversyn.issues(plan, found, options.within, base)
    try:
        api = given("GITHUB_API_URL", "https://api.github.com")
        forge = Forge(api, repository, given("GITHUB_TOKEN", ""))
        for done in sync(forge, wanted, oversyn.INGET):
            sys.stdout.write(f"{done}\n")
    except ForgeError as error:
        return _complain(f"ärendena kunde inte hållas aktuella: {error}.")
    sys.stdout.write(f"Roller som har något att se över: {len(wanted)}.\n")
    return CLEAN


def _complain(message: str) -> int:
    sys.stderr.write(f"ska: {message}\n")
    return WRONG_USE


def _pages(options: argparse.Namespace) -> int:
    from ska.files import NoPlanError
    from ska.render.gemensamt import Settings
    from ska.render.tree import markdown
    from ska.schema import SchemaError
    from ska.site import SiteError, prepare

    try:
        built = prepare(options.path, Settings(options.date or _today(), options.repository))
    except (NoPlanError, SchemaError) as error:
        return _complain(f"{error}. Ange mappen som har plan/ och schemas/.")
    except SiteError as error:
        sys.stdout.write(str(error))
        return HAS_ERRORS
    if options.dir.exists() and any(options.dir.iterdir()):
        return _complain(f"mappen {options.dir} är inte tom. Ange en mapp som inte finns.")
    for path, page in built.pages.items():
        target = options.dir / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(markdown(page), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{len(built.pages)} sidor skrivna till {options.dir}.\n")
    return CLEAN


def _site(options: argparse.Namespace) -> int:
    from ska.site import SiteError, build

    try:
        build(Path.cwd(), Path.cwd() / options.out)
    except SiteError as error:
        sys.stderr.write(f"{error}\n")
        return HAS_ERRORS
    sys.stdout.write(f"Webbplatsen är byggd i {options.out}.\n")
    return CLEAN


def _serve(options: argparse.Namespace) -> int:
    from ska.site import SiteError, serve

    def say(text: str) -> None:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    try:
        serve(Path.cwd(), options.port, say)
    except SiteError as error:
        return _complain(str(error))
    return CLEAN


if __name__ == "__main__":
    sys.exit(main())
