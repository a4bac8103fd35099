"""The errors that govbudget raises: one root, one class for each kind of mistake a caller can make."""

from __future__ import annotations

import errno
from collections.abc import Iterable

__all__ = [
    "AmountError",
    "CodeError",
    "FamilyError",
    "GovBudgetError",
    "IndicatorError",
    "MissingExtraError",
    "ModelError",
    "OptionError",
    "ReadError",
    "RuleError",
    "WriteError",
    "refusal",
]

REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已有同名的文件",
    errno.EACCES: "没有权限，或文件正由别的程序打开",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在磁盘只读",
    errno.ENOSPC: "磁盘已满",
    errno.ENAMETOOLONG: "文件名过长",
}


class GovBudgetError(Exception):
    """Root of every error of this library（本库所有错误的基类）."""


class CodeError(GovBudgetError, ValueError):
    """A text that can never be a subject code（科目编码不成立）; the message shows what a code looks like."""


class AmountError(GovBudgetError, ValueError):
    """A text that is not an amount, or a unit that is not a unit of money（金额或单位不成立）."""


class IndicatorError(GovBudgetError, ValueError):
    """A performance indicator that contradicts itself（绩效指标不成立）, such as a weight of 130."""


class ModelError(GovBudgetError, ValueError):
    """A budget, fact or coordinate built from values that can never be true（预算对象不成立）."""


class FamilyError(GovBudgetError, ValueError):
    """A family of forms that nobody has declared（表式未登记）; the message lists those that are."""


class OptionError(GovBudgetError, ValueError):
    """An option that is none of those there are（选项不存在）; the message lists them."""

    @classmethod
    def unless_in(cls, option: str, given: object, known: Iterable[str]) -> None:
        """Refuse what is not known."""
        known = tuple(known)
        if given not in known:
            raise cls(f"{option} 只能是 {'、'.join(known)}，不能是 {given!r} ({option} is none of {', '.join(known)})")


class RuleError(GovBudgetError, ValueError):
    """A rule that cannot be, or a code that no rule has（规则不成立、规则代码不存在）; the message shows what is."""


class MissingExtraError(GovBudgetError, ImportError):
    """A format needs a package that is not installed（缺少可选依赖）; the message says which to install."""


class WriteError(GovBudgetError, OSError):
    """A workbook could not be written（无法写出）; the file that stood there before is untouched."""


class ReadError(GovBudgetError):
    """A file that cannot be read（文件无法读取）: which file, where in it, and why.

    Attributes:
        file: the file as the caller named it, or ``<bytes>``.
        place: the sheet, page or line where reading stopped; empty for the file as a whole.
        reason: why, in Chinese and English.
    """

    def __init__(self, file: str, reason: str, place: str = "") -> None:
        self.file = file
        self.place = place
        self.reason = reason
        super().__init__(f"{file}{' ' + place if place else ''}: {reason}")

    def __reduce__(self) -> tuple[type[ReadError], tuple[str, str, str]]:
        return type(self), (self.file, self.reason, self.place)


def refusal(zh: str, en: str, error: OSError | ValueError) -> str:
    """What failed and why the system refused it, in Chinese and English.

    >>> refusal("写不出", "cannot be written", FileNotFoundError(errno.ENOENT, "No such file or directory"))
    '写不出：没有这个文件或文件夹 (cannot be written: No such file or directory)'
    """
    known = REASONS.get(getattr(error, "errno", None) or 0, "")
    return f"{zh}{known and '：'}{known} ({en}: {getattr(error, 'strerror', None) or error})"
