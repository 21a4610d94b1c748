"""All WeasyPrint functions replaced for line setting. Wrappers are listed innermost first.

A wrapper takes a function of WeasyPrint and returns one with the same arguments that calls it. Each function is
replaced once, here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import weasyprint.draw.text as draw
import weasyprint.layout.inline as inline
import weasyprint.layout.leader as leader
import weasyprint.layout.preferred as preferred
import weasyprint.layout.table as table
from weasyprint.text.line_break import Layout

from gazette.pdf.composition import breaking, justification, last_lines, overlong

REPLACED = {
    "weasyprint.text.line_break:split_first_line": "e61531ec9aae",
    "weasyprint.text.line_break:can_break_text": "d15f67265f7b",
    "weasyprint.text.line_break:Layout.reactivate": "40908616e1b7",
    "weasyprint.layout.inline:get_next_linebox": "f183b48de48a",
    "weasyprint.layout.inline:split_inline_box": "dc3c9fe11d3c",
    "weasyprint.layout.inline:justify_line": "08958e2e4f73",
    "weasyprint.layout.table:auto_table_layout": "b4093c387870",
    "weasyprint.layout.leader:leader_index": "ded65c64ce67",
    "weasyprint.draw.text:draw_first_line": "39ef25a63b28",
}
"""What line setting replaces, with digests of the sources (`pdf.sources`)."""


RELIES_ON = {
    "weasyprint.text.ffi": "01b24b4f5d68",
    "weasyprint.text.line_break:Layout": "8887916c77b4",
    "weasyprint.text.line_break:line_size": "6108ca27af8a",
    "weasyprint.text.line_break:first_line_metrics": "5801edf76688",
    "weasyprint.layout:LayoutContext.__init__": "15efee431ba3",
    "weasyprint.layout.inline:split_text_box": "d9af6a517d10",
    "weasyprint.layout.inline:text_align": "8cbc34251aeb",
    "weasyprint.layout.preferred:inline_line_widths": "95debf22253a",
    "weasyprint.layout.preferred:table_and_columns_preferred_widths": "b875a4b8dd59",
    "weasyprint.css:Style": "347be9ff69bc",
    "weasyprint.css:ComputedStyle": "f574c00df5aa",
    "weasyprint.css:AnonymousStyle": "c5742ccc1d6e",
    "weasyprint.formatting_structure.boxes:Box.translate": "31541039dc98",
    "weasyprint.formatting_structure.boxes:Box.content_box_x": "85986edf031e",
    "weasyprint.formatting_structure.boxes:Box.is_in_normal_flow": "799c469a1979",
    "weasyprint.formatting_structure.boxes:ParentBox.copy_with_children": "f9391019165e",
    "weasyprint.formatting_structure.boxes:LineBox": "4e38bfe6b1df",
    "weasyprint.formatting_structure.boxes:InlineBox": "ed4daeb5386f",
    "weasyprint.formatting_structure.boxes:TextBox": "dd509a843271",
    "weasyprint.formatting_structure.boxes:AtomicInlineLevelBox": "cbf98addb074",
    "pydyf:Stream.__init__": "0405172842ff",
    "pydyf:Stream.data": "f2ea8e376159",
}
"""What line setting uses of other libraries' insides, with digests of the sources (`pdf.sources`)."""


Wrapper = Callable[[Callable[..., Any]], Callable[..., Any]]


def unchanged(function: Callable[..., Any]) -> Callable[..., Any]:
    """The wrapper that changes nothing."""
    return function


class Around(NamedTuple):
    """The outermost wrappers of `split_first_line`: of another patch, which thereby replaces nothing itself."""

    lines: Wrapper = unchanged
    """Around what sets lines."""
    widths: Wrapper = unchanged
    """Around what finds the preferred widths of columns and boxes."""


NOTHING_AROUND = Around()


def install(around: Around = NOTHING_AROUND) -> None:
    """Replace them, once for the process."""
    split = breaking.breaking(inline.split_first_line)
    inline.split_first_line = around.lines(overlong.breaking_words(split))
    preferred.split_first_line = around.widths(split)
    inline.can_break_text = overlong.parting_anywhere(breaking.parting(inline.can_break_text))
    inline.split_inline_box = last_lines.widened(overlong.edged(inline.split_inline_box))
    inline.get_next_linebox = last_lines.in_company(overlong.fitting(inline.get_next_linebox))
    inline.justify_line = justification.justifying(inline.justify_line)
    table.auto_table_layout = overlong.sharing_columns(table.auto_table_layout)
    leader.leader_index = overlong.leading(leader.leader_index)
    draw.draw_first_line = breaking.drawing(draw.draw_first_line)
    Layout.reactivate = breaking.reactivating(Layout.reactivate)
