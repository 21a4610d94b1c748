"""Defines what each template may see: one documented record for a template, in one language, without files or HTML.

A module holds the views of one thing (a pledge, the glossary, the documents): the view of its page, and the fragments
that units add to it. Texts are strings in the page's language. They may hold links (`[words](term:id)`) and, where they
are prose, several paragraphs separated by empty lines (`paras` sets them as paragraphs, `flat` as one line). Dates are
ISO 8601 strings, which the template's filters write as the language does. References (`ref`) are those of
`routes.route`. Strings without a value are "".
"""
