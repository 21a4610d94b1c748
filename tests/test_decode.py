"""The decoder: any bytes become a model or problems, never anything else."""

from __future__ import annotations

import errno
import re
import string
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gazette.messages.catalogue import catalogue
from gazette.messages.problems import FileProblems, Problem, reason_of
from gazette.model.forms.dates import read_deadline
from gazette.model.records.shared import Term
from gazette.model.records.units import Unit
from gazette.reading.decode import decode
from gazette.reading.files.encoding import read_text
from gazette.reading.yaml.nodes import Node
from gazette.reading.yaml.parser import MAX_DEPTH, compose

YAML_LIKE = st.text(alphabet=string.ascii_lowercase + "：:-[]{},#&*!|>'\"%@`?\n  \t0123456789纸鸢区", max_size=200)


def found(path: str, data: bytes) -> object:
    """What the decoder makes of a file: a unit, or its problems."""
    try:
        return decode(path, compose(path, read_text(path, data)), Unit, ("zh", "en"))
    except FileProblems as error:
        assert error.problems
        for problem in error.problems:
            assert problem.path == path and problem.line >= 0 and problem.column >= 0
            for language in ("zh", "en"):
                words = problem.message(language)
                assert words and words.isprintable()
        return error.problems


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    found("x.yaml", data)


@given(YAML_LIKE)
@example("{[]}")
@example("{*a}")
@settings(max_examples=400)
def test_any_yaml_like_text(text: str) -> None:
    found("x.yaml", text.encode())


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=20,
)
FIELDS = st.sampled_from([*Unit.__struct_fields__, "zh", "en", "mayor"])


@given(st.dictionaries(FIELDS, VALUES, max_size=5))
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_shape(data: dict[str, object]) -> None:
    found("x.yaml", yaml.safe_dump(data, allow_unicode=True).encode())


@given(VALUES)
def test_nodes_hold_what_yaml_holds(value: object) -> None:
    """Our composer and PyYAML's agree on structure (scalars stay text here). What a line end means is for `flow`: of
    texts that have one all but the white space is compared."""
    text = yaml.dump(value, allow_unicode=True, Dumper=yaml.CSafeDumper)
    try:
        node = compose("x", text)
    except FileProblems:
        return  # a tab or an anchor: refused on purpose
    ours, theirs = shape(node.data()), shape(yaml.load(text, Loader=yaml.BaseLoader))
    assert bare(ours) == bare(theirs) if "\\n" in repr(theirs) else ours == theirs


def bare(value: object) -> object:
    """A shape without the white space of its texts."""
    if isinstance(value, dict):
        return {"".join(key.split()): bare(inner) for key, inner in value.items()}
    return [bare(inner) for inner in value] if isinstance(value, list) else "".join(str(value).split())


