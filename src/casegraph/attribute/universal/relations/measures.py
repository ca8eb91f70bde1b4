"""Measures of things and second names: "длиной 340 метров", (далее — «Общество»)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casegraph.attribute.base import Filler, Relation, Span
from casegraph.attribute.universal.names import Names, filler
from casegraph.attribute.universal.relations.fillers import Fillers
from casegraph.attribute.universal.relations.patterns import Patterns
from casegraph.attribute.universal.tree import Token, Tree
from casegraph.model import Mention, Qualifiers

_ALSO = re.compile(
    r"(?:,?\s+(?:[а-яё]+вш\w+\s+|[а-яё]+ющ\w+\s+)?"
    r"(?:по (?:прозвищу|кличке)|под (?:псевдонимом|кличкой|именем))\s*|"
    r"\s*[(,]\s*(?:далее(?: по тексту)?\s*[—–:-]?|"
    r"ранее известн\w+ как|ранее называвш\w+|ранее\s*[—–:-]?|бывш(?:ий|ая|ее)\s|"
    r"до \d{4} г(?:ода|\.)?\s*[—–:-]?|прежде\s*[—–:-]?|"
    r"прежнее название\s*[—–:-]?|(?:он|она|оно) же|также известн\w+ (?:как|под (?:именем|названием))|"
    r"известн\w+ (?:как|под (?:именем|названием|псевдонимом))|сокращ[её]нно\s*[—–:-]?|"
    r"по-английски\s*[—–:-]?|псевдоним\s*[—–:-]?|позывной\s*[—–:-]?|англ\.))"
    r"\s*[«\"„]?(?P<name>[^)»\"“,;]{2,60}(?<!^)»?)",
    re.IGNORECASE,
)
_BRACKET = re.compile(
    r"(?:\s*\(|,\s+или\s+(?=[А-ЯЁA-Z]{2,8}\b))"
    r"(?P<name>[A-ZА-ЯЁ][\w.&'’ -]{1,40}?)(?:\)|(?<=[А-ЯЁA-Z]{2})(?=[,.]))"
)
_LABELS = re.compile(r"(?:ИНН|ОГРН|КПП|ОКПО|БИК|СНИЛС|IMO|DOI|ISIN)\b|.*\d{5}")


def find_measures(
    tree: Tree, mentions: Sequence[Mention], fillers: Fillers, patterns: Patterns
) -> Iterator[Relation]:
    """Yield a specification for each quantity that a property's noun governs."""
    for mention in mentions:
        if mention.kind != "quantity" or mention.quantity is None or mention.quantity.unit in {"%", "item"}:
            continue
        tokens = tree.at(mention.target.start, mention.target.end)
        found = _property(tokens, patterns) if tokens else None
        if found is None:
            continue
        noun, product = found
        if product is None or product.pos not in {"NOUN", "PROPN", "PRON"}:
            continue
        counted = product.child("nummod") is not None or any(
            m.kind == "quantity" for m in mentions if m.target.start <= product.start < m.target.end
        )
        thing = None if counted else fillers.filler(product, "asset")
        if thing is None:
            continue
        words = Filler(noun.start, noun.end, tree.text[noun.start : noun.end])
        spans = [(thing.start, thing.end), (noun.start, noun.end), (mention.target.start, mention.target.end)]
        sentence = tree.sentence(noun)
        inside = [s for s in spans if sentence[0].start <= s[0] and s[1] <= sentence[-1].end]
        yield Relation(
            kind="specification", roles={"product": thing, "property": words}, trigger=(noun.start, noun.end),
            evidence=(min(s for s, _ in inside), max(e for _, e in inside)),
            qualifiers=Qualifiers(quantity=mention.quantity, targets=(mention.target,)), score=0.75,
        )  # fmt: skip


def _property(tokens: list[Token], patterns: Patterns) -> tuple[Token, Token | None] | None:
    """Return the property's noun over, under or beside the quantity, and what has the property."""
    inside = {token.i for token in tokens}
    head = next((t for t in tokens if t.head.i not in inside or t.head is t), tokens[0])
    near = [
        head.head, head.head.head, *head.children, *head.head.children,
        *(c for t in tokens for c in t.children),
    ]  # fmt: skip
    noun = next((t for t in near if t.lemma in patterns.properties and t.i not in inside), None)
    if noun is None:
        return None
    owner = next(
        (
            c
            for c in noun.kids("nmod", "det")
            if (c.case == "Gen" and not c.prepositions() and c.i not in inside)
            or c.lower in {"его", "ее", "их"}
        ),
        None,
    )
    if owner is not None and owner is not head:
        return noun, owner
    if noun.dep in {"obj", "conj"}:  # "имеет длину 180 метров и дедвейт 47 тысяч тонн"
        verb = noun.head.head if noun.dep == "conj" else noun.head
        return noun, verb.child("nsubj") if verb.lemma in patterns.measuring else None
    if noun.case == "Ins" or noun.prepositions():
        above = noun.head
        if above.pos in {"VERB", "ADJ"}:
            above = above.child("nsubj") or above
        return noun, above if above.i not in inside else None
    return None


def find_identities(tree: Tree, names: Names) -> Iterator[Relation]:
    """Yield a second name that brackets or "также известный как" give to a named party."""
    for _, mention in names.heads():
        end = mention.target.end
        while tree.text[end : end + 1] in {"»", '"', "“"}:
            end += 1
        match = _ALSO.match(tree.text, end)
        score = 0.85
        if match is None:
            match, score = _BRACKET.match(tree.text, end), 0.7
            if match is None or mention.schema == "Address" or "\n" in match.group():
                continue
        span = _second_name(tree, names, mention, match.span("name"))
        if span is None:
            continue
        start, stop = span
        name = tree.text[start:stop]
        own = filler(mention)
        yield Relation(
            kind="identity", roles={"name": own, "other_name": Filler(start, stop, name, mention.schema)},
            trigger=(start, stop), evidence=(own.start, stop), score=score,
        )  # fmt: skip


def _second_name(tree: Tree, names: Names, own: Mention, span: Span) -> Span | None:
    """Return the characters of the other name; None for a country, a number or a party in brackets."""
    start, stop = span
    stop = start + len(tree.text[start:stop].rstrip())
    if tree.text[stop - 1] == "»" and "«" not in tree.text[start:stop]:
        stop -= 1
    named = next((m for t in tree.at(start, start + 1) if (m := names.at(t)) is not None), None)
    if named is not None and named.target.start == start:
        stop = named.target.end
    schema = named.schema if named is not None else own.schema
    if schema == "Address" or (own.schema == "Person") != (schema == "Person"):
        return None
    name = tree.text[start:stop]
    if (
        name == own.name
        or not any(char.isupper() for char in name)
        or name[0].islower()
        or _LABELS.match(name)
    ):
        return None
    return start, stop
