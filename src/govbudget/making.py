"""Making frozen objects（构造不可变对象） by the hundred thousand, from values that are known to be right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import attrs

__all__ = ["maker"]

T = TypeVar("T")


def maker(cls: type[T]) -> Callable[..., T]:
    """A function that makes objects of a slotted frozen class from the values of all fields, in their order.

    It neither validates nor converts. The fields of a frozen object are set one by one through
    ``object.__setattr__``, at three times the cost: here they are set while the object is an open one.
    """
    names = [field.name for field in attrs.fields(cls)]  # type: ignore[arg-type]
    open_class: Any = attrs.make_class(cls.__name__, names, slots=True, weakref_slot=False)

    def make(*values: object) -> T:
        made = open_class(*values)
        made.__class__ = cls
        return made  # type: ignore[no-any-return]

    return make
