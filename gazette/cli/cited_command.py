"""Runs `check --external`: requests the addresses that the content cites, reports those that do not answer, and records
the day."""

from __future__ import annotations

import argparse
import contextlib
import datetime
import sys
import time

from gazette.cli.console import complain, say, sentence
from gazette.files.paths import display_path
from gazette.messages.progress import Progress


def ask_cited(options: argparse.Namespace) -> int:
    """Request each address that a content folder cites. Return the exit status: 1 if one does not answer as it should.
    One that has moved is reported, but is no failure."""
    from gazette.office.external import NAME, ask_all, cited, problems, write_record

    language, places = options.messages, cited(options.content)
    with contextlib.closing(Progress(sys.stderr, language, time.monotonic())) as progress:
        answers = ask_all((each.address for each in places), lambda done, count: progress.tell("asking", done, count))
    unasked = {each.address for each in places} - answers.keys()
    record = write_record(options.content, answers, f"{datetime.datetime.now().astimezone():%Y-%m-%d}", unasked)
    reported = list(problems(places, answers, record))
    for problem in reported:
        complain(problem.show(language))
    wrong = sum(not answer.is_good for answer in answers.values())
    moved = len({dict(problem.values)["found"] for problem in reported if problem.code == "link_moved"})
    path = display_path(options.content / NAME)
    say(sentence("external", language, count=len(answers), wrong=wrong, moved=moved, path=path))
    if unasked:
        say(sentence("external_unasked", language, count=len(unasked), addresses=", ".join(sorted(unasked))))
    return 1 if wrong else 0
