"""How many small changes of the rules and of the amounts the tests notice（变异测试）.

python tools/mutation.py [MODULE…] [--tests PATH…] [--sample N] [--seed S] [--at-least PERCENT]

The changes are cosmic-ray's: a comparison turned round or moved by one, a condition negated, ``and`` for ``or``, a
number one more or less, a loop that never runs. One that can change nothing but a type hint is left out. Each is made
in a process of its own, where the changed source is imported in the place of the module, so that no file is touched;
there run, quickest first, the tests that reach the changed line, the SLOW ones aside. What ends otherwise than well is
noticed.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from math import sqrt
from pathlib import Path
from types import CodeType, ModuleType

import attrs
import coverage
import pytest
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
MODULES = ("src/govbudget/amounts.py", "src/govbudget/checks")
TESTS = ("tests/test_amounts.py", "tests/checks", "tests/narrative/test_claims.py")
SLOW = ("tests/checks/test_laws.py", "tests/checks/test_single_faults.py")  # a minute and more for each change
HEAVY = ("cattrs", "hypothesis", "openpyxl", "python_calamine", "rich.console")  # imported once, before the forks
QUIET = ("-q", "-p", "no:cacheprovider", "--no-header", "--tb=line")
GRACE, TIMES = 20, 5  # a change is given so many seconds, and so many times what its tests take
MEMORY = 3 << 30
Z = 1.96
OPERATORS = tuple(
    f"core/{name}"
    for name in (
        "AddNot",
        "ExceptionReplacer",
        "NumberReplacer",
        "ReplaceAndWithOr",
        "ReplaceBinaryOperator_Add_Sub",
        "ReplaceBinaryOperator_BitAnd_BitOr",
        "ReplaceBinaryOperator_BitOr_BitAnd",
        "ReplaceBinaryOperator_Div_Mul",
        "ReplaceBinaryOperator_Mul_Div",
        "ReplaceBinaryOperator_Sub_Add",
        "ReplaceBreakWithContinue",
        "ReplaceComparisonOperator_Eq_NotEq",
        "ReplaceComparisonOperator_GtE_Gt",
        "ReplaceComparisonOperator_GtE_Lt",
        "ReplaceComparisonOperator_Gt_GtE",
        "ReplaceComparisonOperator_Gt_LtE",
        "ReplaceComparisonOperator_IsNot_Is",
        "ReplaceComparisonOperator_Is_IsNot",
        "ReplaceComparisonOperator_LtE_Gt",
        "ReplaceComparisonOperator_LtE_Lt",
        "ReplaceComparisonOperator_Lt_GtE",
        "ReplaceComparisonOperator_Lt_LtE",
        "ReplaceComparisonOperator_NotEq_Eq",
        "ReplaceContinueWithBreak",
        "ReplaceFalseWithTrue",
        "ReplaceOrWithAnd",
        "ReplaceTrueWithFalse",
        "ReplaceUnaryOperator_Delete_Not",
        "ReplaceUnaryOperator_Delete_USub",
        "ZeroIterationForLoop",
    )
)


@attrs.frozen
class Mutant:
    """A small change of a module."""

    path: Path
    operator: str
    occurrence: int
    lines: range  # of the statement, from its first to the changed one

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.lines[-1]} {self.operator.removeprefix('core/')}"

    @property
    def module(self) -> str:
        return ".".join(self.path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")

    def source(self) -> str:
        text = self.path.read_text(encoding="utf-8")
        changed: str | None = mutate_code(text, get_operator(self.operator)(), self.occurrence)
        assert changed is not None
        return changed

    def changed(self) -> Iterator[str]:
        """The lines as they were and as they are."""
        before, after = self.path.read_text(encoding="utf-8").splitlines(), self.source().splitlines()
        for line, other in zip(before, after):
            if line != other:
                yield f"    - {line.strip()}"
                yield f"    + {other.strip()}"


def mutants(path: Path) -> Iterator[Mutant]:
    """Every change of a module that may change what it does."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    for_types = [*_spans(tree)]
    rows = text.splitlines()
    statements = [node for node in ast.walk(tree) if isinstance(node, (ast.stmt, ast.ExceptHandler))]
    for operator in OPERATORS:
        positions = (
            start for node in ast_nodes(get_ast(text)) for start, _ in get_operator(operator)().mutation_positions(node)
        )
        for occurrence, start in enumerate(positions):
            bare_star = rows[start[0] - 1].startswith("*,", start[1])  # it only parts the arguments
            if not bare_star and not any(first <= start < last for first, last in for_types):
                first = max(one.lineno for one in statements if (one.lineno, one.col_offset) <= start)
                yield Mutant(path, operator, occurrence, range(first, start[0] + 1))


