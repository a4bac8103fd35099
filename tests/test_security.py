"""What SECURITY.md promises: no connection is opened and no program started, whatever is read, checked and written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

WATCHED = """
import sys

def watch(event, arguments):
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system")):
        raise SystemExit(f"{event} {arguments}")

sys.addaudithook(watch)
"""
WORK = """
import io
import govbudget as gb

for file in sys.argv[1:]:
    book = gb.read(file)
    assert book.facts
    report = book.check()
    report._repr_html_()
    book.claims()
    book.write(io.BytesIO())
    assert gb.from_json(gb.to_json(book)) == book
book.write(io.BytesIO(), family="chongqing")
gb.template("sichuan", year=2026).write(io.BytesIO())
print("done")
"""


def test_reading_checking_and_writing_stay_at_home(root: Path, demo_file: Path) -> None:
    files = [str(root / "tests/data" / name) for name in ("demo.ods", "demo.xls", "forms.pdf")]
    done = subprocess.run(
        [sys.executable, "-c", WATCHED + WORK, *files, str(demo_file)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stderr


@pytest.mark.parametrize(
    "deed",
    [
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
    ],
)
def test_who_leaves_is_seen(deed: str) -> None:
    done = subprocess.run([sys.executable, "-c", WATCHED + deed], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(("socket.", "subprocess.", "os.system"))
