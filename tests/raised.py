"""The codes of messages that the program can raise, read from its source.

By convention a parameter or a field called `code` takes the code of a message. What is given for it is traced back to
the texts that it can be: through conditions, names, tables, parameters, and what functions return. What cannot be
traced is told, so that no code goes past unseen.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from parts_of_source import Bound, Taker, Way, argument, bindings, call_of_partial, results, takes

PACKAGE = Path(__file__).resolve().parent.parent / "gazette"

OTHER_CODES = ("building/causes", "model/records/site", "model/life/status", "rendering/bytecode", "site/")
"""Where `code` is that of a language or a state, or of a program; or of a cause, which `TOLD` lists."""

Scope = (ast.FunctionDef, ast.Lambda, ast.Module, ast.GeneratorExp, ast.ListComp, ast.SetComp, ast.DictComp)


class Untraceable(Exception):
    """A code that the source does not show."""


class Modules:
    """The modules of the package, by their path in it: who is called what there, and what a name stands for."""

    def __init__(self, package: Path = PACKAGE) -> None:
        self.parents: dict[ast.AST, ast.AST] = {}
        self.modules: dict[ast.AST, str] = {}
        self.named: dict[str, list[Taker]] = defaultdict(list)
        self.imported: dict[tuple[str, str], str] = {}
        self.libraries: set[tuple[str, str]] = set()
        for file in package.rglob("*.py"):
            path = file.relative_to(package).as_posix()
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                self.modules[node] = path
                self.parents |= dict.fromkeys(ast.iter_child_nodes(node), node)
                if isinstance(node, ast.FunctionDef | ast.ClassDef):
                    self.named[node.name].append(node)
                elif isinstance(node, ast.Import | ast.ImportFrom):
                    self._note(path, node)

    def _note(self, path: str, node: ast.Import | ast.ImportFrom) -> None:
        """What a module imports: from the package, or from libraries."""
        names = [name.asname or name.name for name in node.names]
        module = getattr(node, "module", None) or ""
        if module.startswith("gazette"):
            place = module.removeprefix("gazette.").replace(".", "/") + ".py"
            self.imported |= {(path, name): place for name in names}
        else:
            self.libraries |= {(path, name) for name in names}

    def _around(self, node: ast.AST) -> Iterator[ast.AST]:
        """What an expression stands in, the nearest first."""
        while node := self.parents.get(node):  # type: ignore[assignment]
            yield node

    def _scope(self, node: ast.Name) -> ast.AST | None:
        """The function, or the module, in which a name gets its value."""
        for scope in self._around(node):
            given = isinstance(scope, ast.FunctionDef | ast.Lambda) and node.id in takes(scope)
            if isinstance(scope, Scope) and (given or any(bindings(scope, node.id))):
                return scope
        return None

    def _bound(self, node: ast.Name) -> list[Bound]:
        scope = self._scope(node)
        return [*bindings(scope, node.id)] if scope else []


class Calls(Modules):
    """What is called where."""

    @cached_property
    def calls(self) -> list[tuple[ast.Call, Taker]]:
        """Every call of something in the package, with what it may call."""
        calls = [call_of_partial(node) for node in self.modules if isinstance(node, ast.Call)]
        return [(call, taker) for call in calls for taker in self._called(call)]

    def _called(self, call: ast.Call) -> list[Taker]:
        if isinstance(call.func, ast.Name):
            return self._of_name(call.func)
        if isinstance(call.func, ast.Attribute):
            return self._of_attribute(call.func)
        return []

    def _of_name(self, node: ast.Name) -> list[Taker]:
        module = self.modules[node]
        module = self.imported.get((module, node.id), module)
        found = [self._maker(each) for each in self.named[node.id] if self.modules[each] == module]
        return found or [function for value, _ in self._bound(node) for function in self._of_table(value)]

    def _maker(self, taker: Taker) -> Taker:
        """What is called with a class: of one that only names a kind of another, that one."""
        if isinstance(taker, ast.ClassDef) and not takes(taker):
            for base in (each for each in taker.bases if isinstance(each, ast.Name)):
                return next(iter(self._of_name(base)), taker)
        return taker

    def _of_table(self, table: ast.expr | None) -> Iterator[Taker]:
        """The functions that a module lists."""
        if isinstance(table, ast.Name):
            for value, _ in self._bound(table):
                names = value.elts if isinstance(value, ast.Tuple) else []
                yield from (taker for name in names if isinstance(name, ast.Name) for taker in self._of_name(name))

    def _of_attribute(self, node: ast.Attribute) -> list[Taker]:
        """The methods of a name: those of the class that is named or that the call stands in, else of any."""
        methods = [each for each in self.named[node.attr] if isinstance(self.parents[each], ast.ClassDef)]
        owner = node.value.id if isinstance(node.value, ast.Name) else ""
        if node.attr == "__init__" or (owner and self._is_of_a_library(node.value)):
            return []
        if owner == "self":
            around = [*self._around(node)]
            methods = [each for each in methods if self.parents[each] in around] or methods
        elif any(isinstance(each, ast.ClassDef) for each in self.named.get(owner, ())):
            methods = [each for each in methods if getattr(self.parents[each], "name", "") == owner]
        return methods

    def _is_of_a_library(self, node: ast.expr) -> bool:
        """Whether a name stands for what a library made."""
        values = [value for value, way in self._bound(node) if not way] if isinstance(node, ast.Name) else []
        makers = [ast.unparse(value.func).partition(".")[0] for value in values if isinstance(value, ast.Call)]
        return bool(makers) and all((self.modules[node], maker) in self.libraries for maker in makers)


class Source(Calls):
    """The codes that modules are given, traced to the texts that they can be."""

    def __init__(self, package: Path = PACKAGE) -> None:
        super().__init__(package)
        self.under_way: set[tuple[ast.expr, Way]] = set()

    def codes(self) -> dict[str, dict[str, str]]:
        """The codes that are given to each module, each with a place where that is done. Raises Untraceable."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for call, taker in self.calls:
            if "code" in takes(taker) and not self.modules[taker].startswith(OTHER_CODES):
                place = f"{self.modules[call.func]}:{call.lineno}"
                try:
                    codes = self.trace(argument(call, taker, "code"))
                except Untraceable as error:
                    raise Untraceable(f"{place}: {ast.unparse(call)}: what is {error}?") from None
                found[self.modules[taker]] |= dict.fromkeys(codes, place)
        return found

    def trace(self, node: ast.expr | None, way: Way = ()) -> set[str]:
        """The texts that an expression, or what is found in it by a way, can be. Raises Untraceable."""
        if node is None or (node, way) in self.under_way:
            return set()
        self.under_way.add((node, way))
        try:
            return self._trace(node, way)
        finally:
            self.under_way.remove((node, way))

    def _trace(self, node: ast.expr, way: Way) -> set[str]:
        match node:
            case ast.Constant(value=None):
                return set()
            case ast.Constant(value=str(text)) if not way:
                return {text}
            case ast.IfExp():
                return self._any([node.body, node.orelse], way)
            case ast.BoolOp():
                return self._any(node.values, way)
            case ast.BinOp(op=ast.Add()):
                return self._any([node.left, node.right], way)
            case ast.BinOp(op=ast.Mult()):  # a tuple, or none of it
                return self.trace(node.left, way)
            case ast.NamedExpr() | ast.Starred():
                return self.trace(node.value, way)
            case ast.Tuple() | ast.List() if way:
                return self._element(node.elts, way)
            case ast.ListComp() | ast.GeneratorExp() if way[:1] == ("*",):
                return self.trace(node.elt, way[1:])
            case ast.Dict() if way:
                return self._any([key for key in node.keys if key] if way[0] == "key" else node.values, way[1:])
            case ast.Subscript(slice=ast.Constant(value=int(place))):
                return self.trace(node.value, (place, *way))
            case ast.Subscript():
                return self.trace(node.value, ("*", *way))
            case ast.Attribute(attr="code"):
                return set()  # what it was made with is traced where it is made
            case ast.Attribute():
                return self._given(
                    node.attr, way, (taker for _, taker in self.calls if isinstance(taker, ast.ClassDef))
                )
            case ast.Name():
                return self._name(node, way)
            case ast.Call():
                return self._result(node, way)
        raise Untraceable(ast.unparse(node))

    def _any(self, nodes: Iterable[ast.expr | None], way: Way) -> set[str]:
        return set().union(*(self.trace(node, way) for node in nodes))

    def _element(self, nodes: list[ast.expr], way: Way) -> set[str]:
        if way[0] == "*":
            return set().union(*(self.trace(each, way[not isinstance(each, ast.Starred) :]) for each in nodes))
        for place, each in enumerate(nodes[: int(way[0]) + 1]):
            if isinstance(each, ast.Starred):
                return self.trace(each, (int(way[0]) - place, *way[1:]))
        return self.trace(nodes[int(way[0])], way[1:])

    def _given(self, name: str, way: Way, takers: Iterable[Taker]) -> set[str]:
        """What is given for a parameter or a field, wherever one of the takers is called."""
        some = {taker for taker in takers if name in takes(taker)}
        if not some:
            raise Untraceable(name)
        return self._any([argument(call, taker, name) for call, taker in self.calls if taker in some], way)

    def _name(self, node: ast.Name, way: Way) -> set[str]:
        scope = self._scope(node)
        bound = [self.trace(value, (*inner, *way)) for value, inner in self._bound(node)]
        if isinstance(scope, ast.FunctionDef | ast.Lambda) and node.id in takes(scope):
            bound.append(set() if node.id == "code" else self._given(node.id, way, [scope]))
        if not bound:
            raise Untraceable(node.id)
        return set().union(*bound)

    def _result(self, call: ast.Call, way: Way) -> set[str]:
        match call:
            case ast.Call(func=ast.Attribute(value=table, attr="get"), args=[_, *default]):
                return self.trace(table, ("*", *way)) | self._any(default, way)
            case ast.Call(func=ast.Attribute(value=table, attr="items"), args=[]) if way[1] == 0:
                return self.trace(table, ("key", *way[2:]))
            case ast.Call(func=ast.Attribute(attr="fromkeys"), args=[_, value]):
                return self.trace(value, way[1:])
            case ast.Call(func=ast.Name(id="next"), args=[values, *default]):
                return self.trace(values, ("*", *way)) | self._any(default, way)
            case ast.Call(func=ast.Name(id="pattern" | "list" | "sorted" | "tuple"), args=[values, *_]):
                return self.trace(values, way)
        found = [result for taker in self._called(call) for result in results(taker, way)]
        if not found:
            raise Untraceable(ast.unparse(call))
        return set().union(*(self.trace(value, inner) for value, inner in found))
