"""Where the rules of setting take hold of WeasyPrint: each of its functions is replaced once, here, by those of ours
that stand around it, the innermost first."""

from __future__ import annotations

import weasyprint.draw.text as draw
import weasyprint.layout.inline as inline
import weasyprint.layout.leader as leader
import weasyprint.layout.preferred as preferred
import weasyprint.layout.table as table
from weasyprint.text.line_break import Layout

from gazette.pdf.composition import breaking, justification, last_lines, measuring, overlong

REPLACED = {
    "weasyprint.text.line_break:split_first_line": "1ffd0026e94c",
    "weasyprint.text.line_break:can_break_text": "d134a86439dc",
    "weasyprint.text.line_break:Layout.reactivate": "bd3baa717dd0",
    "weasyprint.layout.inline:get_next_linebox": "aade549e77ca",
    "weasyprint.layout.inline:split_inline_box": "8e52bd428ef6",
    "weasyprint.layout.inline:justify_line": "e80b9aaac8c6",
    "weasyprint.layout.table:auto_table_layout": "9238f54ff457",
    "weasyprint.layout.leader:leader_index": "531ca2c9a419",
    "weasyprint.draw.text:draw_first_line": "d150dc388453",
}
"""What this takes the place of, with the digests of the sources it was written against (`pdf.replaced`)."""


def install() -> None:
    """Puts the changes into WeasyPrint, once for the process."""
    split = breaking.breaking(inline.split_first_line)
    inline.split_first_line = measuring.measured_once(overlong.breaking_words(split))
    preferred.split_first_line = measuring.known(split)
    inline.can_break_text = overlong.parting_anywhere(breaking.parting(inline.can_break_text))
    inline.split_inline_box = last_lines.widened(overlong.edged(inline.split_inline_box))
    inline.get_next_linebox = last_lines.in_company(overlong.fitting(inline.get_next_linebox))
    inline.justify_line = justification.justifying(inline.justify_line)
    table.auto_table_layout = overlong.sharing_columns(table.auto_table_layout)
    leader.leader_index = overlong.leading(leader.leader_index)
    draw.draw_first_line = breaking.drawing(draw.draw_first_line)
    Layout.reactivate = breaking.reactivating(Layout.reactivate)
