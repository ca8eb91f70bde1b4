"""What forms do, in a tuple: each writes to the journal under the case's pen name, or starts a build."""

from casegraph.web.actions.building import ADD, BUILD
from casegraph.web.actions.grading import GRADE, SOURCE
from casegraph.web.actions.judging import JUDGE
from casegraph.web.actions.reviewing import CORRECT, MARK, REVIEW, UNDO
from casegraph.web.base import Action

ACTIONS: tuple[Action, ...] = (ADD, BUILD, CORRECT, GRADE, JUDGE, MARK, REVIEW, SOURCE, UNDO)

__all__ = ["ACTIONS"]
