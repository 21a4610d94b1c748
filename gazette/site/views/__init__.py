"""What each template may see: one documented record a template, in one language, without files or HTML.

A module holds what belongs to one thing that is shown (a pledge, the glossary, the documents): the view of its page,
and the fragments that units add to it. Texts are strings of the page's language; they may hold links
(`[words](term:id)`) and, where they are prose, several paragraphs with an empty line between (`paras` sets them, `flat`
makes a line of them). Dates are ISO 8601 strings; the template's filters write them as the language does. References
(`ref`) are what `routes.route` understands.
"""
