"""Reporting clauses set off by commas, found by their shape where the parser lost them.

", she believes," in the middle; ", the operator said in a statement." at the end; ", as the judge put it,".
"""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.attribute.base import Span
from casegraph.attribute.english.fitting import can_speak
from casegraph.attribute.english.spans import (
    Frame,
    before_semicolon,
    noun_phrase,
    snap,
    tokens_span,
    verb_group,
)
from casegraph.attribute.english.subjects import find_subject
from casegraph.attribute.english.tree import Token, Tree
from casegraph.attribute.lexicon import Cue, Lexicon
from casegraph.attribute.quotes import Quotations

_GROUPS = frozenset({"say", "think", "say-alleging", "show"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_AFTER = frozenset({"dobj", "nsubj", "attr", "ccomp"})
_DOES_TOO = frozenset(
    {
        "read",
        "find",
        "report",
        "write",
        "post",
        "text",
        "point",
        "rule",
        "fire",
        "charge",
        "address",
        "tell",
        "update",
        "brief",
    }
)
_OPENS_PREDICATE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_TAIL = 14  # tokens that may follow the verb of a clause at the end


_Found = tuple[Token, tuple[int, int], tuple[int, int]]  # source head, clause, whole


def find_parentheticals(tree: Tree, lexicon: Lexicon, quotations: Quotations) -> Iterator[Frame]:
    """Yield a frame for each reporting clause between commas, in order."""
    enclosed = find_enclosed(tree, lexicon)
    for verb in tree.tokens:
        if (
            verb.tag not in _FINITE
            or verb.pos not in {"VERB", "AUX"}
            or quotations.at(verb.start) is not None
        ):
            continue
        cue = next(
            (c for c in lexicon.verbs.get(verb.lemma, ()) if c.group in _GROUPS and c.frame == "clause"), None
        )
        found = enclosed.get(verb) or _as_clause(tree, verb, cue)
        if found is None and cue is not None:
            found = _between(tree, verb)
            if found is None and cue.group == "say":
                found = _final(tree, verb) or _inverted(tree, verb, lexicon)
            if found is None and cue.group == "show":
                found = _final(tree, verb)
                documents = lexicon.words["phrases.documents"]
                found = found if found is not None and found[0].lemma in documents else None
        if found is None:
            continue
        head, (first, last), (low, high) = found
        high = before_semicolon(tree, last + 1, high, quotations)
        content = [
            snap(part, quotations, verb)
            for part in (tokens_span(tree, low, first - 1), tokens_span(tree, last + 1, high))
            if part is not None
        ]
        if content:
            yield _frame(tree, verb, head, content, cue)


def find_enclosed(tree: Tree, lexicon: Lexicon) -> dict[Token, _Found]:
    """Return the reporting clauses between a subject and its verb: "The president, officials said, was ...".

    The parser takes the president for whoever said it; that no comma stands before "said" tells otherwise.
    """
    found: dict[Token, _Found] = {}
    for verb in tree.tokens:
        cues = lexicon.verbs.get(verb.lemma, ()) if verb.tag in _FINITE and verb.pos == "VERB" else ()
        if not any(cue.group in _GROUPS and cue.frame == "clause" for cue in cues):
            continue
        low, high = tree.sentence(verb)
        after = tree.tokens[verb.i + 1 : min(high, verb.i + 4)]
        if len(after) < 2 or after[0].text != "," or not any(t.tag in _OPENS_PREDICATE for t in after[1:]):
            continue
        first = verb_group(tree, verb)[0]
        comma = next((i for i in range(first - 1, low, -1) if tree.tokens[i].text == ","), low)
        named = tree.tokens[comma + 1 : first]
        nouns = [t for t in named if t.pos in {"NOUN", "PROPN", "PRON"}]
        left = tree.tokens[low:comma]
        if comma <= low or not nouns or any(t.pos in {"VERB", "AUX"} for t in (*named, *left)):
            continue
        inside = {t.i for t in named}
        head = next((t for t in reversed(nouns) if t.head.i not in inside), nouns[-1])
        found[verb] = head, (comma + 1, verb.i), (low, high - 1)
    return found


def _between(tree: Tree, verb: Token) -> _Found | None:
    """Match ", NP V ," and ", V NP ,"."""
    subject = find_subject(verb)
    head = subject.head
    if head is None or subject.shared or head.tag in {"WP", "WDT"}:
        return None
    low, high = noun_phrase(tree, head, verb)
    first, last = min(low, verb_group(tree, verb)[0]), max(high, verb.i)
    for child in verb.children:
        if child.dep in {"npadvmod", "advmod", "prep"} and child.left_edge == last + 1:
            last = child.right_edge
    sentence_first, sentence_last = tree.sentence(verb)
    if first - 1 <= sentence_first or last + 1 >= sentence_last - 1:
        return None
    commas = tree.tokens[first - 1].text == "," and tree.tokens[last + 1].text == ","
    if not commas or any(c.dep in {"ccomp", "xcomp"} and c.i > verb.i for c in verb.children):
        return None
    return head, (first, last), (sentence_first, sentence_last - 1)


def _final(tree: Tree, verb: Token) -> _Found | None:
    """Match "Clause, NP, V adjuncts.": the source begins after the first comma past the verb before."""
    sentence_first, sentence_last = tree.sentence(verb)
    if sentence_last - verb.i > _TAIL:
        return None
    after = tree.tokens[verb.i + 1 : sentence_last]
    told = verb.lemma == "tell"  # "..., a former employee has told The Tribune."
    if any(t.pos in {"VERB", "AUX"} or t.dep == "mark" or (t.dep == "dobj" and not told) for t in after):
        return None
    before = tree.tokens[sentence_first : verb.i]
    last_verb = next((t.i for t in reversed(before) if t.pos in {"VERB", "AUX"} and t.tag != "VBG"), None)
    if last_verb is None and not tree.text[tree.tokens[sentence_last - 1].end - 1].isalnum():
        return None  # only a headline goes without
    last_verb = sentence_first if last_verb is None else last_verb
    commas = [i for i in range(last_verb + 1, verb.i) if tree.tokens[i].text == ","]
    if not commas or commas[0] + 1 >= verb.i:
        return None
    comma = _source_comma(tree, commas, verb)
    nouns = [t for t in tree.tokens[comma + 1 : verb.i] if t.pos in {"NOUN", "PROPN", "PRON"}]
    if not nouns:
        return None
    inside = {t.i for t in nouns}
    head = next(
        (t for t in nouns if t.head.i not in inside or (t.dep in {"conj", "appos"} and t.head.i <= comma)),
        nouns[0],
    )
    return head, (comma + 1, sentence_last - 1), (sentence_first, sentence_last - 1)


def _inverted(tree: Tree, verb: Token, lexicon: Lexicon) -> _Found | None:
    """Match "Clause, V NP." at the end: "There is no plan B, insists one minister."."""
    sentence_first, sentence_last = tree.sentence(verb)
    noun = next((c for c in verb.children if c.i > verb.i and c.dep in _AFTER), None)
    if noun is None or verb.i - 2 <= sentence_first or tree.tokens[verb.i - 1].text != ",":
        return None
    if verb.child("nsubj") not in {None, noun} or not can_speak(noun, lexicon) or verb.lemma in _DOES_TOO:
        return None
    if noun.left_edge != verb.i + 1 or any(
        t.pos in {"VERB", "AUX"} for t in tree.tokens[noun.right_edge + 1 : sentence_last]
    ):
        return None
    return noun, (verb.i, sentence_last - 1), (sentence_first, sentence_last - 1)


def _source_comma(tree: Tree, commas: list[int], verb: Token) -> int:
    """Return the comma before the source: it may hold an apposition, but not a person before a body."""
    inner = [comma for comma in commas if comma < verb.i - 1]
    if len(inner) < 2:
        return commas[0]
    labels = (
        {t.entity for t in tree.tokens[inner[-2] + 1 : inner[-1]]},
        {t.entity for t in tree.tokens[inner[-1] + 1 : verb.i]},
    )
    return (
        inner[-1] if "PERSON" in labels[0] and "ORG" in labels[1] and "PERSON" not in labels[1] else commas[0]
    )


def _as_clause(tree: Tree, verb: Token, cue: Cue | None) -> _Found | None:
    """Match "as X put it", "as X said": the clause that it stands in is the content."""
    if cue is None and verb.lemma != "put":
        return None
    mark = next(
        (
            c
            for c in verb.children
            if c.lower == "as" and c.i < verb.i and c.dep in {"mark", "advmod", "prep"}
        ),
        None,
    )
    subject = verb.child("nsubj")
    it = verb.child("dobj")
    if it is not None and it.lower != "it":
        return None  # "as they see their caliphate crumble"
    if mark is not None and cue is not None and not _set_off(tree, verb):
        return None  # "faded as the counties reported": a time
    if mark is None or subject is None or any(c.dep in {"ccomp", "xcomp"} for c in verb.children):
        return None
    if verb.lemma == "put" and not any(c.lower == "it" for c in verb.children):
        return None
    sentence_first, sentence_last = tree.sentence(verb)
    return subject, (verb.left_edge, verb.right_edge), (sentence_first, sentence_last - 1)


def _set_off(tree: Tree, verb: Token) -> bool:
    """Return whether commas or the sentence's ends stand on both sides of the clause."""
    first, last = tree.sentence(verb)
    low, high = verb.left_edge, verb.right_edge
    before = low == first or tree.tokens[low - 1].text in {",", "—", "–", "("} or tree.tokens[low].text == ","
    return before and (
        high + 1 >= last or tree.tokens[high + 1].pos == "PUNCT" or tree.tokens[high].pos == "PUNCT"
    )


def _frame(tree: Tree, verb: Token, head: Token, content: list[Span], cue: Cue | None) -> Frame:
    low, high = noun_phrase(tree, head, verb)
    first, last = verb_group(tree, verb)
    comma = next((i for i in range(verb.i - 1, low, -1) if tree.tokens[i].text == ","), verb.i)
    if high >= first and low < first:
        high = min(first, comma if comma > head.i else first) - 1
    return Frame(
        anchor=verb, head=head, source=tokens_span(tree, low, high), cue=tree.span(first, last),
        content=content,
        stance=cue.stance if cue else "asserts", frame="clause", group=cue.group if cue else "say",
    )  # fmt: skip
