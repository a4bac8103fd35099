"""The share of branches that the tests take（分支覆盖率）, of a report of coverage as JSON.

python tools/branches.py REPORT [--at-least PERCENT]
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("report")
    parser.add_argument("--at-least", type=float, default=0, metavar="PERCENT", help="fail below this share")
    options = parser.parse_args()
    totals = json.loads(Path(options.report).read_text(encoding="utf-8"))["totals"]
    taken, there = totals["covered_branches"], totals["num_branches"]
    print(f"分支覆盖率 branch coverage {taken / there:.1%}: {taken} of {there}")
    return 0 if 100 * taken >= options.at_least * there else 1


if __name__ == "__main__":
    sys.exit(main())
