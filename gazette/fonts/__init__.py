"""The bundled fonts, and what they hold."""
