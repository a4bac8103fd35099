"""The rules on the prose, each on the smallest sentence that breaks it, and on one that does not."""

from __future__ import annotations

import pytest
from tests.narrative.documents import FORMS, SICHUAN, book, told

import govbudget as gb
from govbudget.checks import Finding, Severity, Status
from govbudget.report import to_html


def findings(sentence: str, heading: str = "一、情况") -> list[Finding]:
    """What the rules say of a sentence, the missing sections aside."""
    report = told(f"{heading}\n\n{sentence}").check(select="NAR", ignore="NAR012")
    return list(report.findings)


def codes(sentence: str, heading: str = "一、情况") -> list[tuple[str, str]]:
    return [(one.rule, one.severity.value) for one in findings(sentence, heading)]


@pytest.mark.parametrize(
    ("rule", "severity", "wrong", "right"),
    [
        ("NAR001", "error", "支出预算909.00万元。", "支出预算900.00万元。"),
        ("NAR001", "error", "行政运行（项）393.00万元。", "一般公共服务（类）行政运行（项）390.00万元。"),
        ("NAR001", "error", "因公出国（境）费3.00万元。", "因公出国（境）费0万元。"),
        ("NAR001", "error", "未安排公务接待费。", "未安排公务用车购置费。"),
        ("NAR001", "error", "政府性基金预算支出5.00万元。", "没有使用政府性基金预算拨款安排的支出。"),
        ("NAR001", "error", "2023年一般公共预算支出808.00万元。", "2023年一般公共预算支出800.00万元。"),
        ("NAR001", "info", "支出预算900.01万元。", "支出预算900万元。"),
        ("NAR002", "error", "支出预算9000000.00万元。", "支出预算9000000.00元。"),
        ("NAR002", "error", "“三公”经费12.00元。", "“三公”经费120000元。"),
        ("NAR003", "warning", "基本支出2023年预算数为560.00万元。", "基本支出2024年预算数为560.00万元。"),
        (
            "NAR003",
            "error",
            "基本支出2023年预算数为560.00万元，项目支出2023年预算数为340.00万元。",
            "基本支出2023年预算数为550.00万元，项目支出2023年预算数为330.00万元。",
        ),
        ("NAR003", "error", "行政运行（项）2023年预算数为390.00万元。", "行政运行（项）2023年预算数为340.00万元。"),
        (
            "NAR004",
            "error",
            "一般公共预算支出880.00万元，比上年增加88.00万元。",
            "一般公共预算支出880.00万元，比上年增加80.00万元。",
        ),
        (
            "NAR004",
            "error",
            "公务接待费2.00万元，比去年预算3.00万元减少1.50万元。",
            "公务接待费2.00万元，比去年预算3.00万元减少1.00万元。",
        ),
        ("NAR004", "error", "一般公共预算支出与上年持平。", "公务接待费与上年持平。"),
        (
            "NAR005",
            "error",
            "支出预算900.00万元，其中：基本支出560.00万元，占66.22%。",
            "支出预算900.00万元，其中：基本支出560.00万元，占62.22%。",
        ),
        (
            "NAR005",
            "error",
            "机关运行经费32.95万元，比上年增加5.17万元，增长18.55%。",
            "机关运行经费32.95万元，比上年增加5.17万元，增长18.61%。",
        ),
        (
            "NAR005",
            "info",
            "支出预算900.00万元，其中：项目支出340.00万元，占37.77%。",
            "支出预算900.00万元，其中：项目支出340.00万元，占37.78%。",
        ),
        (
            "NAR006",
            "error",
            "一般公共预算支出880.00万元，比上年减少80.00万元。",
            "一般公共预算支出880.00万元，比上年增加80.00万元。",
        ),
        (
            "NAR006",
            "error",
            "机关运行经费32.95万元，比上年增加5.17万元，下降18.61%。",
            "机关运行经费32.95万元，比上年减少5.17万元，下降13.56%。",
        ),
        (
            "NAR007",
            "error",
            "政府采购预算55.00万元，其中：货物类30.00万元，工程类0万元，服务类20.00万元。",
            "政府采购预算50.00万元，其中：货物类30.00万元，工程类0万元，服务类20.00万元。",
        ),
        (
            "NAR007",
            "error",
            "编报绩效目标的项目共2个，涉及预算330.00万元。其中：数据平台运行费200.00万元，数据目录编制费120.00万元。",
            "编报绩效目标的项目共2个，涉及预算320.00万元。其中：数据平台运行费200.00万元，数据目录编制费120.00万元。",
        ),
        (
            "NAR007",
            "warning",
            "政府采购预算55.00万元，其中：货物类30.00万元，服务类20.00万元。",
            "政府采购预算50.00万元，其中：货物类30.00万元，服务类20.00万元。",
        ),
        (
            "NAR008",
            "error",
            "支出预算比上年减少23.40万元。支出预算比上年减少24.30万元。",
            "支出预算比上年减少23.40万元。支出预算比上年减少23.40万元。",
        ),
        ("NAR009", "error", "机关运行经费560.00万元。", "机关运行经费90.00万元。"),
        ("NAR009", "warning", "机关运行经费95.00万元。", "机关运行经费85.00万元。"),
        ("NAR010", "info", "医疗卫生与计划生育支出29.50万元。", "卫生健康支出29.50万元。"),
        (
            "NAR011",
            "info",
            "公用经费90.00万元，主要包括：办公费、维修（护）费、差旅费等。",
            "公用经费90.00万元，主要包括：办公费、差旅费等。",
        ),
    ],
)
def test_a_rule_finds_what_is_wrong_and_lets_pass_what_is_right(
    rule: str, severity: str, wrong: str, right: str
) -> None:
    found = codes(wrong)
    assert (rule, severity) in found, found
    assert {code for code, _ in found} == {rule}
    assert codes(right) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "2024年公务接待费预算2.00万元，2023年公务接待费预算2.00万元，与上年持平。公务用车运行费10.00万元，2023年预算10.00万元，与上年持平。",
        "2024年收入预算900.00万元（其中上年结转0万元）。",
        "公务用车购置及运行费10.00万元，其中公务用车运行费10.00万元，比上年减少1.00万元，下降9.09%。",
        "项目支出340.00万元，其中：一般公共预算320.00万元，事业收入20.00万元。",
        "人员经费470.00万元，占基本支出的83.93%；公用经费90.00万元，占基本支出的16.07%。",
        "支出预算900.00万元。按用途划分：基本支出560.00万元，占62.22%，其中人员经费470.00万元、公用经费90.00万元；项目支出340.00万元，占37.78%。",
        "一般公共预算支出880.00万元，工资福利支出460.00万元，占52.27%。",
        "基本支出560.00万元，其中：工资福利支出460.00万元，占82.14%；商品和服务支出90.00万元，占16.07%；对个人和家庭的补助10.00万元，占1.79%。",
        "2023年支出决算812.00万元。2023年一般公共预算支出完成808.00万元。",
        "本级支出预算500.00万元，下属单位支出预算400.00万元。",
        "市级财政拨款收入700.00万元，区级财政拨款收入180.00万元。",
        "民政服务中心2024年支出预算100.00万元。",
        "截至2023年底，结转结余资金5.00万元。",
        "支出预算较上年执行数增加33.00万元，增长3.81%。",
        "一般公共预算支出比上年预算数增加80.00万元，比上年执行数增加60.00万元。",
        "事业收入20.00万元，占收入预算的2.22%。",
        "其中：提前下达中央资金50.00万元，省级资金30.00万元。",
        "购买服务支出20.00万元，服务费30.00万元。",
        "2024年行政运行支出390.00万元，主要用于基本工资200.00万元、津贴补贴119.50万元。",
        "“三公”经费占一般公共预算支出的1.36%。",
        "本年收入900.00万元，其中：财政拨款收入880.00万元，占本年收入的97.78%。",
        "2024年支出预算900.00万元，其中：2023年结转支出100.00万元。",
        "公用经费90.00万元，人均1.50万元。",
        "一般公共预算支出880.00万元，比2023年增加80.00万元，其中基本支出增加60.00万元，项目支出增加20.00万元。",
        "一般公共预算支出880.00万元，比2023年增加80.00万元，主要原因是人员经费增加90.00万元，项目支出减少10.00万元。",
        "2024年“三公”经费预算12.00万元，较2023年压减1.00万元，降幅7.69%。",
        "政府采购预算50.00万元，其中：面向中小企业40.00万元，占80%；服务采购20.00万元，占40%。",
        "收入预算900.00万元，支出预算900.00万元，收支平衡。",
        "安排会议费5.00万元。",
        "基本支出预算560.00万元，人员经费470.00万元、日常公用经费90.00万元。",
        "2024年预算拨款比2023年预算拨款800.00万元增加80.00万元。",
        "一般公共预算拨款880.00万元，其中：当年预算拨款880.00万元，上年结转0万元。",
        "住房公积金60.00万元，占6.82%。",
        "按照支出经济分类，工资福利支出460.00万元，占基本支出的82.14%。",
        "机关运行经费90.00万元，其中办公费40.00万元，差旅费38.00万元。",
        "公务接待费2.00万元，预计接待20批次、200人次，人均100元。",
    ],
)
def test_what_a_careful_reader_lets_pass_has_no_finding(sentence: str) -> None:
    assert [str(finding) for finding in findings(sentence, "一、2024年预算情况说明")] == []


