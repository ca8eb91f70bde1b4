"""Where the roles of a Chinese verb or noun stand: 的, 名下, posts and kinship, agreements, labels."""

from __future__ import annotations

from collections.abc import Callable

from casegraph.attribute.chinese.relations.verbs import NOMINAL, VERBAL, Verbs
from casegraph.attribute.universal.relations.patterns import Pattern
from casegraph.attribute.universal.tree import Token

_NEAR = 10  # words between a verb and its object that the grammar could not join
_WITH = frozenset({"与", "和", "同", "跟"})
_AGAINST = frozenset({"对", "针对", "向", "对于"})
_SAID_OF = frozenset({"root", "parataxis", "ccomp", "conj"})
_LOOSE = frozenset({"root", "parataxis", "dep", "dislocated", "conj"})


class ChineseSite(Verbs):
    """A word that may state a relation; gives the head tokens that stand at a place."""

    def fill(self, place: str, pattern: Pattern) -> list[Token]:
        """Return the tokens at the place, nearest first."""
        own: dict[str, Callable[[], list[Token]]] = {
            "head": self._modified_noun, "goal": self.goal, "gen": self._owners, "holding": self._holding,
            "colon": self._behind_colon, "topic": self._topic_of_noun, "above": self._held,
            "given": self._givers, "listed": self._listed,
            "employer": self._employer, "with": self._with, "clause": self._clause_subject,
        }  # fmt: skip
        if place in own:
            return own[place]()
        objects: dict[str, Callable[[Token], list[Token]]] = {
            "light": lambda light: [light], "matter": self._matter, "inner": self._inner_owners,
        }  # fmt: skip
        if place == "against":
            return self._against(self.light(pattern))
        if place in objects:
            light = self.light(pattern)
            return objects[place](light) if light is not None else []
        return super().fill(place, pattern)

    def _modified_noun(self) -> list[Token]:
        """Return the noun of a relative clause."""
        if self.word.dep != "acl" or self.word.head is self.word:
            return []
        noun = self.word.head
        subject = noun.child("nsubj") if noun.child("cop") is not None else None
        return [subject if subject is not None and subject.pos in NOMINAL else noun]

    # -- whose -----------------------------------------------------------------------------------------

    def _group(self) -> list[Token]:
        """Return the noun with those that it is joined with: 创始人兼董事长, 控股股东、实际控制人."""
        word = self.word
        others = word.kids("conj")
        if word.dep == "conj" and word.head.pos == "NOUN":
            others = [word.head, *(c for c in word.head.kids("conj") if c is not word)]
        return [word, *(one for one in others if not self._is_another(one, word))]

    def _is_another(self, one: Token, word: Token) -> bool:
        """Return whether a post before is somebody else's: 总裁陈荣华与代表."""
        return one.i < word.i and self.names.at(one) is None and self.names.of(one) is not None

    def _owners(self) -> list[Token]:
        """Return what 的 or its place makes the noun's owner; of joined nouns those of any."""
        return next((found for noun in self._group() if (found := self._genitives(noun))), [])

    def _genitives(self, noun: Token) -> list[Token]:
        found = [n for n in noun.kids("nmod") if n.case == "Gen" and n.i < noun.i]
        found += [n for n in noun.kids("compound") if self.names.of(n) is not None and n.i < noun.i]
        if not found:
            found = [o for c in noun.kids("compound") for o in c.kids("nmod") if o.case == "Gen"]
        return sorted(found, key=lambda n: (self._is_place(n), -n.i))

    def _is_place(self, token: Token) -> bool:
        named = self.names.of(token)
        return named is not None and named.schema == "Address"

    def _inner_owners(self, light: Token) -> list[Token]:
        """Return whose the object is: 持有X的股份, 持有X51%的股权."""
        found = self._genitives(light)
        for other in light.kids("conj"):
            found += [n for n in self._genitives(other) if n not in found]
        deeper = [o for n in found if n.lemma in self.classes["share"] for o in self._genitives(n)]
        if found:
            return deeper or [n for n in found if n.lemma not in self.classes["share"]]
        compound = [o for n in light.kids("compound", "conj") for o in self._genitives(n)]
        return compound or self._before(light)

    def _before(self, light: Token) -> list[Token]:
        """Return the name between the verb and the object's noun, however parsed."""
        low = self.word.i if self.word.i < light.i else max(0, light.i - _NEAR)
        for token in reversed(self.names.tree.tokens[low + 1 : light.i]):
            if token.sentence != light.sentence or token.pos == "PUNCT":
                break
            if self.names.at(token) is not None and not token.prepositions():
                return [token]
        return []

    def _held(self) -> list[Token]:
        """Return what 旗下 stands before: its name where it has one, 欧莱雅旗下的美宝莲品牌."""
        head = self.word.head
        if head is self.word or head.pos not in NOMINAL:
            return []
        names = [
            n for n in head.kids("nmod", "compound") if n.i > self.word.i and self.names.at(n) is not None
        ]
        return names[-1:] if names and self.names.of(head) is None else [head]

    def _employer(self) -> list[Token]:
        """Return who gives somebody the post: 河谷钢铁聘请彼得森担任说客, 任命X为Y."""
        verb = self.word.head
        if verb.lemma not in self.classes["appointing"] and verb.dep == "xcomp":
            verb = verb.head
        if verb.lemma not in self.classes["appointing"] or verb.passive:
            return []
        return self.at(verb).logical_subject()

    def _with(self) -> list[Token]:
        """Return the other side of 与X的合作."""
        return self._genitives(self.word) if self.word.prepositions() in _WITH else []

    def _clause_subject(self) -> list[Token]:
        """Return the subject of the verb that the noun completes."""
        verb = self.word.head
        return self.at(verb).logical_subject() if verb.pos in VERBAL and verb is not self.word else []

    def _topic_of_noun(self) -> list[Token]:
        """Return whom a noun without an owner belongs to: the subject before, 他是……，丈夫程朗."""
        word = self.word
        if any(n.lemma not in self.classes["under"] for n in self._genitives(word)) or self._is_had(word):
            return []
        clause = word.head if word.dep in {"nsubj", "dislocated", "obl", "obj"} else word
        own = next((n for n in clause.kids("nsubj") if n.i < word.i and n.pos in NOMINAL), None)
        above = own or self.left_out(clause)
        return [above] if above is not None and above is not word else []

    def _listed(self) -> list[Token]:
        """Return the topic of a clause that tells who holds a post in it: 沂川海运成立于2003年，董事长为X."""
        word = self.word
        told = word.dep == "nsubj" and word.head.child("cop") is not None
        return self._topic_of_noun() if told else []

    def _is_had(self, word: Token) -> bool:
        """Return whether the noun is somebody else's who something is done to: 起诉船东X, but not 有股东X."""
        verb = word.head
        tied = self.classes["copula"] | self.classes["including"] | self.classes["holding"]
        alien = word.lemma in self.classes["alien"] and word.dep == "obj"
        return alien and verb.pos in VERBAL and verb.lemma not in tied

    # -- who is it -------------------------------------------------------------------------------------

    def bearers(self, noun: Token, depth: int = 3) -> list[Token]:
        """Return who or what the noun is said of: its name, the copula's other side, a verb's."""
        if self.names.of(noun) is not None and self.names.at(noun) is None:
            return [noun]
        if noun.dep == "nsubj" and noun.head.lemma in self.classes["including"]:
            return [n for n in noun.head.kids("obj") if n.i > noun.head.i][:1]
        tried = (self._apposed, self._across_copula, self._put_there, self._related, self._behind_comma)
        for one in tried:
            found = one(noun)
            if found is not None:
                return [found]
        head = noun.head
        shared = noun.dep == "conj" and head is not noun and head.pos == "NOUN"
        if depth and shared and not self._is_another(head, noun):
            return self.bearers(head, depth - 1)
        joined = (
            [b for c in noun.kids("conj") if c.pos == "NOUN" for b in self.bearers(c, 0)] if depth else []
        )
        if joined:
            return joined[:1]
        above = self.left_out(noun) if noun.child("cop") is not None else None
        return [above] if above is not None else []

    @staticmethod
    def _apposed(noun: Token) -> Token | None:
        return noun.head if noun.dep == "appos" and noun.head.pos in NOMINAL else None

    @staticmethod
    def _across_copula(noun: Token) -> Token | None:
        """Return X of X是Y的总裁, of Y的总裁是X."""
        if noun.child("cop") is not None or noun.dep in _SAID_OF:
            subject = noun.child("nsubj")
            if subject is not None and subject.pos in NOMINAL:
                return subject
        head = noun.head
        return head if noun.dep == "nsubj" and head is not noun and head.pos in {"NOUN", "PROPN"} else None

    def _put_there(self, noun: Token) -> Token | None:
        """Return who is or becomes the noun by its verb: X任Y, X被任命为Y, 任命X为Y."""
        verb = noun.head
        if (
            noun.dep not in {"obj", "xcomp", "ccomp", "obl", "conj"}
            or verb.lemma not in self.classes["copula"]
        ):
            return None
        site = self.at(verb)
        found: list[Token] = []
        if verb.lemma in self.classes["appointing"]:
            found = [t for t in site.logical_object() if t is not noun and t.i < noun.i]
        found = found or [t for t in site.logical_subject() if t is not noun]
        return found[0] if found else None

    @staticmethod
    def _related(noun: Token) -> Token | None:
        return noun.head if noun.dep == "acl" and noun.head is not noun else None

    def _behind_comma(self, noun: Token) -> Token | None:
        """Return the person before the comma of 邱实，华典律师事务所律师."""
        if noun.dep not in _LOOSE or noun.child("nsubj", "cop"):
            return None
        tokens = self.names.tree.tokens
        first = min(t.i for t in noun.subtree() if t.dep != "punct" or t is noun)
        if first < 2 or tokens[first - 1].text not in {"，", ","}:
            return None
        named = self.names.at(tokens[first - 2])
        return tokens[first - 2] if named is not None and named.schema == "Person" else None

    def _behind_colon(self) -> list[Token]:
        """Return the name behind a label: 大学同学：X和Y."""
        tokens, place = self.names.tree.tokens, self.word.i + 1
        if place + 1 >= len(tokens) or tokens[place].text not in {"：", ":"}:
            return []
        return [tokens[place + 1]] if self.names.at(tokens[place + 1]) is not None else []

    def _givers(self) -> list[Token]:
        """Return who gave what somebody got: 接收了X交付的货机."""
        gave = [
            c for noun in self.logical_object() for c in noun.kids("acl") if c.lemma in self.classes["giving"]
        ]
        return [t for verb in gave for t in self.at(verb).logical_subject()]

    # -- what ------------------------------------------------------------------------------------------

    def _against(self, light: Token | None) -> list[Token]:
        """Return whom a measure is against: 对X实施制裁, 解除了对X的制裁."""
        if light is not None and light.prepositions() in _AGAINST:
            return self._genitives(light)
        if light is None and self.word.prepositions() in _AGAINST:
            return self._genitives(self.word)
        found = [n for n in self.word.kids("obl", "nmod") if n.prepositions() in _AGAINST]
        if light is not None and not found:
            found = [n for n in light.kids("nmod", "obl") if n.prepositions() in _AGAINST]
        return [n for n in found if n is not light]

    def _matter(self, light: Token) -> list[Token]:
        """Return what an agreement is about: 车辆维修合约, 巡逻艇合同; 签订合同，购买信号系统."""
        found = [
            n
            for n in light.kids("compound", "nmod")
            if n.i < light.i and n.lemma not in self.classes["dealing"] and self.names.at(n) is None
        ]
        found = found or [
            n
            for deal in light.kids("compound", "nmod")
            for n in deal.kids("compound")
            if n.lemma not in self.classes["dealing"] and self.names.at(n) is None
        ]
        if found:
            return found[-1:]
        told = [n for clause in light.kids("acl") for n in clause.kids("obj") if n.pos in NOMINAL]
        if told:
            return told[:1]
        verbs = [v for v in self.word.kids("conj", "xcomp") if v.lemma in self.classes["dealing"]]
        return [n for v in verbs[:1] if v.i > light.i for n in v.kids("obj")]

    def _holding(self) -> list[Token]:
        """Return what is in somebody's name: 名下有X, 名下的X, X登记在…名下."""
        word, head = self.word, self.word.head
        if head is word:
            return []
        if word.dep in {"nmod", "compound"} and head.pos in {"NOUN", "PROPN"}:
            return [head]
        if head.pos not in VERBAL or head.lemma not in self.classes["holding"]:
            return []
        if word.dep in {"nsubj", "dislocated"}:
            return [n for n in head.kids("obj") if n.pos in NOMINAL]
        return [t for t in self.at(head).logical_subject() if t is not word]
