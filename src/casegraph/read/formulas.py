"""Cells whose words a spreadsheet program would run as a formula when the file is opened there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casegraph.read.draft import Draft

_FORMULA = re.compile(r"[=@+-]\s*(?=[^\d\s.,])[^\n]*[(|!]|=\s*[\w$(]|[+-]\s*[\w$]+[(|]")
_DDE = r"\|\s*'|\|[^|]{1,200}!|\b(?:WEBSERVICE|CALL|EXEC|REGISTER(?:\.ID)?|RTD|DDE(?:AUTO)?"
_CALLS = re.compile(_DDE + r")\s*\(", re.IGNORECASE)
_OUTSIDE = re.compile(
    _DDE + r"|HYPERLINK|IMPORT(?:DATA|XML|HTML|FEED|RANGE)|IMAGE|FILTERXML)\s*\(", re.IGNORECASE
)


@dataclass(slots=True)
class Formulas:
    """Counts formulas among cells: all, and those that reach outside the workbook (DDE, web, programs)."""

    plain: int = 0
    outside: int = 0

    def see(self, words: str) -> None:
        """Count a cell's words if they are a formula."""
        if words and words[0] in "=@+-" and _FORMULA.match(words):
            if _OUTSIDE.search(words):
                self.outside += 1
            else:
                self.plain += 1

    def calls(self, formula: str) -> None:
        """Count a formula that a workbook states as one, if it reaches outside."""
        self.outside += _CALLS.search(formula) is not None

    def tell(self, draft: Draft) -> None:
        """Say that there are formulas, and that they were not run."""
        if self.outside:
            draft.problem(
                "formula-payload",
                f"{self.outside} formulas call programs or addresses; they were not run",
            )
        if self.plain:
            draft.problem(
                "formula-text", f"{self.plain} cells hold formulas; they are shown as text, not run"
            )
