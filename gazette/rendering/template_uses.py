"""Finds what a template uses, from its syntax tree: other templates, and words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import jinja2.nodes
import msgspec


class FilledWord(msgspec.Struct, frozen=True, array_like=True):
    """A word that a template fills in, its line, and the names that it is given values for."""

    word: str
    line: int
    names: tuple[str, ...]


class TemplateUses(msgspec.Struct, frozen=True, array_like=True):
    """The templates that a template refers to, the words that it uses, each with its line, and those that it fills
    in."""

    templates: tuple[str, ...]
    words: tuple[tuple[str, int], ...]
    filled: tuple[FilledWord, ...]


def uses_of(tree: jinja2.nodes.Template) -> TemplateUses:
    """Return what the template with this syntax tree uses."""
    nodes = (*tree.find_all(jinja2.nodes.Node),)
    return TemplateUses((*_referred_in(nodes),), (*sorted(set(_words_in(nodes))),), (*_filled_in(nodes),))


Nodes = Iterable[jinja2.nodes.Node]
"""All nodes of a template. They are listed once, because walking the tree takes longer than looking at a node."""


def _referred_in(nodes: Nodes) -> Iterator[str]:
    """Yield the templates that a template includes, extends, imports, or renders as a part (`part("…", …)`)."""
    for node in nodes:
        match node:
            case jinja2.nodes.Call(
                node=jinja2.nodes.Name(name="part"), args=[jinja2.nodes.Const(value=str(inner)), *_]
            ):
                yield inner
            case jinja2.nodes.Extends() | jinja2.nodes.FromImport() | jinja2.nodes.Import() | jinja2.nodes.Include():
                yield from (each.value for each in _all_of(node.template) if isinstance(each, jinja2.nodes.Const))


def _all_of(name: jinja2.nodes.Expr) -> Sequence[jinja2.nodes.Expr]:
    """Return the names in an expression that names a template, or lists several of which the first that exists is
    used."""
    return name.items if isinstance(name, (jinja2.nodes.List, jinja2.nodes.Tuple)) else (name,)


def _words_in(nodes: Nodes) -> Iterator[tuple[str, int]]:
    """Yield the longest constant paths below `w`: `w.nav.home`, or `w.state` for `w.state[code]`."""
    steps = [node for node in nodes if isinstance(node, jinja2.nodes.Getattr)]
    inner = {id(node.node) for node in steps}
    for node in steps:
        names = _chain(node)
        if names is not None and id(node) not in inner:
            yield ".".join(names), node.lineno


def _chain(node: jinja2.nodes.Node) -> list[str] | None:
    names: list[str] = []
    while isinstance(node, jinja2.nodes.Getattr):
        names.insert(0, node.attr)
        node = node.node
    return names if isinstance(node, jinja2.nodes.Name) and node.name == "w" and names else None


def _filled_in(nodes: Nodes) -> Iterator[FilledWord]:
    """Yield the words that are filled in: `fill(w.footer.source, source=…)`, `count(w.n.pledges, n)`."""
    for node in nodes:
        match node:
            case jinja2.nodes.Call(node=jinja2.nodes.Name(name=name), args=[words, *_]) if name in _FILLING:
                names = (*_FILLING[name], *(given.key for given in node.kwargs))
                either = (words.expr1, words.expr2) if isinstance(words, jinja2.nodes.CondExpr) else (words,)
                ways = (_chain(each) for each in either if each is not None)
                yield from (FilledWord(".".join(way), node.lineno, names) for way in ways if way is not None)


_FILLING: dict[str, tuple[str, ...]] = {"fill": (), "count": ("n",)}
"""The functions that fill in words, with the names that they supply themselves."""