def test_a_list_by_economic_subject_of_basic_expenditure_only_is_not_the_whole() -> None:
    text = (
        "支出总计900.00万元。按照支出经济分类科目，包括：工资福利支出460.00万元，商品和服务支出90.00万元，"
        "对个人和家庭的补助10.00万元。"
    )
    (finding,) = findings(text)
    assert (finding.rule, finding.severity) == ("NAR007", Severity.ERROR)
    assert (str(finding.found), str(finding.expected), str(finding.difference)) == ("900.00", "560.00", "340.00")


def test_a_share_may_be_of_any_whole_that_the_words_leave_open() -> None:
    section = "三、一般公共预算当年拨款结构情况"
    assert codes("一般公共服务支出710.00万元，占80.68%。", section) == []
    assert codes("基本支出占一般公共预算支出的63.64%。") == []
    assert codes("基本支出占支出总额的63.64%。") == [("NAR005", "error")]


def test_the_finding_shows_the_sentence_and_points_at_the_cell() -> None:
    text = f"{SICHUAN}\n\n{FORMS}".replace("项目支出340.00万元，占", "项目支出344.00万元，占")
    report = gb.read(text.encode()).check(select="NAR")
    finding = next(one for one in report if one.rule == "NAR001")
    start, end = finding.marked
    assert finding.sentence[start:end] == "344.00万元"
    words, cell = finding.places
    lines = text.splitlines()
    assert "项目支出344.00万元" in lines[words.row - 1]
    assert lines[cell.row - 1].split("\t")[cell.column - 1] == "340.00"
    assert (finding.row, finding.column, finding.form) == ("合计", "项目支出", "expenditure")
    assert "344.00万元" in finding.message
    assert "《部门支出总表》" in finding.message
    html = to_html(report)
    assert '<blockquote class="sentence">' in html
    assert "<mark>344.00万元</mark>" in html
    assert 'id="prose"' in html


