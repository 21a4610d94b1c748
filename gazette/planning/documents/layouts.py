"""Lists the layouts to try for a document on a single sheet, the roomiest first."""

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
"""How a unit's sheet shows its pledges, the roomiest depth first, each with its font sizes (pt), none below 9.

`yardsticks`: with what would count as done; `texts`: with their texts and the editors' notes; `tight`: the same with
less line spacing; `bare`: with their texts; `titles`: by their titles, each with what an acceptance rests on; `list`:
by their titles alone.
"""

SMALLEST = 9.0

BRIEF_SIZES = (11, 10.5, 10, 9.5, 9)

LEAST = (9, 8, 7, 6, 5, 4)
"""The font sizes (pt) of a page that shows only its head and foot. Only names and words at their length limits, which
no real site has, need those below `SMALLEST`: small print is better than no page."""

FEWER_CHANGES = (6, 4, 2)
"""How many of the newest changes a brief lists if it has no room for all; with the matrix at least `FEW_CHANGES`."""

FEW_CHANGES = 4

FEWER_LATE = (10, 8, 6, 5, 4, 3, 2)
"""How many late pledges a brief lists if it has no room for all. A brief drops the newest changes before it shortens
this list, and shortens the list before it drops it."""


def sheet_layouts(pledges: int) -> tuple[SheetLayout, ...]:
    """Return the layouts of the sheet of a unit with this number of pledges."""
    layouts = [SheetLayout(size, depth, pledges) for depth, sizes in SIZES.items() for size in sizes]
    layouts += [SheetLayout(SMALLEST, "list", limit) for limit in range(pledges - 1, 0, -1)]
    return (*layouts, *_NOTHING)  # even with one pledge, a statement can fill the page


def brief_layouts(changes: int, late: int) -> tuple[SheetLayout, ...]:
    """Return the layouts of a brief with at most `changes` changes and `late` late pledges. In the depth `counts` the
    limit is the number of late pledges, in all others that of changes."""
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
    """Return the lengths that a list may have, the longest first."""
    return (most, *(n for n in fewer if n < most))


_NOTHING = tuple(SheetLayout(size, "nothing", 0) for size in LEAST)
