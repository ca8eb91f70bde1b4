"""Measures of things and second names in Chinese: 最大航程为1800公里, 库波尔（Kupol）, 代号“白桦”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casegraph.attribute.base import Filler, Relation
from casegraph.attribute.universal.coreference import Discourse
from casegraph.attribute.universal.names import Names, filler
from casegraph.attribute.universal.relations.patterns import Patterns
from casegraph.attribute.universal.tree import Token, Tree
from casegraph.model import Mention, Qualifiers

_QUOTED = r"[“「『\"]?(?P<name>[^，。；：、“”「」『』（）()\n]{1,30})[”」』\"]?"
_CALLED = (
    r"(?:以下|下)?(?:证券|股票|公司)?(?:简称|简写)(?:为|作)?|(?:以下|下)称|又名|又称|也称|亦称|别名|化名|代号|原名|本名|英文名|外号|绰号|俗称|曾用名"
    r"|笔名|网名|人称|全称|前身为"
)
_BRACKET = re.compile(rf"\s*[（(](?P<lead>{_CALLED})?[：:为是]?\s*{_QUOTED}\s*[）)]")
_BEHIND = re.compile(
    rf"，?(?:(?P<lead>{_CALLED})|(?:在\w{{1,6}})?被?(?:人们|外界|媒体)?称(?:为|作)|被叫做|化名为){_QUOTED}"
)
_AHEAD = re.compile(
    rf"(?:绰号|代号|外号|化名|网名|笔名|艺名|人称|诨名|花名|昵称)(?:是|为|叫)?{_QUOTED}的(?:\w{{0,8}})$"
)
_NAME = re.compile(r"^[A-ZА-ЯЁ][\w.&'’ -]{1,40}$|^[A-Z]{2,10}$")
_DEGREES = frozenset({"最大", "最高", "最远", "总", "最长"})
_OF_FIRMS = ("公司", "证券", "股票")
_LEAD = 40  # characters before a name in which its nickname stands
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_MOST = 8  # tokens between a property and its measure


def find_measures(
    tree: Tree, mentions: Sequence[Mention], discourse: Discourse, patterns: Patterns
) -> Iterator[Relation]:
    """Yield a specification for each quantity with a property's word before it and a thing that has it."""
    for mention in mentions:
        if mention.kind != "quantity" or mention.quantity is None or mention.quantity.unit in {"%", "item"}:
            continue
        place = tree.first_at(mention.target.start)
        if place >= len(tree.tokens):
            continue
        prop = _property(tree, tree.tokens[place], patterns)
        product = _product(tree, prop, patterns) if prop is not None else None
        if prop is None or product is None:
            continue
        found = discourse.name(product) or Filler(product.start, product.end, product.text)
        start = tree.tokens[prop.i - 1].start if _degree(tree, prop) else prop.start
        spans = [(found.start, found.end), (start, prop.end), (mention.target.start, mention.target.end)]
        yield Relation(
            kind="specification",
            roles={"product": found, "property": Filler(start, prop.end, tree.text[start : prop.end])},
            trigger=(prop.start, prop.end), evidence=(min(s for s, _ in spans), max(e for _, e in spans)),
            qualifiers=Qualifiers(quantity=mention.quantity, targets=(mention.target,)), score=0.75,
        )  # fmt: skip


def _degree(tree: Tree, prop: Token) -> bool:
    return prop.i > 0 and tree.tokens[prop.i - 1].lemma in _DEGREES


def _property(tree: Tree, first: Token, patterns: Patterns) -> Token | None:
    """Return the nearest property's noun before the measure in its clause."""
    for token in reversed(tree.tokens[max(0, first.i - _MOST) : first.i]):
        if token.sentence != first.sentence or (token.pos == "PUNCT" and token.text in "，。；"):
            return None
        if token.lemma in patterns.properties:
            return token
    return None


def _product(tree: Tree, prop: Token, patterns: Patterns) -> Token | None:
    """Return what has the property: its owner, else the subject of the sentence."""
    owner = next((c for c in prop.kids("nmod") if c.i < prop.i), None)
    if owner is not None:
        return owner
    before = [t for t in tree.sentence(prop) if t.i < prop.i]
    nouns = [
        t
        for t in before
        if t.pos in _NOMINAL and t.dep != "clf" and t.lemma not in _DEGREES | patterns.properties
    ]
    subjects = [t for t in nouns if t.dep == "nsubj"]
    return subjects[-1] if subjects else nouns[-1] if nouns else None


def find_identities(tree: Tree, names: Names) -> Iterator[Relation]:
    """Yield a second name that brackets or 简称, 代号, 被称为 give to a named thing."""
    for _, mention in names.heads():
        end = mention.target.end
        while tree.text[end : end + 1] in {"”", "」", "』", "》"}:
            end += 1
        ahead = _AHEAD.search(tree.text, max(0, mention.target.start - _LEAD), mention.target.start)
        if ahead is not None and mention.schema == "Person":
            own, (start, stop) = filler(mention), ahead.span("name")
            yield Relation(
                kind="identity", trigger=(start, stop),
                roles={"name": own, "other_name": Filler(start, stop, ahead["name"], "Person")},
                evidence=(start, own.end), score=0.85,
            )  # fmt: skip
        bracket, behind = _BRACKET.match(tree.text, end), _BEHIND.match(tree.text, end)
        match = bracket or behind
        if match is None or (mention.schema == "Person" and (match["lead"] or "").startswith(_OF_FIRMS)):
            continue
        start, stop = match.span("name")
        name = tree.text[start:stop].strip()
        sure = match["lead"] is not None or behind is not None
        if name == mention.name or not name or (not sure and not _NAME.match(name)):
            continue
        own = filler(mention)
        yield Relation(
            kind="identity", roles={"name": own, "other_name": Filler(start, stop, name, mention.schema)},
            trigger=(start, stop), evidence=(own.start, stop), score=0.85 if sure else 0.75,
        )  # fmt: skip