def _spans(tree: ast.Module) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Where only a type checker looks: hints, aliases of types, and what is imported for them."""
    for node in ast.walk(tree):
        hints = [getattr(node, name, None) for name in ("annotation", "returns")]
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            hints.append(node)
        for hint in hints:
            if isinstance(hint, (ast.expr, ast.stmt)):
                yield (hint.lineno, hint.col_offset), (hint.end_lineno or 0, hint.end_col_offset or 0)


# ---------------------------------------------------------------- which tests reach a line


@attrs.frozen
class Reach:
    """Which tests reach a line, how long each takes, and those that reach a module at all."""

    tests: Mapping[str, Mapping[int, Sequence[str]]]
    seconds: Mapping[str, float]

    def of(self, mutant: Mutant) -> list[str]:
        """The tests that reach a changed line, quickest first; for what runs at import, those of the module."""
        lines = self.tests.get(str(mutant.path), {})
        found = {test for line in mutant.lines for test in lines.get(line, ())}
        if "" in found:  # at import
            found = {test for tests in lines.values() for test in tests}
        return sorted(found & {*self.seconds}, key=lambda test: self.seconds[test])


class _Clock:
    """Tells the coverage which test runs, and takes its time."""

    def __init__(self, measure: coverage.Coverage) -> None:
        self._measure = measure
        self.seconds: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._measure.switch_context(item.nodeid)
        start = time.perf_counter()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = time.perf_counter() - start
            self._measure.switch_context("")


def reach(paths: Sequence[Path], tests: Sequence[str]) -> Reach:
    """Run the tests as they stand."""
    with tempfile.TemporaryDirectory() as folder:
        told, log = Path(folder) / "reach.json", Path(folder) / "log"

        def run() -> int:
            measure = coverage.Coverage(data_file=None, include=[str(path) for path in paths], config_file=False)
            clock = _Clock(measure)
            measure.start()
            code = pytest.main([*QUIET, *tests, *(f"--ignore={path}" for path in SLOW)], plugins=[clock])
            measure.stop()
            data = measure.get_data()
            reached = {str(path): data.contexts_by_lineno(str(path)) for path in paths}
            told.write_text(json.dumps({"reached": reached, "seconds": clock.seconds}))
            return int(code)

        if _apart(run, timeout=3600, log=log) != 0:
            raise SystemExit(f"{log.read_text()}\nthe tests fail as they stand")
        found = json.loads(told.read_text())
    by_line = {
        path: {int(line): several for line, several in lines.items()} for path, lines in found["reached"].items()
    }
    return Reach(by_line, found["seconds"])


# ---------------------------------------------------------------- a change and its tests


class _Changed(SourceFileLoader):
    """Loads a module from other source than its file's."""

    def __init__(self, fullname: str, path: str, source: str) -> None:
        super().__init__(fullname, path)
        self._source = source

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._source, self.path, "exec", dont_inherit=True)


