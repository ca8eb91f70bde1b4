"""What forms do, in a tuple: each writes a person's decision to the journal, under the case's pen name."""

from casegraph.web.actions.grading import GRADE
from casegraph.web.actions.judging import JUDGE
from casegraph.web.base import Action

ACTIONS: tuple[Action, ...] = (GRADE, JUDGE)

__all__ = ["ACTIONS"]
