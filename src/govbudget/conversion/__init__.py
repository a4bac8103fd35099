"""Conversion（转换）: a budget on the forms of another family, with the figures that those print and it does not."""

from govbudget.conversion.convert import convert
from govbudget.conversion.report import Conversion, Derived

__all__ = ["Conversion", "Derived", "convert"]
