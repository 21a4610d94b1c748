"""The ways to show a document on one sheet of paper, the roomiest first."""

from __future__ import annotations

from gazette.site.target import SheetLayout

SIZES: dict[str, tuple[float, ...]] = {
    "yardsticks": (12, 11, 10, 9.5, 9),
    "texts": (11, 10.5, 10, 9.5, 9),
    "tight": (9,),
    "bare": (10, 9.5, 9),
    "titles": (12, 11, 10, 9),
    "list": (9,),
}
"""How a unit's sheet shows its pledges, the roomiest way first: with what would count as done, with their texts and
the editors' notes, the same with lines close together, with their texts, by their titles, each with what an acceptance
rests on; by their titles alone. And with letters of which sizes, in points. None are smaller than 9."""

SMALLEST = 9.0

BRIEF_SIZES = (11, 10.5, 10, 9.5, 9)

LEAST = (9, 8, 7, 6, 5, 4)
"""Letters of a page that shows no more than its head and its foot. Only names and words at their limits, which no site
has, need those below the smallest: a page with small letters is better than none."""

FEWER_CHANGES = (6, 4, 2)
"""So many of the newest steps a brief lists where there is no room for all; with the matrix at least `FEW_CHANGES`."""

FEW_CHANGES = 4

FEWER_LATE = (10, 8, 6, 5, 4, 3, 2)
"""So many of the pledges past their date a brief lists where there is no room for those that it would: the list is
shortened before it goes, and the newest steps go before it is shortened."""


def sheet_layouts(pledges: int) -> tuple[SheetLayout, ...]:
    """Those of the sheet of a unit with so many pledges."""
    layouts = [SheetLayout(size, depth, pledges) for depth, sizes in SIZES.items() for size in sizes]
    layouts += [SheetLayout(SMALLEST, "list", limit) for limit in range(pledges - 1, 0, -1)]
    return (*layouts, *_NOTHING)  # a statement can be as long as a page by itself


def brief_layouts(changes: int, late: int) -> tuple[SheetLayout, ...]:
    """Those of a brief that lists so many of the newest steps, and so many pledges that are past their date. Of the
    depth `counts` the limit is of the latter, of all others of the former."""
    return (
        *(SheetLayout(size, "texts", changes) for size in BRIEF_SIZES),
        SheetLayout(SMALLEST, "texts", min(changes, FEW_CHANGES)),
        SheetLayout(SMALLEST, "tables", 0),
        *(SheetLayout(SMALLEST, "latest", n) for n in _shortened(changes, FEWER_CHANGES)),
        *(SheetLayout(SMALLEST, "counts", n) for n in _shortened(late, FEWER_LATE)),
        SheetLayout(SMALLEST, "sums", 0),
        *_NOTHING,
    )


def _shortened(most: int, fewer: tuple[int, ...]) -> tuple[int, ...]:
    """How many a list names: the most, or fewer."""
    return (most, *(n for n in fewer if n < most))


_NOTHING = tuple(SheetLayout(size, "nothing", 0) for size in LEAST)
