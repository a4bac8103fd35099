"""The self-evaluation（绩效自评表） as a workbook."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from govbudget.errors import WriteError
from govbudget.performance import Grade, PerformanceIndicator, PerformanceTarget, ScoreSheet
from govbudget.writing import write_self_evaluation

TARGET = PerformanceTarget(
    project="热线",
    project_code="A01",
    agency="热线中心",
    year=2024,
    goal="办好热线",
    budget="37000",
    execution_weight="10",
    head={"业务主管部门": "某市服务局"},
    indicators=[
        PerformanceIndicator("接听量", level1="产出指标", level2="数量指标", value="≥3万次", weight=30),
        PerformanceIndicator("接听率", level1="产出指标", level2="质量指标", value="≥98%", weight=30),
        PerformanceIndicator(
            "好评",
            level1="满意度指标",
            level2="服务对象满意度指标",
            operator="定性",
            value="好坏",
            unit="级",
            weight=30,
        ),
    ],
)
SCORES = TARGET.score(
    {"接听量": Decimal(2), "接听率": "97%", "好评": Grade.ACHIEVED.at("85%")}, execution_rate="95.25%"
)
BLANK = PerformanceTarget(project="热线", indicators=[PerformanceIndicator("接听量", value="≥3次")]).score({})


def pages(scores: ScoreSheet | list[ScoreSheet]) -> list[Worksheet]:
    buffer = io.BytesIO()
    write_self_evaluation(scores, buffer)
    return list(load_workbook(buffer).worksheets)


def lines(page: Worksheet) -> list[list[object]]:
    """The rows of a sheet without blank cells."""
    return [[value for value in row if value is not None] for row in page.iter_rows(values_only=True)]


def test_the_form_is_that_of_the_ministry() -> None:
    (page,) = pages(SCORES)
    assert page.title == "绩效自评表"
    assert lines(page) == [
        ["项目支出绩效自评表"],
        ["（2024年度）"],
        ["项目名称", "A01-热线"],
        ["主管部门", "某市服务局", "实施单位", "热线中心"],
        ["项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["年度资金总额", 3.7, 10, 0.9525, 9.525],
        ["其中：当年财政拨款", "—", "—"],
        ["上年结转资金", "—", "—"],
        ["其他资金", "—", "—"],
        ["年度总体目标", "预期目标", "实际完成情况"],
        ["办好热线"],
        [],
        [],
        [
            "绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分",
            "偏差原因分析及改进措施",
        ],
        ["产出指标", "数量指标", "接听量", "≥3万次", "2万次", 30, 20],
        ["质量指标", "接听率", "≥98%", "97%", 30, 29.6938775510204],
        ["满意度指标", "服务对象满意度指标", "好评", "好坏（级）", "达成预期（85%）", 30, 25.5],
        ["总分", 100, float(round(SCORES.total, 13))],
    ]  # fmt: skip


def test_cells_are_merged_and_bordered_and_set_for_print() -> None:
    (page,) = pages(SCORES)
    merged = {str(span) for span in page.merged_cells.ranges}
    assert {"A1:I1", "C3:I3", "A5:B9", "A10:A13", "B11:E13", "F11:I13", "A14:A17", "B15:B16", "A18:F18"} <= merged
    cells = [cell for row in page.iter_rows(min_row=3) for cell in row if isinstance(cell, Cell)]
    assert {(cell.border.left.style, cell.border.top.style) for cell in cells} == {("thin", "thin")}
    assert (page["A1"].font.name, page["A5"].font.name) == ("黑体", "宋体")
    assert (page.page_setup.orientation, page.page_setup.fitToWidth) == ("landscape", 1)


def test_figures_are_those_of_the_score_sheet_to_the_digits_of_a_spreadsheet() -> None:
    (page,) = pages(SCORES)
    rows = {str(row[3].value): row for row in page.iter_rows(min_row=15, max_row=17)}
    for line in SCORES.lines:
        row = rows[line.indicator.name]
        assert line.score is not None
        assert Decimal(str(row[6].value)) == line.indicator.weight
        assert abs(Decimal(str(row[7].value)) - line.score) < Decimal("1e-12")
    assert (page["G18"].value, page["G6"].value) == (SCORES.full, TARGET.execution_points)
    assert Decimal(str(page["I6"].value)) == SCORES.execution_score
    assert (page["H6"].number_format, page["H16"].number_format, page["G15"].number_format) == ("0.00%", "0.00", "0")


def test_a_figure_stands_in_the_file_as_the_exact_decimal() -> None:
    buffer = io.BytesIO()
    write_self_evaluation(SCORES, buffer)
    with zipfile.ZipFile(buffer) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>3.7</v>" in xml or "<v>3.70</v>" in xml
    assert "<v>0.9525</v>" in xml and "<v>9.525" in xml


def test_what_is_not_known_stays_blank() -> None:
    (page,) = pages(BLANK)
    found = lines(page)
    assert found[1] == ["（    年度）"]
    assert found[3] == ["主管部门", "实施单位"]
    assert found[5] == ["年度资金总额"]
    assert found[-2:] == [["接听量", "≥3次"], ["总分"]]


def test_a_total_waits_for_the_last_score() -> None:
    (page,) = pages(TARGET.score({"接听量": Decimal(2), "接听率": "97%"}, execution_rate="95%"))
    assert lines(page)[-1] == ["总分", 100]


def test_the_whole_department_has_a_form_of_its_own() -> None:
    (page,) = pages(PerformanceTarget(agency="某市服务局", year=2024, goal="目标").score({}))
    assert lines(page)[0] == ["部门整体支出绩效自评表"]
    assert lines(page)[2] == ["部门（单位）名称", "某市服务局"]


def test_every_target_has_a_sheet() -> None:
    assert [page.title for page in pages([SCORES, BLANK])] == ["绩效自评表1", "绩效自评表2"]


@pytest.mark.parametrize("text", ["=1+1", "+甲", "-乙", "@SUM(A1)"])
def test_text_is_never_a_formula(text: str) -> None:
    indicator = PerformanceIndicator(text, level1=text, operator="定性", value="好坏")
    target = PerformanceTarget(project=text, agency=text, goal=text, indicators=[indicator])
    (page,) = pages(target.score({}))
    assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value == text} == {"s"}


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    old = tmp_path / "自评表.xlsx"
    old.write_bytes(b"old")
    long = PerformanceTarget(project="热线", goal="目" * 40000).score({})
    with pytest.raises(WriteError):
        write_self_evaluation(long, old)
    assert old.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [old]


def test_nothing_to_write_is_an_error() -> None:
    with pytest.raises(WriteError, match="没有可写出"):
        write_self_evaluation([], io.BytesIO())