class _Finder:
    """Finds the changed module before anybody else does."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(self, name: str, path: object = None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name != self._mutant.module:
            return None
        file = str(self._mutant.path)
        places = [str(self._mutant.path.parent)] if self._mutant.path.name == "__init__.py" else None
        loader = _Changed(name, file, self._mutant.source())
        return spec_from_file_location(name, file, loader=loader, submodule_search_locations=places)


def noticed(mutant: Mutant, tests: Sequence[str], seconds: float) -> bool:
    """Whether a test fails, or does not end, with the change."""
    if not tests:
        return False

    def run() -> int:
        sys.meta_path.insert(0, _Finder(mutant))
        return int(pytest.main([*QUIET, "-x", *tests]))

    return _apart(run, timeout=GRACE + TIMES * seconds) != 0


def _apart(run: Callable[[], int], *, timeout: float, log: Path = Path(os.devnull)) -> int:
    """The exit code of *run* in a process of its own, which has until *timeout* and prints into *log*."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            import resource

            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            os.setsid()
            for stream in (1, 2):
                os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), stream)
            code = run()
        finally:
            os._exit(code)
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.killpg(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return -signal.SIGKILL


# ---------------------------------------------------------------- the figure


def interval(hits: int, trials: int) -> tuple[float, float]:
    """The 95% confidence interval of a share（威尔逊区间）, by Wilson's score."""
    share, square = hits / trials, Z * Z / trials
    middle, half = share + square / 2, Z * sqrt(share * (1 - share) / trials + square / trials / 4)
    return (middle - half) / (1 + square), (middle + half) / (1 + square)


def _modules(names: Iterable[str]) -> list[Path]:
    paths = [(ROOT / name).resolve() for name in names]
    return [one for path in paths for one in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("modules", nargs="*", default=MODULES)
    parser.add_argument("--tests", nargs="+", default=TESTS, metavar="PATH")
    parser.add_argument("--sample", type=int, metavar="N", help="so many changes, drawn at random (all)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-least", type=float, default=0, metavar="PERCENT", help="fail below this share")
    options = parser.parse_args()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ["HYPOTHESIS_PROFILE"] = "ci"  # the same examples for every change
    os.environ["HYPOTHESIS_NO_PLUGINS"] = "1"  # ours imports the package, where a fork would not see a change any more
    for name in HEAVY:
        importlib.import_module(name)
    paths = _modules(options.modules)
    there = [mutant for path in paths for mutant in mutants(path)]
    if too_soon := sorted({mutant.module for mutant in there} & sys.modules.keys()):
        raise SystemExit(f"imported before the forks, so that no change would be seen: {', '.join(too_soon)}")
    drawn = there
    if options.sample is not None and options.sample < len(there):
        drawn = random.Random(options.seed).sample(there, options.sample)
    reached = reach(paths, options.tests)
    counts: dict[Path, list[bool]] = defaultdict(list)
    for done, mutant in enumerate(drawn, 1):
        print(f"{done}/{len(drawn)}", end="\r", file=sys.stderr)
        tests = reached.of(mutant)
        found = noticed(mutant, tests, sum(reached.seconds[test] for test in tests))
        counts[mutant.path].append(found)
        if not found:
            print(f"{mutant} {f'{len(tests)} tests' if tests else 'no test reaches it'}", *mutant.changed(), sep="\n")
            sys.stdout.flush()
    for path, several in sorted(counts.items()):
        print(f"{path.relative_to(ROOT)}: {sum(several)} of {len(several)}")
    hits, trials = sum(map(sum, counts.values())), len(drawn)
    low, high = interval(hits, trials)
    sampled = f" (a sample, seed {options.seed}; 95% interval {low:.1%} to {high:.1%})" if drawn is not there else ""
    print(f"变异得分 mutation score {hits / trials:.1%}: {hits} noticed of {trials} of {len(there)} changes{sampled}")
    return 0 if 100 * hits >= options.at_least * trials else 1


if __name__ == "__main__":
    sys.exit(main())
