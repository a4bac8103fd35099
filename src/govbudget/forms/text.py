"""How the words of forms are compared（文字归一）: width, blanks, quotes and numbering do not matter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["label", "strip_inner", "strip_numbering", "tidy"]

BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
QUOTES = str.maketrans(dict.fromkeys("“”\"'‘’＂「」"))
MARKS = str.maketrans({"：": ":", "〇": "0", "﹙": "(", "﹚": ")", "〔": "(", "〕": ")", "　": " "})
VARIANTS = str.maketrans(
    "預財項單単資專經営營國質級補屬總數額計類稱編碼業務會収區縣對開費購車運維護設備達標權門戶満滿規範養險職獎",
    "预财项单单资专经营营国质级补属总数额计类称编码业务会收区县对开费购车运维护设备达标权门户满满规范养险职奖",
)
CHINESE = "一二三四五六七八九十廿卅百"
INNER = re.compile(rf"^(?:\d{{1,2}}[.、．]|[(（](?:\d{{1,2}}|[{CHINESE}]+)[)）]|其中[:：])+")
NUMBERING = re.compile(rf"^(?:\([{CHINESE}]+\)|[{CHINESE}]+[、.．)])")


@lru_cache(maxsize=65536)
def tidy(text: str) -> str:
    """*text* as forms are compared: NFKC, without blanks and quotes, in simplified characters.

    >>> tidy("“三公”经费 （合 计）")
    '三公经费(合计)'
    """
    words = BLANK.sub("", unicodedata.normalize("NFKC", text).translate(MARKS)).translate(QUOTES).translate(VARIANTS)
    return unicodedata.normalize("NFC", words)  # an accent joins the letter that a blank parted from it


@lru_cache(maxsize=65536)
def label(text: str) -> str:
    """A row's label as facts carry it: blanks and outer numbering removed, in simplified characters, else as printed.

    >>> label("（一） 一般公共服务支出"), label("收 入 总 计")
    ('一般公共服务支出', '收入总计')
    """
    return strip_numbering(BLANK.sub("", text).translate(VARIANTS))


def strip_numbering(text: str) -> str:
    """*text* without its outer numbering（一、 （一） 1.）; full-width brackets count as brackets."""
    found = NUMBERING.match(text.replace("（", "(").replace("）", ")").replace("．", "."))
    rest = text[found.end() :] if found else text
    return rest or text


def strip_inner(text: str) -> str:
    """A row's label without the numbering inside of it.

    >>> strip_inner("其中：（1）公务用车购置费"), strip_inner("2. 公务接待费")
    ('公务用车购置费', '公务接待费')
    """
    return INNER.sub("", text).strip() or text
