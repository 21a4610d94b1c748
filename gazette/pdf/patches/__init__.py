"""WeasyPrint made faster. Each patch may be left out, and changes no byte."""
