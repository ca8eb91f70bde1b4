"""Small functions over strings that several stages need; they know no records."""

from casegraph.text.fold import fold, fold_blanks, fold_letters
from casegraph.text.lead import after_lead

__all__ = ["after_lead", "fold", "fold_blanks", "fold_letters"]
