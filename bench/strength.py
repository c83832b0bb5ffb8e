"""`make mutants`: would the tests notice a change in the reading or in a rule?

    python -m bench.strength [--count N] [--seed N] [--seconds N]

A seeded sample of mutmut's mutants, each against the tests that reach the changed lines. The tests
are collected once; a fork for each mutant puts the changed function's code in place of the sound
one and runs until a test fails. So a mutant costs no start-up, only its tests, the quick ones
first. Which tests reach a line, and how long each takes, is measured in the same run.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import pickle
import resource
import signal
import subprocess
import sys
import tempfile
import time
import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any, Final, NoReturn

import coverage
import pytest

from bench import peers
from bench.generator import PROJECT

SOURCES: Final = (
    "reading/yaml_*.py",
    "reading/schema*.py",
    "loading/build.py",
    "check.py",
    "rules/*.py",
)
TESTS: Final = (
    "test_yaml_source", "test_schema", "test_build", "test_check", "test_rules",
    "test_rule_tables", "test_messages", "test_manifest", "test_editions", "test_history",
)  # fmt: skip
#: Seconds of processor, with sound code, after which a mutant that no test has noticed has
#: survived. That is some hundreds of tests; the figure can only be too low.
_ENOUGH: Final = 8.0
#: What a busy machine alone can make fail.
_TIMED: Final = "not takes_long"
#: So much longer than with sound code the tests of a mutant may take, beside some seconds more.
_PATIENCE: Final = 5
_WAIT: Final = 1800
_MEMORY: Final = 4 * 1024**3
_FOUND, _MISSED, _BROKEN = 0, 1, 2

Lines = Mapping[str, Mapping[int, frozenset[str]]]  # file -> line -> the tests that reach it


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: the file, the lines it is on, what became what, and the whole new source."""

    file: str
    first: int
    last: int
    before: str
    after: str
    source: str

    def __str__(self) -> str:
        return f"{self.file}:{self.first}: {self.before} -> {self.after}"


def drawn(seed: int, count: int) -> tuple[int, list[Mutant]]:
    """Return how many mutants there are in all, and a sample of them."""
    home = PROJECT / "src" / "ska"
    files = [str(f.relative_to(PROJECT)) for p in SOURCES for f in sorted(home.glob(p))]
    command = [peers.python(), PROJECT / "bench" / "mutator.py", str(seed), str(count), *files]
    done = subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.PIPE)
    answer = json.loads(done.stdout)
    return answer["made"], [Mutant(**mutant) for mutant in answer["sample"]]


# Putting a mutant in place


def functions(code: types.ModuleType) -> Iterator[tuple[str, types.FunctionType]]:
    """Yield the module's own functions and methods by name, also those inside a decorator."""
    for name, value in list(vars(code).items()):
        if isinstance(value, type) and value.__module__ == code.__name__:
            for part, method in list(vars(value).items()):
                yield from _bare(f"{name}.{part}", method, code)
        else:
            yield from _bare(name, value, code)


def _bare(name: str, value: Any, code: types.ModuleType) -> Iterator[tuple[str, Any]]:
    for inner in ("fget", "func", "__func__"):
        value = getattr(value, inner, value)
    while hasattr(value, "__wrapped__"):
        value = value.__wrapped__
    if isinstance(value, types.FunctionType) and value.__module__ == code.__name__:
        yield name, value


def put_in_place(mutant: Mutant) -> None:
    """Give the module's functions the mutant's code; what has imported them has it too then."""
    dotted = mutant.file.removeprefix("src/").removesuffix(".py").replace("/", ".")
    sound = sys.modules[dotted.removesuffix(".__init__")]
    made = types.ModuleType(sound.__name__)
    made.__dict__.update(
        {k: v for k, v in vars(sound).items() if k.startswith("__") and k != "__annotations__"}
    )
    exec(compile(mutant.source, str(PROJECT / mutant.file), "exec"), made.__dict__)
    changed = dict(functions(made))
    for name, function in functions(sound):
        new = changed[name]
        function.__code__ = new.__code__
        function.__defaults__ = new.__defaults__
        function.__kwdefaults__ = new.__kwdefaults__


# Running the tests


