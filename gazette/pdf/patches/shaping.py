"""What Pango has to know of a style is worked out once for each style.

WeasyPrint works it out again for every text that it measures.
"""

from __future__ import annotations

from typing import Any

from weasyprint.text import fonts, line_break
from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango, unicode_to_char_p

from gazette.pdf.composition.record import once_a_style, part

REPLACED = {
    "weasyprint.text.line_break:Layout.setup": "23a71dc07fb7",
}
"""What this replaces, with digests of the sources (`pdf.sources`)."""

RELIES_ON = {
    "weasyprint.text.ffi": "01b24b4f5d68",
    "weasyprint.text.constants": "8ba877107d65",
    "weasyprint.text.fonts:FontConfiguration": "fc4106e9a41d",
    "weasyprint.text.fonts:get_font_description": "2e2a05fea2ef",
    "weasyprint.text.fonts:font_features": "a43a9ba24730",
    "weasyprint.text.line_break:Layout": "8887916c77b4",
    "weasyprint.css:Style": "347be9ff69bc",
    "weasyprint.css:ComputedStyle": "f574c00df5aa",
    "weasyprint.css:AnonymousStyle": "c5742ccc1d6e",
}
"""What this uses of WeasyPrint's insides, with digests of the sources (`pdf.sources`)."""


def install() -> None:
    """Replace it, once for the process."""
    line_break.Layout.setup = _set_up


def _set_up(self: Any, style: Any) -> None:
    """`Layout.setup`. It also frees the list of font features, which WeasyPrint never does."""
    self.style = style
    self.first_line_direction = 0
    face = _face(style)
    self.language = face.language
    self.layout = ffi.gc(pango.pango_layout_new(face.context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(self.layout, False)
    pango.pango_layout_set_font_description(self.layout, face.description)
    if style["text_decoration_line"] != "none":
        _measure_decoration(self, face)
    else:
        self.ascent = self.underline_position = self.strikethrough_position = None
    if face.features:
        attributes = pango.pango_attr_list_new()
        pango.pango_attr_list_insert(attributes, pango.pango_attr_font_features_new(face.features))
        pango.pango_layout_set_attributes(self.layout, attributes)
        pango.pango_attr_list_unref(attributes)


_FEATURES = (
    *("kerning", "variant_ligatures", "variant_position", "variant_caps"),
    *("variant_numeric", "variant_alternates", "variant_east_asian", "feature_settings"),
)


class _Face:
    """What Pango has to know of a style: its context (a font map, a language and a direction), the description of a
    font and the features of OpenType."""

    def __init__(self, style: Any) -> None:
        language = style["lang"]
        if style["font_language_override"] != "normal":
            language = LST_TO_ISO.get(style["font_language_override"].lower(), style["font_language_override"])
        known = part(_Contexts)
        key = language, style["direction"]
        if key not in known:
            known[key] = _context(style.font_config.font_map, *key)
        self.context, self.language = known[key]
        self.description = fonts.get_font_description(style)
        features = fonts.font_features(*(style[f"font_{name}"] for name in _FEATURES))
        self.features = ",".join(f"{name} {value}" for name, value in features.items()).encode()


_face = once_a_style(_Face)


class _Contexts(dict[tuple[Any, Any], tuple[Any, Any]]):
    """The Pango contexts of a document and their languages, by language and direction."""


def _context(font_map: Any, language: str | None, direction: str) -> tuple[Any, Any]:
    """A Pango context and its language. Without a language, that of the process is meant."""
    context = ffi.gc(pango.pango_font_map_create_context(font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[direction])
    if not language:
        return context, pango.pango_language_get_default()
    pointer, _ = unicode_to_char_p(language)
    found = pango.pango_language_from_string(pointer)
    pango.pango_context_set_language(context, found)
    return context, found


def _measure_decoration(layout: Any, face: _Face) -> None:
    metrics = ffi.gc(
        pango.pango_context_get_metrics(face.context, face.description, face.language), pango.pango_font_metrics_unref
    )
    for name in ("ascent", "underline_position", "strikethrough_position"):
        setattr(layout, name, FROM_UNITS * getattr(pango, f"pango_font_metrics_get_{name}")(metrics))
    for name in ("underline_thickness", "strikethrough_thickness"):
        setattr(layout, name, FROM_UNITS * getattr(pango, f"pango_font_metrics_get_{name}")(metrics))
