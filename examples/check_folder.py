"""Check every budget of a folder before it is published（公开前校验一个文件夹里的全部预算）.

python examples/check_folder.py 预算文件夹
"""

from __future__ import annotations

import sys
from pathlib import Path

import govbudget as gb

FORMATS = {".xlsx", ".xls", ".ods", ".pdf"}


def main(folder: str) -> int:
    """Print a line a file and the errors below it; 1 when there is any."""
    wrong = 0
    for path in sorted(path for path in Path(folder).iterdir() if path.suffix.lower() in FORMATS):
        try:
            report = gb.read(path).check()
        except gb.ReadError as error:
            print(f"✗ {path.name}: {error.reason}")
            wrong += 1
            continue
        print("✓" if report.ok else "✗", path.name, report.book.agency.name if report.book.agency else "")
        for finding in report.errors:
            print("   ", finding)
        wrong += not report.ok
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