class Plugin:
    """Runs pytest's collected tests in forks: once with sound code, then for each mutant."""

    def __init__(self, mutants: Sequence[Mutant], say: Callable[[str], None]) -> None:
        self.mutants = mutants
        self.say = say
        self.survivors: list[Mutant] = []
        self.unreached: list[Mutant] = []
        self.failed = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed |= report.failed

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        session.config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]  # one for all
        self.items = {item.nodeid: item for item in session.items}
        with tempfile.TemporaryDirectory() as folder:
            self.say(f"{len(self.items)} tester med oförändrad kod")
            if _in_fork(lambda: self._sound(Path(folder)), 3600) != _MISSED:
                raise pytest.UsageError("ett test går inte igenom utan mutanter")
            self.reach, self.took = pickle.loads((Path(folder) / "reach").read_bytes())
        for number, mutant in enumerate(self.mutants, 1):
            self.say(f"mutant {number} av {len(self.mutants)}, {len(self.survivors)} kvar")
            self._try(mutant)
        return True

    def _sound(self, folder: Path) -> int:
        """Measure which test reaches what, and how long it takes."""
        measure = coverage.Coverage(
            data_file=str(folder / "data"), source_pkgs=["ska"], config_file=False
        )
        measure.set_option("run:disable_warnings", ["module-not-measured"])
        measure.start()
        took = {}
        for name, item in self.items.items():
            measure.switch_context(name)
            began = time.process_time()  # not the clock's: others may be using the machine
            if self._run([item]) == _FOUND:
                print(f"\n{name}", file=sys.stderr)
                return _FOUND
            took[name] = time.process_time() - began
        measure.stop()
        data = measure.get_data()
        reach = {
            os.path.relpath(file, PROJECT): {
                line: frozenset(names) for line, names in data.contexts_by_lineno(file).items()
            }
            for file in data.measured_files()
        }
        (folder / "reach").write_bytes(pickle.dumps((reach, took)))
        return _MISSED

    def _try(self, mutant: Mutant) -> None:
        tests = reached(self.reach, mutant)
        if not tests:
            self.unreached.append(mutant)
            return
        first = self._first(mutant, tests)

        def run() -> int:
            put_in_place(mutant)
            return self._run([self.items[name] for name in first])

        patience = _PATIENCE * sum(self.took[name] for name in first) + 10
        answer = _in_fork(run, patience)
        if answer == _BROKEN:
            raise pytest.UsageError(f"mutanten kunde inte prövas: {mutant}")
        if answer == _MISSED:
            self.survivors.append(mutant)

    def _first(self, mutant: Mutant, tests: Iterable[str]) -> list[str]:
        """Those named after the file, then the quickest, until they are enough."""
        stem = Path(mutant.file).stem.strip("_")
        chosen, spent = [], 0.0
        for name in sorted(tests, key=lambda name: (stem not in name, self.took[name], name)):
            spent += self.took[name]
            if chosen and spent > _ENOUGH:
                break
            chosen.append(name)
        return chosen

    def _run(self, items: Sequence[pytest.Item]) -> int:
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.failed:
                return _FOUND
        return _MISSED


def reached(reach: Lines, mutant: Mutant) -> set[str]:
    """Return the tests that reach the statement which the mutant changes."""
    lines = reach.get(mutant.file, {})
    source = (PROJECT / mutant.file).read_text(encoding="utf-8")
    first, last = statement(source, mutant.first, mutant.last)
    return {name for line in range(first, last + 1) for name in lines.get(line, ()) if name}


def statement(source: str, first: int, last: int) -> tuple[int, int]:
    """Return the lines of the smallest statement around the given ones.

    Of a compound one only its head, unless the lines reach further.
    """
    spans = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.stmt) and node.lineno <= first and (node.end_lineno or 0) >= last:
            body = getattr(node, "body", None)
            ends = [node.end_lineno or node.lineno]
            if isinstance(body, list) and body and last < body[0].lineno:
                ends.append(body[0].lineno - 1)
            if min(ends) >= last:
                spans.append((node.lineno, min(ends)))
    return max(spans, key=lambda span: (span[0], -span[1]), default=(first, last))


def _in_fork(run: Callable[[], int], patience: float) -> int:
    """Run in a process of its own; one that falls or never ends has been noticed."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        _child(run, patience)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else _FOUND


def _child(run: Callable[[], int], patience: float) -> NoReturn:
    answer = _BROKEN
    try:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (int(patience) + 1, int(patience) + 2))
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(_WAIT)  # what waits for ever uses nothing
        answer = run()
    except MemoryError:
        answer = _FOUND
    except BaseException as error:
        print(f"\n{error!r}", file=sys.stderr)
    finally:
        sys.stderr.flush()
        os._exit(answer)


# What is said of it


def interval(killed: int, total: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval for the share of all mutants, seen from the sample."""
    z, n, p = 1.96, total, killed / total
    middle, spread = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (middle - spread) / (1 + z * z / n), (middle + spread) / (1 + z * z / n)


def main() -> None:
    """Draw, run and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.strength")
    parser.add_argument("--count", type=int, default=300, metavar="N", help="mutants in the sample")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another gives another")
    options = parser.parse_args()
    made, sample = drawn(options.seed, options.count)
    terminal = os.dup(2)

    def say(text: str) -> None:
        if os.isatty(terminal):
            os.write(terminal, f"\r\x1b[K{text}".encode())

    plugin = Plugin(sample, say)
    arguments = ["-q", "-n", "0", "-p", "no:cacheprovider", "--no-header", "--no-summary", "-s"]
    code = pytest.main(
        [*arguments, "-k", _TIMED, *(f"tests/{name}.py" for name in TESTS)], plugins=[plugin]
    )
    say("")
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        raise SystemExit(int(code))
    for title, left in (("överlevde", plugin.survivors), ("nås inte", plugin.unreached)):
        for mutant in left:
            print(f"{title}: {mutant}")
    total = len(sample)
    killed = total - len(plugin.survivors) - len(plugin.unreached)
    low, high = interval(killed, total)
    print(
        f"\n{killed} av {total} mutanter märktes, {killed / total:.1%}"
        f" (95 % säkerhet: {low:.1%} till {high:.1%}); stickprov {options.seed}"
        f" ur {made} mutanter"
    )


if __name__ == "__main__":
    main()
