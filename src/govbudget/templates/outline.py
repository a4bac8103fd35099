"""Outlines（行的层次）: where a row that is being filled in stands in the tree of its form.

Every row gets a key, and a row stands below another exactly where its key begins with the other's: ``1|20103`` below
``1|201`` below ``1|``. A row under which no other stands is detail; sums count detail only, so that a form may print
all levels or one of them.
"""

from __future__ import annotations

import attrs

from govbudget.templates.formulas import between, cell
from govbudget.writing.layout import Layout

__all__ = ["CODES", "NAMES", "Block"]

CODES, NAMES = "科目编码", "科目名称"
LEVELS = ("class", "section", "item")


@attrs.frozen
class Block:
    """The rows of a form that are open to be filled in（填报区）.

    Attributes:
        layout: how the form is printed.
        first: the first row.
        last: the last row.
        roles: the columns that name rows, by their role.
        key: the hidden column of the keys; negative for rows that are filled by formulas.
    """

    layout: Layout
    first: int
    last: int
    roles: dict[str, int]
    key: int

    @property
    def leaf(self) -> int:
        """The hidden column that says 1 for detail, 0 for a row with others below it."""
        return self.key + 1

    @property
    def keys(self) -> str:
        """All the keys."""
        return between(self.first, self.last, self.key)

    @property
    def leaves(self) -> str:
        """All the marks of detail."""
        return between(self.first, self.last, self.leaf)

    def amounts(self, column: int) -> str:
        """All the amounts of a column."""
        return between(self.first, self.last, column)

    @property
    def name(self) -> int | None:
        """The column of the names of rows."""
        found = (self.roles[role] for role in ("name", "agency", "project") if role in self.roles)
        return next(found, None)

    @property
    def has_sections(self) -> bool:
        """Whether rows of subjects stand below rows of agencies, which have a name and no code."""
        return bool(self.layout.agency_rows) and bool(self.split or "code" in self.roles)

    @property
    def split(self) -> tuple[int, ...]:
        """The columns of a subject's code, where it stands in several cells."""
        return tuple(self.roles[role] for role in LEVELS if role in self.roles)

    def code(self, row: int) -> str:
        """The code of a row's subject, as text; for forms of agencies that of the agency."""
        under = self.roles.get(self.layout.code_under)
        if self.split:
            joined = "&".join(cell(row, column, fix_column=True) for column in self.split)
            if under is None:
                return joined
            alone = cell(row, under, fix_column=True)
            is_class = f'AND(LEN({alone})=3,ISNUMBER(MATCH({alone}&"",{CODES},0)))'
            return f'IF({joined}<>"",{joined},IF({is_class},{alone}&"",""))'
        role = next((role for role in ("code", "project_code", "agency_code") if role in self.roles), None)
        return f'{cell(row, self.roles[role], fix_column=True)}&""' if role else '""'

    def named(self, row: int) -> str:
        """The name of a row; nothing where the form has none."""
        return cell(row, self.name, fix_column=True) if self.name is not None else '""'

    def key_of(self, row: int) -> str:
        """The formula of a row's key."""
        code, name = self.code(row), self.named(row)
        here = '"r"&ROW()'
        if self.layout.form.rows == "purchase":
            project = cell(row, self.roles["label"], fix_column=True) if "label" in self.roles else name
            return f'=IF({project}<>"","|"&{code}&"|"&{here},IF({code}<>"","|"&{code},""))'
        if "project_code" in self.roles:
            return self._listed(row)
        if "project" in self.roles:
            project = cell(row, self.roles["project"], fix_column=True)
            return f'=IF({project}="","","|"&{here})'
        if self.layout.form.rows == "project":
            return self._under_functions(row)
        if not self.has_sections:
            return f'=IF({code}<>"","|"&{code},IF({name}<>"","|"&{here},""))'
        return f'=IF({code}<>"",{self._sections(row)}&"|"&{code},IF({name}<>"",{self._sections(row)}&"|",""))'

    def leaf_of(self, row: int) -> str:
        """The formula that says whether a row is detail."""
        own = cell(row, self.key, fix_column=True)
        return f'=IF({own}="","",IF(COUNTIF({self.keys},{own}&"?*")=0,1,0))'

    def below(self, row: int, column: int) -> str:
        """The sum of the detail below a row, which stands under it on the form."""
        own = cell(row, self.key, fix_column=True)
        amounts, keys, leaves = (between(row + 1, self.last, at, open_top=True) for at in (column, self.key, self.leaf))
        return f'SUMIFS({amounts},{keys},{own}&"?*",{leaves},1)'

    def detail(self, column: int, pattern: str = '""') -> str:
        """The sum of the detail of a column; of those rows only whose code begins with *pattern*, a formula."""
        only = f',{self.keys},"*|"&{pattern}&"*"' if pattern != '""' else ""
        return f"SUMIFS({self.amounts(column)}{only},{self.leaves},1)"

    def _sections(self, row: int) -> str:
        """How many rows of agencies stand above a row, and itself."""
        first = self.first
        joined = "&".join(self._up_to(first, row, column) for column in self.split) or self._up_to(
            first, row, self.roles["code"]
        )
        names = self._up_to(first, row, self.name or 0)
        flags = f'({joined}="")*({names}<>"")'
        if self.layout.code_under:
            alone = self._up_to(first, row, self.roles[self.layout.code_under])
            flags += f'*ISNA(MATCH({alone}&"",{CODES},0))'
        return f"SUMPRODUCT({flags})"

    @staticmethod
    def _up_to(first: int, row: int, column: int) -> str:
        return f"{cell(first, column, fix_row=True, fix_column=True)}:{cell(row, column, fix_column=True)}"

    def _under_functions(self, row: int) -> str:
        """Projects below the name of their function subject, below their agency."""
        code, name = self.code(row), self.named(row)
        after = self.code(row + 1) if row < self.last else '""'
        subject = f'IFERROR(INDEX({NAMES},MATCH({after},{CODES},0)),"")'
        above = cell(row - 1, self.key, fix_column=True)
        return (
            f'=IF({code}<>"",{self._carried(above)}&"r"&ROW(),IF({name}="","",'
            f'IF({name}={subject},LEFT({above},FIND("|",{above}))&ROW()&"|",{self._sections(row)}&"|")))'
        )

    @staticmethod
    def _carried(above: str) -> str:
        """What the key of a project begins with: that of the row above up to the last bar."""
        first = f'FIND("|",{above})'
        return f'LEFT({above},IFERROR(FIND("|",{above},{first}+1),IFERROR({first},0)))'

    def _listed(self, row: int) -> str:
        """Projects below classes of items below agencies, all told by the length of their code."""
        code = self.code(row)
        column = self.roles["project_code"]
        length = f"LEN({self._up_to(self.first, row, column)})"
        agency = self._last(row, f"(({length}>2)*({length}<>4)*({length}<10)>0)")
        kind = self._last(row, f"(({length}=2)+({length}=4)>0)")
        return (
            f'=IF({code}="","",IF(OR(LEN({code})=2,LEN({code})=4),{agency}&"|"&{code},'
            f'IF(LEN({code})<10,{code},{agency}&"|"&{kind}&"|r"&ROW())))'
        )

    def _last(self, row: int, condition: str) -> str:
        codes = self._up_to(self.first, row, self.roles["project_code"])
        return f'IFERROR(LOOKUP(1,0/{condition},{codes}),"")'
