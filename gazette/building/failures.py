"""Turns what goes wrong with an output folder into errors that users understand."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from gazette.building.database.layout import Unreadable, is_damage
from gazette.building.state import State, Unkept, as_of_system
from gazette.files.staged_folder import StagedFolder
from gazette.messages.problems import ContentError, Interrupted, Problem, reason_of


class Failures(NamedTuple):
    """Reports failures of the folder that `staging` changes. An editor types it as `shown`."""

    staging: StagedFolder
    state: State
    shown: str

    @contextlib.contextmanager
    def told(self) -> Iterator[None]:
        """Turn errors of the block into what is reported: ContentError for what the system refuses, such as a full
        disk; Interrupted, with what has changed, for Ctrl-C; Unkept if the state cannot be written; Unreadable if the
        database is damaged."""
        try:
            yield
        except sqlite3.Error as error:
            raise self._of_database(error) from None
        except OSError as error:
            raise self.refused(error) from None
        except KeyboardInterrupt:
            raise Interrupted(self._how_far()) from None

    def refused(self, error: OSError, code: str = "output_write") -> ContentError:
        """Return the ContentError for what the system refused to do with the folder."""
        found, reason = error.filename or self.shown, reason_of(error)
        code = "output_halfway" if self.staging.decided else code
        return ContentError([Problem.of_folder(self.shown, code, found=found, reason=reason)])

    def _of_database(self, error: sqlite3.Error) -> Exception:
        """Return the exception for an error of the database."""
        reason = as_of_system(error)
        if self.staging.decided or (not is_damage(error) and self.state.is_on_disk_of_output()):
            return self.refused(reason)
        if is_damage(error):
            self.state.is_spoiled = True
            return Unreadable()
        return Unkept(reason_of(reason))

    def _how_far(self) -> str:
        """Return the code of the message about an interrupt: it depends on what has changed."""
        if self.staging.decided:
            return "interrupted_halfway"
        return "interrupted_after" if self.staging.changed else "interrupted"