def shape(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    return "" if value in (None, "~", "null") else str(value)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_nesting_up_to_the_limit(opening: str) -> None:
    closing = {"[": "]", "{a: ": "}", "- ": ""}[opening]
    compose("x", opening * MAX_DEPTH + "b" + closing * MAX_DEPTH)
    with pytest.raises(FileProblems) as caught:
        compose("x", opening * (MAX_DEPTH + 1) + "b" + closing * (MAX_DEPTH + 1))
    assert [problem.code for problem in caught.value.problems] == ["yaml_depth"]


def test_places_count_from_one() -> None:
    node = compose("x", "a:\n  b: [1, 二]\n")
    assert place(node.find(("a", "b", 1))) == (2, 10)
    assert place(node.find_key(("a", "b"))) == (2, 3)
    assert place(node.find(("a", "missing"))) == (2, 3)


def place(node: Node) -> tuple[int, int]:
    return node.line, node.column


def test_scalars_stay_text() -> None:
    data = compose("x", "a: yes\nb: 1.50\nc: 2017-06-30\nd:\ne: ''\nf: 'null'\n").data()
    assert data == {"a": "yes", "b": "1.50", "c": "2017-06-30", "d": None, "e": "", "f": "null"}


def test_every_mistake_of_a_file_is_told_at_once() -> None:
    text = "id: A B\nterm: {zh: 一}\ntext: {zh: 一, en: ''}\nbasis: maybe\nzzzz: 1\n"
    with pytest.raises(FileProblems) as caught:
        decode("x", compose("x", text), Term, ("zh", "en"))
    codes = {problem.code for problem in caught.value.problems}
    assert codes == {"id_form", "language_missing", "language_empty", "not_choice", "unknown_key"}


@pytest.mark.parametrize(
    ("stated", "kind", "first", "last"),
    [
        ("2017", "year", "2017-01-01", "2017-12-31"),
        ("2017-02", "month", "2017-02-01", "2017-02-28"),
        ("2016-02", "month", "2016-02-01", "2016-02-29"),
        ("2017-12", "month", "2017-12-01", "2017-12-31"),
        ("2017-06-30", "date", "2017-06-30", "2017-06-30"),
        ("2017/2020", "period", "2017-01-01", "2020-12-31"),
        ("2017-11/2018-02", "period", "2017-11-01", "2018-02-28"),
    ],
)
def test_stated_times_have_a_first_and_a_last_day(stated: str, kind: str, first: str, last: str) -> None:
    deadline = read_deadline(stated)
    assert (deadline.kind, str(deadline.first), str(deadline.last)) == (kind, first, last)


@pytest.mark.parametrize("word", ["limit", "standing", "unstated", "monthly", "quarterly", "yearly"])
def test_words_have_no_day(word: str) -> None:
    deadline = read_deadline(word)
    assert deadline.stated == word and deadline.first is None and deadline.last is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 甲乙\n# a line of its own\n", "甲乙"),
        ("a: district # after a word\n", "district"),
        ("a: 2017-06-30 # after a date\n", "2017-06-30"),
        ("a: '甲 乙' # after a quoted text\n", "甲 乙"),
        ("a: # after nothing\n", None),
        ("a: C# 和 F#\n", "C# 和 F#"),
        ("a: {b: 1} # after braces\n", {"b": "1"}),
        ("a: |\n  甲 # in a text\n", "甲 # in a text"),
        ("a:\n  甲：乙\n", "甲：乙"),
        ("a: 见 pm：10，km:2\n", "见 pm：10，km:2"),
        ("a: {b: , c: }\n", {"b": None, "c": None}),
        ('a: "x, y: {z} # \\u4e2d"\n', "x, y: {z} # 中"),
    ],
)
def test_what_looks_like_a_mistake_and_is_none(text: str, value: object) -> None:
    assert compose("x", text).data() == {"a": value}


def test_all_that_libyaml_says_is_put_into_words() -> None:
    library = next(Path(yaml.__file__).parent.glob("_yaml*.so")).read_bytes()
    said = {text.decode() for text in re.findall(rb"(?:did not find|could not find|found) [ -~]+(?=\0)", library)}
    elsewhere = ("duplicate anchor", "undefined alias", "another document", "imported type")  # the composer, Cython
    elsewhere += ("UTF-8 octet", "<stream-start>")  # bytes are decoded before
    said = {text for text in said if not any(words in text for words in elsewhere)}
    assert len(said) > 20 and said <= set(catalogue("en").reasons)


def test_why_the_system_refused_is_put_into_words() -> None:
    for number in (errno.EACCES, errno.EISDIR, errno.ENOTDIR, errno.ELOOP, errno.ENOSPC, errno.EROFS, errno.EEXIST):
        words = Problem.at("x", 0, 0, "file_unreadable", reason=reason_of(OSError(number, "jargon"))).message("zh")
        assert "jargon" not in words and not re.search("[A-Za-z]{3}", words)
    assert reason_of(OSError("odd")) == "OSError"
