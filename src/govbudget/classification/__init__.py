"""The classification of government revenue and expenditure（政府收支分类科目）, every edition with its evidence.

    >>> from govbudget.classification import subjects
    >>> subjects(2024)["2010301"].path
    '一般公共服务支出 / 政府办公厅（室）及相关机构事务 / 行政运行'

Sources: 财政部《政府收支分类科目》 of the years 2019 to 2026; 财预〔2017〕98号 for the two economic classifications;
``data/SOURCES.md`` for each table. An entry says how well it is known: see `Subject.status` and `Subject.seen`.
"""

from .catalogue import Catalogue, Counterpart, EditionError, diff, editions, nearest_edition, subjects
from .changes import Changes
from .codes import Kind, Level, UnknownCodeError, parse_code, split_code
from .loading import load_subjects
from .model import EconomicSubject, FunctionSubject, RevenueSubject, Status, Subject
from .names import normalize_name, same_name
from .tables import Naming

__all__ = [
    "Catalogue",
    "Changes",
    "Counterpart",
    "EconomicSubject",
    "EditionError",
    "FunctionSubject",
    "Kind",
    "Level",
    "Naming",
    "RevenueSubject",
    "Status",
    "Subject",
    "UnknownCodeError",
    "diff",
    "editions",
    "load_subjects",
    "nearest_edition",
    "normalize_name",
    "parse_code",
    "same_name",
    "split_code",
    "subjects",
]
