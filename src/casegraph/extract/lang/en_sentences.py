"""Where an English sentence cannot begin: rules that the parser must keep to."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc, Token

from casegraph.extract.lang.data import words

NAME = "casegraph_en_sentences"

_INITIAL = re.compile(r"[A-Z]\.$")
_CLOSING = frozenset("\u201d\u2019\u00bb)]}")
_OPENING = frozenset("\u201c\u2018\u00ab([{")
_NEVER_FIRST = frozenset([",", ";", ":", ".", "!", "?", "%", "'s", "\u2019s", "\u2026"])


def _straight_quotes(doc: Doc) -> list[bool]:
    """Return for each token whether a straight double quote there, or the last one before, opens."""
    opens = False
    result = []
    for token in doc:
        if token.text == '"':
            opens = not opens
        result.append(opens)
    return result


def _glued_abbreviation(stop: Token, never_last: frozenset[str]) -> bool:
    """Tell whether the stop closes an abbreviation that the tokenizer does not know: "Art. 5"."""
    if stop.i == 0 or stop.doc[stop.i - 1].whitespace_:
        return False
    return stop.doc[stop.i - 1].lower_ + "." in never_last


@Language.component(NAME)
def mark_starts(doc: Doc) -> Doc:
    """Set is_sent_start to False where a rule forbids a start; the parser decides the rest."""
    never_last = words("en", "sentences", "never_last")
    straight = _straight_quotes(doc)
    for token in doc[1:]:
        text, before = token.text, doc[token.i - 1]
        last = before.text
        if (
            text in _CLOSING
            or last in _OPENING
            or text in _NEVER_FIRST
            or (text == '"' and not straight[token.i])
            or (last == '"' and straight[before.i])
            or (text[0].islower() and not (last == "." and any(char.isupper() for char in text)))  # "eBay"
            or (text[0].isdigit() and last == "." and _glued_abbreviation(before, never_last))
            or last.lower() in never_last
            or _INITIAL.match(last)
        ):
            token.is_sent_start = False
    return doc