def test_an_item_that_the_form_does_not_print_is_told_with_the_form() -> None:
    (found,) = findings("公用经费90.00万元，主要包括：办公费、维修（护）费、差旅费等。")
    assert found.message == "正文列举的“维修（护）费”在《一般公共预算基本支出表》中没有金额"
    assert (found.form, found.title, found.row) == ("general_basic", "一般公共预算基本支出表", "维修（护）费")
    assert found.sentence[slice(*found.marked)] == "维修（护）费"


def test_one_wrong_amount_is_one_finding() -> None:
    assert codes("支出预算900.00万元，其中：基本支出566.00万元，占62.22%；项目支出340.00万元，占37.78%。") == [
        ("NAR001", "error")
    ]


def test_a_figure_under_a_header_that_was_not_understood_contradicts_nothing() -> None:
    damaged = FORMS.replace("公务用车运行费\t", "公务甪车运仃费\t")
    whole = gb.read(damaged.encode()).with_narrative("一、情况\n\n公务接待费9.00万元。".encode())
    assert list(whole.check(select="NAR", ignore="NAR012")) == []
    assert whole.claims()[0].verdict.value == "open"


def test_a_document_without_prose_is_skipped_and_says_so() -> None:
    report = book().check(select=["NAR001", "NAR012"])
    assert list(report) == []
    assert [(one.status, [reason.zh for reason in one.skipped]) for one in report.outcomes] == [
        (Status.SKIPPED, ["文件里没有正文"]),
        (Status.SKIPPED, ["文件里没有正文"]),
    ]


