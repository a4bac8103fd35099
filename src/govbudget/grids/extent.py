"""How far the filled cells of a sheet reach（数据区域）, found in its XML before anything makes a rectangle of them.

A single cell at XFD1048576 asks for a rectangle of 17 billion cells.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from string import ascii_letters, digits
from xml.parsers import expat

from govbudget.errors import ReadError
from govbudget.grids.limits import Limits
from govbudget.grids.reach import Reach

__all__ = ["cell_at", "checked_parts", "repeats"]

TAG = re.compile(rb"<(?:\w+:)?(?:c|row)(?=[\s/>])(?:\s+r\s*=\s*[\"']([A-Za-z]{0,7}\d{1,10})[\"'])?")
# Tags as nearly all programs write them; an empty group for any other.
PLAIN_TAG = re.compile(rb"<(?:c|row)(?: r=\"([A-Z]{0,7}\d{1,10})\"|(?=[\s/>]))")
PREFIXED = re.compile(rb":(?:c|row)[\s/>]").search
# Cells that do not say that they lie within the first 26 columns and rows of so many digits.
FAR = {most: re.compile(rb"<c(?! r=\"[A-Z]\d{1,%d}\"|[a-z])" % most).search for most in (3, 4, 5)}
LAST_ROW = b'<row r="'
ADDRESS = re.compile(r"([A-Za-z]+)(\d+)", re.A)
STATED = re.compile(r"\d+", re.A)
MOST_DIGITS, MOST_LETTERS = 18, 7  # more than these are as good as no end
INDEX = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>\s*(\d{1,10})\s*<")
SHARED_END = re.compile(rb"</(?:\w+:)?si\s*>")
COUNT = re.compile(rb"ount\s*=\s*[\"'](\d{7,})")
UNKNOWN = 1 << 62
VALUE_END = b"</v>"
TEXT_CELL = 20  # bytes of XML that a cell takes at least to refer to a text: <c t="s"><v>0</v></c>
LETTERS, DIGITS = ascii_letters.encode(), digits.encode()
STRETCH = 1 << 20  # bytes whose tags are looked at together


def cell_at(address: str) -> tuple[int, int] | None:
    """The row and the column of an address, counted from 0; None for what is no address.

    >>> cell_at("C7")
    (6, 2)
    """
    found = ADDRESS.fullmatch(address)
    return (_number(found.group(2)) - 1, _column(found.group(1)[:MOST_LETTERS])) if found else None


def _number(digits: str) -> int:
    return int(digits.lstrip("0")[:MOST_DIGITS] or 0)


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def checked_parts(
    archive: zipfile.ZipFile, sheets: Mapping[str, str], file: str, limits: Limits
) -> Iterator[tuple[str, bytes]]:
    """The parts of a workbook of XML, when its sheets are no larger than allowed, in cells and in bytes of texts.

    Args:
        archive: the workbook.
        sheets: the names of the sheets by their parts.
        file: the name of the workbook.
        limits: what is allowed.

    Raises:
        ReadError: they are larger, or no XML.
    """
    values = longest = rectangles = texts = 0
    found: list[zipfile.ZipInfo] = []
    shared: list[zipfile.ZipInfo] = []
    members = archive.infolist()
    crowded = sum(member.file_size for member in members) > limits.filled * len(VALUE_END)
    for member in members:
        xml = archive.read(member)
        stated = max((int(number[:20]) for number in COUNT.findall(xml)), default=0)  # room is made for so many
        limits.allow("cells", stated, file, member.filename)
        if b"sheetData" in xml:
            found.append(member)
            rectangles += _near(xml) or _styled(xml)
            texts += len(xml) // TEXT_CELL
            values += xml.count(VALUE_END) if crowded else 0
            limits.allow("filled", values, file, sheets.get(member.filename, member.filename))
        elif b"sst" in xml:
            shared.append(member)
            longest = max(longest, *map(len, SHARED_END.split(xml)), 0)
        elif b"table:table" in xml:
            content = _Repeated()
            _parse(content.parser(), xml, file)
            limits.allow("cells", content.cells, file)
            limits.allow("unpacked", content.letters, file)
        yield member.filename, xml
    if rectangles > limits.cells:
        rectangles = sum(_styled(archive.read(member)) for member in found)
    if rectangles > limits.cells:
        reach = Reach(file, limits)
        for member in found:
            reach.begin(sheets.get(member.filename, member.filename))
            _parse(_Filled(reach).parser(), archive.read(member), file)
    if longest * texts > limits.unpacked:
        used = Counter(int(one) for member in found for one in INDEX.findall(archive.read(member)))
        for member in shared:
            parts = enumerate(SHARED_END.split(archive.read(member)))
            limits.allow("unpacked", sum(len(text) * used[index] for index, text in parts), file)


def _near(xml: bytes) -> int | None:
    """What :func:`_styled` gives, or more, told by the last row of a sheet; None where that does not hold of all."""
    start = xml.rfind(LAST_ROW) + len(LAST_ROW)
    digits = max(3, xml.find(b'"', start) - start)
    if digits not in FAR or PREFIXED(xml) or FAR[digits](xml):
        return None
    return 26 * int(10**digits)


def _styled(xml: bytes) -> int:
    """The most cells from A1 to the last one of an .xlsx sheet, filled or not.

    A great number where cells do not say.
    """
    tag = TAG if PREFIXED(xml) else PLAIN_TAG
    rows = columns = start = 0
    while start < len(xml):
        end = xml.find(b"<", start + STRETCH)
        tags = tag.findall(xml, start, end if end > 0 else len(xml))
        addresses = b" ".join(tags)
        numbers = addresses.translate(None, LETTERS).split()
        if len(numbers) < len(tags):
            if tag is TAG:
                return UNKNOWN
            tag = TAG  # the same stretch again
            continue
        rows = max(rows, *map(int, {*numbers}), 0)
        letters = {*addresses.translate(None, DIGITS).decode().split()}
        columns = max(columns, *(_column(one) + 1 for one in letters), 0)
        start = end if end > 0 else len(xml)
    return rows * columns


class _Filled:
    """Reads a sheet's XML tag by tag and takes in its cells with a content."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        self._row = self._column = -1
        self._inside = False

    def parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        return parser

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            stated = attributes.get("r", "")
            self._row = _number(stated) - 1 if STATED.fullmatch(stated) else self._row + 1
            self._column = -1
        elif name == "c":
            at = cell_at(attributes.get("r", ""))
            self._row, self._column = at if at else (self._row, self._column + 1)
            self._inside = True
        elif self._inside and name in {"v", "is"}:
            self._reach.add(self._row, self._column)

    def _end(self, tag: str) -> None:
        if tag.rpartition(":")[2] == "c":
            self._inside = False


