"""Blank workbooks（空白表样）: every form of a family, to be filled in, adding up and checking itself meanwhile."""

from __future__ import annotations

from govbudget.templates.workbook import Template, template

__all__ = ["Template", "template"]
