"""Small functions over strings that several stages need; they know no records."""

from casegraph.text.fold import fold, fold_blanks

__all__ = ["fold", "fold_blanks"]