class _Repeated:
    """Reads an OpenDocument spreadsheet tag by tag; rows and cells say how often they are repeated."""

    def __init__(self) -> None:
        self.cells = self.letters = 0
        self._depth = self._rows = self._columns = self._row = self._column = self._again = self._filled = 0
        self._across = 1

    def parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        return parser

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "table":
            self._depth += 1
            if self._depth == 1:
                self._rows = self._columns = self._row = 0
        elif name == "table-row":
            self._again = repeats(attributes.get("table:number-rows-repeated", "1"))
            self._column = self._filled = 0
        elif name in {"table-cell", "covered-table-cell"}:
            self._across = repeats(attributes.get("table:number-columns-repeated", "1"))
            self._column += self._across
            if "office:value-type" in attributes:
                self._filled = self._column
        elif name == "p":
            self._filled = max(self._filled, self._column)

    def _text(self, text: str) -> None:
        self.letters += len(text) * self._across * self._again

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "table-row":
            self._row += self._again
            self._again = 0
            if self._filled:
                self._rows, self._columns = self._row, max(self._columns, self._filled)
        elif name == "table":
            self._depth -= 1
            if not self._depth:
                self.cells += self._rows * self._columns


def repeats(text: str) -> int:
    """How often a row or a cell of an OpenDocument spreadsheet says that it is repeated."""
    return _number(text) if STATED.fullmatch(text) else 1


def _parse(parser: expat.XMLParserType, xml: bytes, file: str) -> None:
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # of an encoding that Python does not know, too
        raise ReadError(file, f"工作表的 XML 损坏 (the XML of a sheet is broken: {error})") from error
