"""Files changed at random（随机改动）: their bytes, the bytes of what is packed in them, and the elements of their XML.

An archive is packed again with the right sums, so that a change inside it reaches the readers of its parts.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib

from lxml import etree  # type: ignore[import-untyped, unused-ignore]

__all__ = ["changed"]

ODD = (0, 1, 0x7F, 0x80, 0xFF)
STREAM = re.compile(rb"(?<!end)stream\r?\n(.*?)endstream", re.S)
NUMBER = re.compile(rb"-?\d[\d.,]*")
SHEETS = re.compile(r"xl/worksheets/|content\.xml|word/document")
SHEETS_SHARE = 0.7
VALUES = {
    "r": ("A0", "A1", "XFD1", "A1048576", "XFD1048576", "A1048577", "ZZZZZZ9", "0", "-1", "4294967295", "B", "１"),
    "s": ("-1", "0", "99999", "4294967296", "x"),
    "t": ("s", "e", "b", "n", "d", "str", "inlineStr", "x"),
    "ref": ("A1", "A1:XFD1048576", "B2:A1", "A1:A1:A1", ":", "C3:ZZZZZZ9"),
    "numFmtId": ("0", "14", "22", "46", "164", "-1", "4294967296"),
    "value-type": ("float", "currency", "percentage", "date", "time", "boolean", "string", "x"),
    "number-columns-repeated": ("0", "-1", "1000", "16384", "4294967296"),
    "number-rows-repeated": ("0", "-1", "1000", "1048576", "4294967296"),
    "gridSpan": ("0", "-1", "63", "2147483647"),
}
ANY_VALUE = ("", "0", "-1", "1e308", "4294967296", "99999999999999999999", "NaN", "x" * 1_000, "真", "../../x", "&#0;")
NUMBERS = ("", " ", "0", "-0", "1e308", "-1e-308", "1E+999999999", "NaN", "inf", "9" * 400, "0." + "9" * 400)
ODD_NUMBERS = ("4294967296", "1,2,3", "１２．３", "=1+1", "#REF!", "2024-13-45", "TRUE", "单位：亿元", "2024年2025年")
WORDS = (
    "…",
    "XX",
    "≥",
    "%",
    "合计",
    "（）",
    "“三公”",
    "类",
    "款",
    "项",
    "\u202e1",
    "\u200b",
    "\ud7ff\ue000",
    "x" * 40_000,
)
TEXTS = (*NUMBERS, *ODD_NUMBERS, *WORDS)


def changed(data: bytes, chance: random.Random) -> bytes:
    """The file with something in it changed."""
    packed = data.startswith(b"PK"), data.startswith(b"%PDF")
    if chance.random() < (0.2 if any(packed) else 0.5):
        return _bytes(data, chance)
    if packed[0]:
        return _member(data, chance)
    if packed[1]:
        return _stream(data, chance)
    return _numbers(data, chance)


def _bytes(data: bytes, chance: random.Random) -> bytes:
    """The bytes with some of them flipped, replaced, doubled or left out."""
    found = bytearray(data) or bytearray(b"\0")
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(found))
        match chance.randrange(5):
            case 0:
                found[at] ^= 1 << chance.randrange(8)
            case 1:
                found[at] = chance.choice(ODD)
            case 2:
                del found[at : at + chance.choice((1, 4, 64, 4_096))]
            case 3:
                found[at:at] = found[at : at + chance.choice((1, 4, 64, 4_096))]
            case _:
                found[at : at + 4] = chance.randbytes(4)
        found = found or bytearray(b"\0")
    return bytes(found)


def _numbers(data: bytes, chance: random.Random) -> bytes:
    """The file with some of its numbers put otherwise, or as no numbers at all."""
    for _ in range(chance.choice((1, 2, 8))):
        found = list(NUMBER.finditer(data))
        if not found:
            return _bytes(data, chance)
        start, end = chance.choice(found).span()
        data = data[:start] + chance.choice(TEXTS).encode() + data[end:]
    return data


def _member(data: bytes, chance: random.Random) -> bytes:
    """The archive with one of its parts changed, most often a sheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    sheets = [name for name in parts if SHEETS.match(name)]
    name = chance.choice(sheets if sheets and chance.random() < SHEETS_SHARE else list(parts))
    parts[name] = chance.choice((_bytes, _numbers, _elements, _elements))(parts[name], chance)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for part, content in parts.items():
            target.writestr(zipfile.ZipInfo(part), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _stream(data: bytes, chance: random.Random) -> bytes:
    """The PDF with the content of a stream changed; what grows shorter is filled up, so that the rest stays."""
    packed = []
    for found in STREAM.finditer(data):
        try:
            packed.append((found, zlib.decompressobj().decompress(found[1])))
        except zlib.error:  # packed otherwise
            continue
    if not packed:
        return _bytes(data, chance)
    found, content = chance.choice(packed)
    content = zlib.compress(chance.choice((_bytes, _numbers))(content, chance), 9)
    return data[: found.start(1)] + content.ljust(len(found[1]), b"\n") + data[found.end(1) :]


def _elements(data: bytes, chance: random.Random) -> bytes:
    """The XML with elements doubled, dropped, moved, exchanged, or with odd values; what is no XML, by its bytes."""
    parser = etree.XMLParser(resolve_entities=False, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return _bytes(data, chance)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        elements = [one for one in root.iter() if isinstance(one.tag, str) and one is not root]
        if not elements:
            break
        _change(chance.choice(elements), elements, chance)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _change(one: etree._Element, elements: list[etree._Element], chance: random.Random) -> None:
    parent = one.getparent()
    other = chance.choice(elements)
    match chance.randrange(7):
        case 0:
            for _ in range(chance.choice((1, 1, 3, 100))):
                one.addnext(etree.fromstring(etree.tostring(one, with_tail=False)))
        case 1:
            parent.remove(one)
        case 2:
            if one not in other.iterancestors() and one is not other:
                other.append(one)
        case 3:
            one.text, other.text = other.text, one.text
        case 4:
            one.text = chance.choice(TEXTS)
        case 5:
            one.tag = other.tag
        case _:
            name = chance.choice(sorted(one.attrib) or ["r"])
            if chance.random() < 0.1:
                one.attrib.pop(name, None)
            else:
                one.set(name, chance.choice(VALUES.get(etree.QName(name).localname, ()) or ANY_VALUE))
