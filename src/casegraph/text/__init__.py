"""Small functions over strings that several stages need; they know no records."""

from casegraph.text.fold import fold, fold_blanks, fold_letters
from casegraph.text.lead import after_lead
from casegraph.text.shown import printable, same_length
from casegraph.text.standing import find_words, places_of
from casegraph.text.windows import windows

__all__ = [
    "after_lead",
    "find_words",
    "fold",
    "fold_blanks",
    "fold_letters",
    "places_of",
    "printable",
    "same_length",
    "windows",
]
