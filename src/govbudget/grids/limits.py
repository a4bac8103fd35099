"""Limits（读取上限） of what a file may cost to read: one of few bytes can unpack to gigabytes."""

from __future__ import annotations

import attrs

from govbudget.errors import OptionError, ReadError

__all__ = ["Limits"]

SHOWN = {
    "size": ("文件字节数", "bytes of the file"),
    "unpacked": ("解压后的字节数", "bytes of what is packed in it"),
    "sheets": ("工作表数", "sheets"),
    "cells": ("单元格数", "cells"),
    "filled": ("有内容的单元格数", "cells with a content"),
    "elements": ("XML 元素数", "elements of XML"),
    "pages": ("页数", "pages"),
    "drawn": ("一页绘图指令的字节数", "bytes of the instructions that draw a page"),
    "rulings": ("一页的线条数", "rulings on a page"),
    "characters": ("一页的字符数", "characters on a page"),
    "seconds": ("每页平均秒数", "seconds for a page"),
}


@attrs.frozen(kw_only=True)
class Limits:
    """What a file may cost to read（读取上限）; a file beyond one is a :class:`govbudget.ReadError` that names it.

        >>> Limits(pages=5_000).pages
        5000

    Attributes:
        size: bytes of the file.
        unpacked: bytes of all that is packed in a workbook or a Word document, and of one stream of a PDF.
        sheets: sheets of a workbook.
        cells: cells from A1 to the last filled one of each sheet, together; or of the tables of a page.
        filled: cells of all sheets or pages that are not blank; a line of text counts as one.
        elements: elements in the XML of a Word document.
        pages: pages of a PDF.
        drawn: bytes of the instructions that draw one page of a PDF; what stands in it often counts as often.
        rulings: lines drawn on one page of a PDF.
        characters: characters printed on one page of a PDF.
        seconds: seconds of the processor that a page of a PDF may take on average; one of few pages has the worth of
            ten.

    Raises:
        OptionError: a limit of nothing or less.
    """

    size: int = 128 << 20
    unpacked: int = 256 << 20
    sheets: int = 1_000
    cells: int = 5_000_000
    filled: int = 2_000_000
    elements: int = 500_000
    pages: int = 2_000
    drawn: int = 8 << 20
    rulings: int = 10_000
    characters: int = 100_000
    seconds: float = 0.8

    def __attrs_post_init__(self) -> None:
        for name, most in attrs.asdict(self).items():
            if not most > 0:
                raise OptionError(f"{name} 须大于零，不能是 {most!r} ({name} must be above zero)")

    @classmethod
    def of(cls, *settings: str) -> Limits:
        """The limits that texts such as ``cells=50,000,000`` set, the others as they are by default.

            >>> Limits.of("pages=5000", "seconds=1.5").seconds
            1.5

        Raises:
            OptionError: there is no limit of that name, or it is no number above zero.
        """
        found: dict[str, float] = {}
        for setting in settings:
            name, _, most = setting.partition("=")
            OptionError.unless_in("limit", name, SHOWN)
            number = most.replace(",", "").replace("_", "")
            try:
                found[name] = float(number) if name == "seconds" else int(number)
            except ValueError:
                raise OptionError(f"{name} 须是数，如 {name}=100 ({name} must be a number, not {most!r})") from None
        return cls(**found)  # type: ignore[arg-type]

    def allow(self, limit: str, amount: float, file: str, place: str = "") -> None:
        """Refuse an amount beyond the limit of that name.

        Raises:
            ReadError: the limit, its value and how to raise it.
        """
        most = getattr(self, limit)
        if amount > most:
            chinese, english = SHOWN[limit]
            said, wider = f"{limit}={most:,}", f"limits=govbudget.grids.Limits({limit}=…)"
            command = f"--limit {limit}=…"
            chinese = f"{chinese}超过上限 {said}，可用 {wider} 或 {command} 放宽"
            english = f"{english}: more than the limit {said}; raise it with {wider} or {command}"
            raise ReadError(file, f"{chinese} ({english})", place)
