"""How far the cells of a sheet reach, told by its XML."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from govbudget.cells import cell_name
from govbudget.grids.extent import _near, _styled

CELLS = st.lists(st.tuples(st.integers(0, 120_000), st.integers(0, 60), st.booleans()), max_size=12)
FORMS = st.sampled_from(
    ['<row r="{row}"><c r="{cell}"{style}>{value}</c></row>', '<row r="{row}"  ><c r="{cell}"{style}>{value}</c></row>',
     '<row><c r="{cell}"{style}>{value}</c></row>', '<row r="{row}"><c>{value}</c></row>',
     "<row r='{row}'><c r='{cell}'>{value}</c></row>", '<x:row r="{row}"><x:c r="{cell}">{value}</x:c></x:row>']
)  # fmt: skip


@given(CELLS, st.lists(FORMS, min_size=12, max_size=12))
def test_no_cell_lies_beyond_what_the_last_row_tells(cells: list[tuple[int, int, bool]], forms: list[str]) -> None:
    rows = [
        form.format(row=row + 1, cell=cell_name(row, column), style=' s="1"', value="<v>1</v>" if filled else "")
        for (row, column, filled), form in zip(cells, forms)
    ]
    xml = f"<worksheet><cols><col/></cols><sheetData>{''.join(rows)}</sheetData></worksheet>".encode()
    found = _near(xml)
    if found is not None:
        last = max((row for row, _, __ in cells), default=-1) + 1
        assert found >= last * (max((column for _, column, __ in cells), default=-1) + 1)
        # a row without a number says nothing of itself; its cells do
        assert found >= _styled(xml.replace(b"<row>", b'<row r="1">'))


def test_a_plain_sheet_is_told_by_its_last_row() -> None:
    row = b'<row r="120"><c r="A120" s="1"><v>1</v></c><c r="H120"/></row>'
    assert _near(b"<sheetData>" + row + b"</sheetData>") == 26_000
    assert _near(b"<sheetData>" + row.replace(b"H120", b"AB120") + b"</sheetData>") is None
