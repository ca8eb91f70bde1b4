"""Posts that no verb tells: «британский премьер X», «X из «Веги»», «X («Вега»)»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casegraph.attribute.base import Filler, Relation
from casegraph.attribute.universal.names import BODIES, Names, filler
from casegraph.attribute.universal.relations.fillers import Fillers
from casegraph.attribute.universal.relations.patterns import Patterns
from casegraph.attribute.universal.relations.places import Site
from casegraph.attribute.universal.tree import Token, Tree
from casegraph.model import Kind

_OPENS = re.compile(r"\s\(«?")


def find_affiliations(tree: Tree, names: Names) -> Iterator[Relation]:
    """Yield the body that a person's name is said to be from, behind «из» or in brackets."""
    for head, mention in names.heads():
        if mention.schema != "Person":
            continue
        bracket = _OPENS.match(tree.text, mention.target.end)
        inside = tree.at(bracket.end(), bracket.end() + 1) if bracket is not None else []
        body = names.at(inside[0]) if inside else None
        closes = body is not None and tree.text[body.target.end : body.target.end + 2].lstrip("»")[:1] in {
            ")",
            ",",
        }
        if body is not None and closes and body.schema in BODIES:
            yield _post("membership", filler(mention), filler(body), inside[0], 0.6)
        for noun in head.kids("nmod"):
            own = names.of(noun)
            if (
                noun.prepositions() == "из"
                and noun.case == "Gen"
                and own is not None
                and own.schema in BODIES
            ):
                yield _post("employment", filler(mention), filler(own), noun, 0.6)


def find_national_posts(tree: Tree, fillers: Fillers, patterns: Patterns, site: Site) -> Iterator[Relation]:
    """Yield the country of an adjective beside a post of state."""
    posts = patterns.classes["state_posts"]
    for token in tree.tokens:
        if token.pos != "NOUN" or token.lemma not in posts or site.names.at(token) is not None:
            continue
        nation = next((c for c in token.kids("amod") if c.lemma in patterns.nations), None)
        people = site.at(token).bearers(token) if nation is not None else []
        owners = [c for c in token.kids("nmod") if c.case == "Gen" and not c.prepositions()]
        if nation is None or any(fillers.fits(c, "org") for c in owners):
            continue
        place = Filler(nation.start, nation.end, patterns.nations[nation.lemma], "Address")
        kind: Kind = "directorship" if token.lemma in patterns.classes["heads"] else "employment"
        if token.lemma in patterns.classes["membership_posts"]:
            kind = "membership"
        for person in people:
            found = fillers.filler(person, "person")
            if found is not None and found.schema == "Person":
                yield _post(kind, found, place, token, 0.7)


def _post(kind: Kind, person: Filler, body: Filler, word: Token, score: float) -> Relation:
    spans = [(person.start, person.end), (body.start, body.end), (word.start, word.end)]
    return Relation(
        kind=kind, roles={"person": person, "organisation": body}, trigger=(word.start, word.end),
        evidence=(min(s for s, _ in spans), max(e for _, e in spans)), score=score,
    )  # fmt: skip
