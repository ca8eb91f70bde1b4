"""What forms do, in a tuple. A decision goes to the journal, under the case's pen name."""

from casegraph.web.actions.building import ADD, BUILD
from casegraph.web.actions.grading import GRADE, SOURCE
from casegraph.web.actions.judging import JUDGE
from casegraph.web.actions.reviewing import CORRECT, MARK, REVIEW, UNDO
from casegraph.web.actions.searching import FORGET, KEEP, SEND
from casegraph.web.base import Action

ACTIONS: tuple[Action, ...] = (
    ADD,
    BUILD,
    CORRECT,
    FORGET,
    GRADE,
    JUDGE,
    KEEP,
    MARK,
    REVIEW,
    SEND,
    SOURCE,
    UNDO,
)

__all__ = ["ACTIONS"]
