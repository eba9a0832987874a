"""Functions of pdfium that are asked tens of thousands of times for one document, as cheap as a call to C can be."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from itertools import repeat
from typing import Any

NUMBER, ADDRESS = ctypes.c_int, ctypes.c_void_p


@cache
def quick(name: str, result: type[Any], *arguments: type[Any]) -> Callable[..., int]:
    """The function of this name, taking and giving plain numbers for pointers (None for a null one given back).

    The binding makes an object of every pointer, and lets other threads in during every call; both take longer than
    the calls themselves.
    """
    import pypdfium2.raw as pdfium

    found: Callable[..., int] = ctypes.PYFUNCTYPE(result, *arguments)(address_of(getattr(pdfium, name)))
    return found


def address_of(handle: Any) -> int:
    """The address behind a handle or a function of pdfium."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def objects_of(holder: int, *, is_form: bool) -> list[tuple[int, int]]:
    """What is drawn on a page or inside a form object, in the order of drawing: kind (FPDF_PAGEOBJ_...) and address."""
    owner = "FPDFFormObj" if is_form else "FPDFPage"
    count = quick(f"{owner}_CountObjects", NUMBER, ADDRESS)(holder)
    get = quick(f"{owner}_GetObject", ADDRESS, ADDRESS, ctypes.c_ulong if is_form else NUMBER)
    items = list(map(get, repeat(holder), range(max(0, count))))
    return list(zip(map(quick("FPDFPageObj_GetType", NUMBER, ADDRESS), items), items, strict=True))


class Floats:
    """Room for numbers that pdfium answers with: ``places`` are their addresses, ``numbers`` what stands there."""

    def __init__(self, count: int) -> None:
        self.numbers = (ctypes.c_float * count)()
        self.place = ctypes.addressof(self.numbers)
        self.places = range(self.place, self.place + 4 * count, 4)
