"""All typed relations of a Chinese page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casegraph.attribute.base import Filler, Relation, Roles
from casegraph.attribute.chinese.relations.fillers import ChineseFillers
from casegraph.attribute.chinese.relations.site import ChineseSite
from casegraph.attribute.chinese.relations.values import ChineseValues
from casegraph.attribute.universal.names import BODIES, filler
from casegraph.attribute.universal.relations.find import Relations
from casegraph.attribute.universal.relations.patterns import Pattern
from casegraph.attribute.universal.relations.places import Site
from casegraph.attribute.universal.tree import Token

_TIMES = frozenset({"前", "原", "时任", "现任", "前任", "候任", "已故"})
_AND = frozenset({"兼", "、", "和", "及", "暨"})
_SHORTEST = 2  # signs of a word that ends a longer one
_DIRECTED = ("给", "予", "至", "往", "到", "于", "了")  # 过户给, 迁至
_WORKERS = ("员", "师", "工")
_NO_WORKERS = frozenset(
    {"人员", "官员", "全员", "员", "师", "工", "动员", "施工", "员工", "民工", "罢工", "加工", "化工", "手工"}
)


def _same_pair(one: Relation, other: Relation) -> bool:
    """Return whether another relation ties the same two."""
    names = {p.name for p in one.roles.values() if isinstance(p, Filler)}
    return names <= {p.name for p in other.roles.values() if isinstance(p, Filler)}


class ChineseRelations(Relations):
    """The engine with the parts of Chinese."""

    def find(self) -> list[Relation]:
        """Return the relations in order of their triggers, those of places before names among them."""
        found = super().find()
        tied = [r for r in self._joined() if not any(_same_pair(r, other) for other in found)]
        return sorted([*found, *self._placed(), *tied], key=lambda relation: relation.trigger)

    def _joined(self) -> Iterator[Relation]:
        """Yield a link for two bodies that do something together: X与Y联合开发Z."""
        for verb in self.tree.tokens:
            how = next((c for c in verb.kids("advmod") if c.lemma in self.patterns.classes["together"]), None)
            if verb.pos != "VERB" or how is None:
                continue
            site = ChineseSite(verb, self.subjects, self.names, self.patterns.classes)
            sides = [t for head in site.logical_subject() for t in self.fillers.heads(head)]
            sides += [n for n in verb.kids("obl") if n.prepositions() in {"与", "和", "同", "跟"}]
            bodies = [m for t in sides if (m := self.names.of(t)) is not None and m.schema in BODIES]
            for other in bodies[1:]:
                roles: Roles = {"subject": filler(bodies[0]), "object": filler(other)}
                start, end = bodies[0].target.start, max(verb.end, other.target.end)
                yield Relation(
                    kind="link", roles=roles, trigger=(how.start, verb.end), evidence=(start, end), score=0.6
                )

    def _placed(self) -> Iterator[Relation]:
        """Yield where a body is that a city owns by 的: 无锡的立澄仪表. States before names tell no seat."""
        for head, mention in self.names.heads():
            if mention.schema not in BODIES:
                continue
            for owner in head.kids("nmod"):
                place = self.names.at(owner)
                owned = any(c.lemma == "的" for c in owner.kids("case"))
                if place is None or place.schema != "Address" or not owned or self._is_state(place.name):
                    continue
                yield Relation(
                    kind="presence", roles={"actor": filler(mention), "place": filler(place)},
                    trigger=(owner.start, owner.end), score=0.7,
                    evidence=(place.target.start, mention.target.end),
                )  # fmt: skip

    def _is_state(self, name: str) -> bool:
        return name.endswith("国") or name in self.patterns.classes["nation"]

    def _applies(self, pattern: Pattern, site: Site) -> bool:
        """Return whether the pattern may be read here; to agree on working together is no contract."""
        light = site.light(pattern) if pattern.kind in {"contract", "link"} else None
        if light is not None and light.lemma.endswith(tuple(self.patterns.classes["agreement"])):
            told = (light, *light.kids("compound", "nmod"))
            loose = any(word in t.lemma for t in told for word in self.patterns.classes["loose"])
            if loose == (pattern.kind == "contract"):
                return False
        return super()._applies(pattern, site)

    def _post(self, word: Token) -> tuple[int, int] | None:
        noun = self._posted(word)
        return None if noun is None else self._words_of(noun)

    def _posted(self, word: Token) -> Token | None:
        """Return the noun of the post: the word itself, or the object of 任, 任职."""
        if word.pos == "NOUN":
            return word
        nouns = [n for n in word.kids("obj", "xcomp") if n.pos == "NOUN" and n.i > word.i]
        return next((n for n in nouns if self.listed(n, self.patterns.nouns, verbal=False)), None)

    def _words_of(self, word: Token) -> tuple[int, int]:
        """Return the words of a post: 财务总监, 独立非执行董事, 董事长兼总裁."""
        first, last, tokens = word.i, word, self.tree.tokens
        while first and self._qualifies(tokens[first - 1], word):
            first -= 1
        for other in word.kids("conj"):
            between = tokens[last.i + 1 : other.i]
            joined = between and between[0].lemma in _AND and all(t.under(other) for t in between)
            if joined and other.pos == "NOUN" and self.listed(other, self.patterns.nouns, verbal=False):
                last = other
        return tokens[first].start, last.end

    def _qualifies(self, before: Token, word: Token) -> bool:
        """Return whether a word before a post belongs to it: 财务|总监, but not 公司|总监 and not 前|总监."""
        if (
            before.sentence != word.sentence
            or before.dep not in {"compound", "amod"}
            or not before.under(word)
        ):
            return False
        if before.lemma in _TIMES or self.names.at(before) is not None:
            return False
        return (
            not self.fillers.fits(before, "org") and before.lemma not in self.patterns.classes["department"]
        )

    site = ChineseSite
    judge = ChineseFillers
    weigh = ChineseValues

    @staticmethod
    def listed(word: Token, table: Mapping[str, tuple[Pattern, ...]], *, verbal: bool) -> tuple[Pattern, ...]:
        """Return the patterns of a word, of a compound noun those of its longest end: 独立非执行董事."""
        found = table.get(word.lemma, ())
        if verbal:
            stem = word.lemma[:-1] if len(word.lemma) > _SHORTEST and word.lemma.endswith(_DIRECTED) else ""
            return found or table.get(stem, ())
        if found:
            return found
        for start in range(1, len(word.lemma) - _SHORTEST + 1):
            if found := table.get(word.lemma[start:], ()):
                return found
        if word.lemma.endswith(_WORKERS) and word.lemma not in _NO_WORKERS and len(word.lemma) > 1:
            return table.get("职员", ())
        return ()