def test_a_narrative_has_to_speak_of_what_is_prescribed() -> None:
    report = told("一、收支情况\n\n支出预算900.00万元。").check(select="NAR012")
    assert [one.arguments["section"] for one in report] == [
        "“三公”经费",
        "机关运行经费",
        "政府采购",
        "国有资产占有使用",
        "预算绩效",
    ]
    assert not list(told(SICHUAN).check(select="NAR012"))


def test_the_published_documents_have_the_errors_that_people_found(shared: object) -> None:
    from pathlib import Path

    seeds = Path(str(shared)) / "seeds"
    errors = {
        name: [
            (one.rule, one.arguments["found"], one.arguments["expected"])
            for one in gb.read(seeds / f"{name}_2024.txt").check(select="NAR").errors
        ]
        for name in ("dazhou", "tongnan", "zengdu")
    }
    assert errors == {
        "dazhou": [
            *(
                ("NAR003", amount, "2024")
                for amount in ("272.79", "434.55", "127.05", "53.37", "11.25", "5.47", "1.08", "44.63")
            ),
            ("NAR005", "18.55", "18.61"),
        ],
        "tongnan": [("NAR009", "439.45", "79.83")],
        "zengdu": [("NAR007", "447.48", "170.48")],
    }


@pytest.mark.parametrize("name", ["dazhou", "tongnan", "zengdu"])
def test_four_in_five_figures_of_the_published_documents_are_bound(shared: object, name: str) -> None:
    from pathlib import Path

    claims = gb.read(Path(str(shared)) / f"seeds/{name}_2024.txt").claims()
    figures = [one for one in claims if one.claim.printed and one.claim.kind.value != "other"]
    judged = [one for one in figures if one.verdict.value in {"right", "near", "wrong"}]
    assert len(judged) >= 0.8 * len(figures)


def test_the_parts_of_a_list_that_the_next_paragraphs_take_up_again_count_once() -> None:
    """Of a department that nobody knows the whole is not understood, and the paragraphs below belong to its list."""
    words = (
        "五、“三公”经费财政拨款预算安排情况说明\n\n"
        "某局2024年“三公”经费财政拨款预算数4.80万元，其中：因公出国（境）费0万元；"
        "公务用车购置及运行维护费2.20万元；公务接待费2.60万元。\n\n"
        "公务用车购置及运行维护费2.20万元，比2023年预算持平。\n\n公务接待费{again}万元，比2023年预算持平。\n"
    )
    assert gb.read(words.format(again="2.60").encode()).check(select="NAR001,NAR007").findings == ()
    assert "NAR007" not in {one.rule for one in gb.read(words.format(again="2.50").encode()).check(select="NAR").errors}
