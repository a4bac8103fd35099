"""What the dimensions of a budget and their members are called（维度与成员的名称）."""

from __future__ import annotations

from types import MappingProxyType

__all__ = ["DIMENSION_LABELS", "FORMS_BY_SCOPE", "MEMBER_LABELS", "NOT_SPLIT"]

NOT_SPLIT = "（未细分）"
DIMENSION_LABELS = MappingProxyType(
    {
        "document": "部门",
        "year": "年度",
        "agency": "单位",
        "function": "功能分类科目",
        "economic": "经济分类科目",
        "nature": "支出性质",
        "origin": "来源年度",
        "fund": "资金性质",
        "item": "事项",
        "project": "项目",
    }
)
MEMBER_LABELS = MappingProxyType(
    {
        "basic": "基本支出",
        "basic.personnel": "人员经费",
        "basic.public": "公用经费",
        "project": "项目支出",
        "operating": "事业单位经营支出",
        "to_superior": "上缴上级支出",
        "to_affiliated": "对附属单位补助支出",
        "current": "本年安排",
        "carryover": "上年结转",
        "reserve": "非财政拨款结余弥补",
        "fiscal": "财政拨款",
        "fiscal.general": "一般公共预算",
        "fiscal.government_fund": "政府性基金预算",
        "fiscal.state_capital": "国有资本经营预算",
        "fiscal_account": "财政专户管理资金",
        "unit_funds": "单位资金",
        "unit_funds.business": "事业收入",
        "unit_funds.operating": "事业单位经营收入",
        "unit_funds.superior": "上级补助收入",
        "unit_funds.affiliated": "附属单位上缴收入",
        "unit_funds.other": "其他收入",
        "other_funds": "其他资金",
        "three_public": "“三公”经费",
        "three_public.abroad": "因公出国（境）费",
        "three_public.vehicle": "公务用车购置及运行费",
        "three_public.vehicle.purchase": "公务用车购置费",
        "three_public.vehicle.operation": "公务用车运行费",
        "three_public.reception": "公务接待费",
        "procurement": "政府采购",
        "procurement.goods": "货物类",
        "procurement.works": "工程类",
        "procurement.services": "服务类",
    }
)
# A question is answered from the first of these forms that can: what speaks of all money comes first.
FORMS_BY_SCOPE = (
    "expenditure",
    "revenue",
    "summary",
    "fiscal_summary",
    "fiscal_economic",
    "general",
    "general_basic",
    "projects",
    "general_project",
    "fund",
    "capital",
    "procurement",
    "three_public",
    "fund_three_public",
)
