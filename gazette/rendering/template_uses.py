"""What a template uses, as its syntax tree says: other templates, and words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import jinja2.nodes
import msgspec


class FilledWord(msgspec.Struct, frozen=True, array_like=True):
    """A word that a template fills in, the line, and the names that it fills in."""

    word: str
    line: int
    names: tuple[str, ...]


class TemplateUses(msgspec.Struct, frozen=True, array_like=True):
    """The templates that a template refers to, the words that it uses with their lines, and those that it fills in."""

    templates: tuple[str, ...]
    words: tuple[tuple[str, int], ...]
    filled: tuple[FilledWord, ...]


def uses_of(tree: jinja2.nodes.Template) -> TemplateUses:
    """What the template with this tree uses."""
    nodes = (*tree.find_all(jinja2.nodes.Node),)
    return TemplateUses((*_referred_in(nodes),), (*sorted(set(_words_in(nodes))),), (*_filled_in(nodes),))


Nodes = Iterable[jinja2.nodes.Node]
"""All nodes of a template: walking its tree takes longer than looking at one of them."""


def _referred_in(nodes: Nodes) -> Iterator[str]:
    """The templates that a template includes, extends or imports, and the parts that it has rendered
    (`part("…", …)`)."""
    for node in nodes:
        match node:
            case jinja2.nodes.Call(
                node=jinja2.nodes.Name(name="part"), args=[jinja2.nodes.Const(value=str(inner)), *_]
            ):
                yield inner
            case jinja2.nodes.Extends() | jinja2.nodes.FromImport() | jinja2.nodes.Import() | jinja2.nodes.Include():
                yield from (each.value for each in _all_of(node.template) if isinstance(each, jinja2.nodes.Const))


def _all_of(name: jinja2.nodes.Expr) -> Sequence[jinja2.nodes.Expr]:
    """The names in one of a template, or in a list of them of which the first that is there is taken."""
    return name.items if isinstance(name, (jinja2.nodes.List, jinja2.nodes.Tuple)) else (name,)


def _words_in(nodes: Nodes) -> Iterator[tuple[str, int]]:
    """The longest constant ways below `w`: `w.nav.home`, or `w.state` for `w.state[code]`."""
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
    """The words that are filled in: `fill(w.footer.source, source=…)`, `count(w.n.pledges, n)`."""
    for node in nodes:
        match node:
            case jinja2.nodes.Call(node=jinja2.nodes.Name(name=name), args=[words, *_]) if name in _FILLING:
                names = (*_FILLING[name], *(given.key for given in node.kwargs))
                either = (words.expr1, words.expr2) if isinstance(words, jinja2.nodes.CondExpr) else (words,)
                ways = (_chain(each) for each in either if each is not None)
                yield from (FilledWord(".".join(way), node.lineno, names) for way in ways if way is not None)


_FILLING: dict[str, tuple[str, ...]] = {"fill": (), "count": ("n",)}
"""What fills in words, and the names that it knows itself."""
