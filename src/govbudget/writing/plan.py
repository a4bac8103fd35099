"""Plans（写出方案）: every sheet of a budget on a family's forms, and what those forms cannot carry."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from govbudget.amounts import Unit
from govbudget.errors import FamilyError
from govbudget.forms.families import families
from govbudget.model import Budget, Fact
from govbudget.writing.context import Context, Leftover, book_year, form_text
from govbudget.writing.layout import FamilyLayout, Layout, family_layout
from govbudget.writing.matching import match
from govbudget.writing.sheet import Kind, Sheet
from govbudget.writing.sides import side_of, sides_sheet
from govbudget.writing.tables import NO_CELL, row_dimensions, table_sheet
from govbudget.writing.targets import is_one_table, projects_sheets, single_sheets, targets_of

__all__ = ["Plan", "cover", "plan"]

NO_LINE = "本表只列采购类别，不列采购项目 (the form lists kinds of procurement, not what is bought)"
NO_FORM = "这套表式没有该表 (the family has no such form)"


@attrs.frozen
class Plan:
    """What a workbook will hold（写出方案）.

    Attributes:
        family: the family of forms.
        sheets: the sheets in order, the cover first.
        left: what the family's forms cannot carry, with the reason; nothing is dropped in silence.
        forms: the ids of the forms in order.
    """

    family: str
    sheets: tuple[Sheet, ...]
    left: tuple[Leftover, ...] = ()
    forms: tuple[str, ...] = ()


def plan(book: Budget, family: str | None = None, *, rounded: Unit | None = None) -> Plan:
    """Lay a budget out on the forms of *family*, by default those it was read from（编排）.

    The forms that the budget has are printed, in their order, and those that it has facts for. Nothing is added up:
    a total is printed where it is given.

    Args:
        book: the budget.
        family: the family of forms.
        rounded: the unit that figures were rounded in; no form is printed in a finer one.

    Raises:
        FamilyError: nobody declared that family, or neither the caller nor the budget names one.
    """
    name = family or book.family
    if name is None:
        known = "、".join(families())
        raise FamilyError(f"请指明表式，可用：{known} (name the family of forms to print)")
    context = Context(book, family_layout(name, book_year(book)), rounded)
    layouts = context.layouts
    facts = _facts_by_form(context)
    _leave_forms(context)
    sheets = cover(context, layouts)
    printed = _forms(context, facts)
    for layout in printed:
        sheets += _sheets(context, layout, facts.get(layout.form.id, []))
    forms = tuple(layout.form.id for layout in printed)
    return Plan(layouts.family.id, tuple(sheets), tuple(context.left), forms)


def _facts_by_form(context: Context) -> dict[str, list[Fact]]:
    """The facts of each form; one that names no form goes wherever its coordinate is printed."""
    layouts = context.layouts.forms
    found: dict[str, list[Fact]] = {}
    for fact in context.book.facts:
        if fact.form in layouts:
            found.setdefault(fact.form, []).append(fact)
    for fact in context.book.facts:
        if fact.form in layouts:
            continue
        homes = [] if fact.form else [one for one, layout in layouts.items() if _prints(context, layout, fact)]
        for form in homes:
            own = found.setdefault(form, [])
            if all(other.coordinate != fact.coordinate for other in own):
                own.append(fact)
        if not homes:
            context.leave(fact, NO_FORM if fact.form else NO_CELL)
    return found


def _leave_forms(context: Context) -> None:
    """Note the empty forms and the targets of forms that the family does not have."""
    layouts = context.layouts.forms
    for form in context.book.forms:
        if form.id not in layouts and form.empty:
            context.left.append(Leftover(form_text(form.id), NO_FORM))
    for printed in context.book.targets:
        if printed.form not in layouts:
            target = printed.target
            context.left.append(Leftover(f"{form_text(printed.form)} {target.project or target.agency}", NO_FORM))
    procurement = layouts.get("procurement")
    for purchase in context.book.purchases:
        if procurement is None or procurement.sides:
            said = "，".join(f"{header}：{text}" for header, text in purchase.texts)
            context.left.append(
                Leftover(f"{form_text('procurement')} {said}", NO_FORM if procurement is None else NO_LINE)
            )


def _prints(context: Context, layout: Layout, fact: Fact) -> bool:
    """Whether a form has a cell for the coordinate of *fact*."""
    if layout.form.kind == "targets" or (layout.form.rows == "project" and fact.coordinate.project is None):
        return False
    if layout.sides:
        return side_of(context, layout, fact, labelled=True) is not None
    columns = [(index, column) for index, column in enumerate(layout.columns) if column.role is None]
    return match(fact, columns, layout.form, row_dimensions(layout), context.year) is not None


def _forms(context: Context, facts: dict[str, list[Fact]]) -> Sequence[Layout]:
    """The forms to print: in the order of the document of the same family, else in that of the family."""
    layouts = context.layouts.forms
    present = [form.id for form in context.book.forms]
    wanted = {*present, *facts}
    wanted |= {
        layout.form.id for layout in layouts.values() if layout.form.kind == "targets" and targets_of(context, layout)
    }
    order = [*dict.fromkeys(present), *layouts] if context.same_family else list(layouts)
    return [layouts[form] for form in dict.fromkeys(order) if form in wanted and form in layouts]


def _sheets(context: Context, layout: Layout, facts: Sequence[Fact]) -> list[Sheet]:
    if layout.sides:
        return [sides_sheet(context, layout, facts)]
    if layout.form.kind != "targets":
        return [table_sheet(context, layout, facts)]
    if is_one_table(layout):
        return projects_sheets(context, layout, facts)
    return single_sheets(context, layout, facts)


def cover(context: Context, layouts: FamilyLayout) -> list[Sheet]:
    """The cover（封面）, which says whose budget of which year it is."""
    if not (layouts.cover and context.year):
        return []
    sheet = Sheet("封面", [120.0], one_page=True)
    kinds = [Kind.COVER_TITLE, Kind.COVER_LINE]
    texts = [line.format(agency=context.agency, year=context.year) for line in layouts.cover]
    for index, text in enumerate(filter(None, texts)):
        sheet.put(4 + 2 * index, 0, text, kinds[min(index, 1)])
    return [sheet]
