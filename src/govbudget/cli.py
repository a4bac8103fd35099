"""The command（命令行）: ``govbudget …`` and ``python -m govbudget …`` are the same."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Sequence

from govbudget.errors import GovBudgetError, ReadError

__all__ = ["main"]

FAILED = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives the exit code."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        code: int = options.run(options)
    except BrokenPipeError:
        return 0
    except GovBudgetError as error:
        print(f"govbudget: {error}", file=sys.stderr)
        return FAILED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="govbudget", description="中国部门预算：读取、校验、写出 / China's department budgets")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    facts = commands.add_parser("facts", help="每一个预算数 / every fact")
    facts.add_argument("file")
    facts.add_argument("--format", choices=("csv", "json"), default="csv")
    facts.set_defaults(run=_facts)
    indicators = commands.add_parser("indicators", help="每一个绩效指标 / every performance indicator")
    indicators.add_argument("file")
    indicators.add_argument("--format", choices=("csv", "json"), default="csv")
    indicators.set_defaults(run=_indicators)
    return parser


def _facts(options: argparse.Namespace) -> int:
    from govbudget.interop.records import FACT_COLUMNS, fact_records
    from govbudget.reading import read

    _print(FACT_COLUMNS, fact_records(read(options.file)), options.format)
    return 0


def _indicators(options: argparse.Namespace) -> int:
    from govbudget.interop.records import INDICATOR_COLUMNS, indicator_records
    from govbudget.reading import read

    _print(INDICATOR_COLUMNS, indicator_records(read(options.file)), options.format)
    return 0


def _print(columns: Sequence[str], records: Iterable[dict[str, str]], kind: str) -> None:
    if kind == "json":
        json.dump(list(records), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        writer = csv.DictWriter(sys.stdout, columns)
        writer.writeheader()
        writer.writerows(records)
