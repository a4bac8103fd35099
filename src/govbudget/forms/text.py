"""How the words of forms are compared（文字归一）: width, blanks, quotes and numbering do not matter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["label", "strip_numbering", "tidy"]

BLANK = re.compile(r"\s+")
QUOTES = str.maketrans(dict.fromkeys("“”\"'‘’＂「」"))
MARKS = str.maketrans({"：": ":", "〇": "0", "﹙": "(", "﹚": ")", "〔": "(", "〕": ")", "　": " "})
CHINESE = "一二三四五六七八九十廿卅百"
NUMBERING = re.compile(rf"^(?:\([{CHINESE}]+\)|[{CHINESE}]+[、.．)])")


@lru_cache(maxsize=65536)
def tidy(text: str) -> str:
    """*text* as forms are compared: NFKC, without blanks and quotes.

    >>> tidy("“三公”经费 （合 计）")
    '三公经费(合计)'
    """
    return BLANK.sub("", unicodedata.normalize("NFKC", text).translate(MARKS)).translate(QUOTES)


@lru_cache(maxsize=65536)
def label(text: str) -> str:
    """A row's label as facts carry it: blanks and outer numbering removed, everything else as printed.

    >>> label("（一） 一般公共服务支出"), label("收 入 总 计")
    ('一般公共服务支出', '收入总计')
    """
    return strip_numbering(BLANK.sub("", text))


def strip_numbering(text: str) -> str:
    """*text* without its outer numbering（一、 （一） 1.）; full-width brackets count as brackets."""
    found = NUMBERING.match(text.replace("（", "(").replace("）", ")").replace("．", "."))
    rest = text[found.end() :] if found else text
    return rest or text
