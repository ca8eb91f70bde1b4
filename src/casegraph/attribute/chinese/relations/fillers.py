"""Who and what fills a role in Chinese: phrases without 的, 我厂 and 贵公司, terms that brackets define."""

from __future__ import annotations

import re
from collections.abc import Callable

from casegraph.attribute.base import Filler
from casegraph.attribute.chinese.terms import ChineseDiscourse
from casegraph.attribute.universal.names import filler
from casegraph.attribute.universal.relations.fillers import Fillers
from casegraph.attribute.universal.tree import Token
from casegraph.model import Mention

_DEICTIC = frozenset({"我", "本", "贵", "我方", "敝"})
_STANDING = frozenset({"其", "自己", "后者", "前者", "我们", "我方", "对方"})
_OWN = re.compile("(?:我|本|贵|敝)(?:公司|司|厂|行|社|集团|企业|校|院|所|局|部|店|方|单位|中心)")
_KEPT = frozenset({"compound", "amod", "nmod", "appos", "flat"})
_CALLED = frozenset({"名为", "名叫", "叫", "叫做", "叫作", "称为", "取名", "号称"})
_LITIGANTS = frozenset("辩方 控方 检方 原告 被告 双方 对方 各方 甲方 乙方 买方 卖方".split())
_LAWYERS = ("事务所", "律所")
_BODY_SIGNS = (
    "局",
    "署",
    "厅",
    "委",
    "厂",
    "处",
    "院",
    "所",
    "部",
    "党",
    "资本",
    "阵线",
    "联盟",
    "社",
    "基金",
)
_NO_BODIES = frozenset(
    "办事处 厕所 会所 住所 场所 全部 内部 外部 大部 干部 总部 头部 局部 四合院 旅社".split()
)


class ChineseFillers(Fillers):
    """Judges head tokens and makes fillers of them."""

    def fits(self, token: Token, want: str) -> bool:
        """Return whether the token is of a class of `relations.toml`, by the last signs of its word."""
        own = self._own_class(token, want)
        if own is not None:
            return own
        if super().fits(token, want):
            return True
        words = self.patterns.classes.get(want, frozenset())
        return token.pos == "NOUN" and bool(words) and token.lemma.endswith(tuple(words))

    def body(self, token: Token) -> Token:
        """Return the body of a department: 公司董事会, 总部; any other noun stays."""
        if self.fits(token, "org") or token.lemma not in self.patterns.classes["department"]:
            return token
        return next((c for c in token.kids("nmod", "compound") if self.fits(c, "org")), token)

    def _thing_of_trade(self, token: Token) -> bool:
        """Return whether the noun is plainly a thing to be sold: 货物, 设备, and names of things."""
        if self.names.of(token) is not None:
            return self._thing(token, self.names.of(token))
        return token.pos == "NOUN" and token.lemma.endswith(tuple(self.patterns.classes["product"]))

    def _is_asset(self, token: Token) -> bool:
        if self.fits(token, "org") or self.fits(token, "estate"):
            return True
        named = self.names.of(token)
        return named is not None and named.schema in {"Asset", "Thing", "Vessel", "Airplane", "Vehicle", None}

    def _own_class(self, token: Token, want: str) -> bool | None:
        """Return whether the token is of a class that Chinese alone has, None for another's class."""
        named = self.names.of(token)
        seat = named is not None and named.schema == "Address"
        office = named is not None and named.name.endswith(_LAWYERS)
        judges: dict[str, Callable[[], bool]] = {
            "several": lambda: token.dep == "conj" or super(ChineseFillers, self).fits(token, "several"),
            "named": lambda: self.named(token),
            "seized": lambda: not token.lemma.endswith(tuple(self.patterns.classes["penalty"])),
            "client": lambda: not office and not seat and self.fits(token, "party"),
            "asset": lambda: self._is_asset(token),
            "goods": lambda: self._thing_of_trade(token),
            "body": lambda: token.lemma not in _LITIGANTS and self._org(token, named),
            "firm": lambda: not seat and self._org(token, named),
        }  # fmt: skip
        return judges[want]() if want in judges else None

    def called(self, token: Token) -> Mention | None:
        """Return the name that a clause gives the noun: 名为“北极光”的公司."""
        for clause in token.kids("acl"):
            if clause.lemma in _CALLED:
                return next((m for n in clause.kids("obj") if (m := self.names.of(n)) is not None), None)
        return None

    def _org(self, token: Token, mention: Mention | None) -> bool:
        if mention is not None or token.pos == "PRON":
            return super()._org(token, self.names.of(token))
        if self.is_own(token) or super()._org(token, None) or token.lemma.endswith(self._company_ends()):
            return True
        return len(token.lemma) > 2 and token.lemma.endswith(_BODY_SIGNS) and token.lemma not in _NO_BODIES

    def _person(self, token: Token, mention: Mention | None) -> bool:
        if mention is None and token.pos == "PRON":
            words = self.lexicon.words
            return token.lemma in words["words.personal"] | words["words.first_singular"] | _STANDING
        return super()._person(token, mention)

    def _thing(self, token: Token, mention: Mention | None) -> bool:
        barred = tuple(self.patterns.classes["money"] | self.patterns.classes["abstract"])
        return super()._thing(token, mention) and not (mention is None and token.lemma.endswith(barred))

    def _company_ends(self) -> tuple[str, ...]:
        return tuple(word for word in self.patterns.classes["company"] if len(word) > 1)

    def is_own(self, token: Token) -> bool:
        """Return whether the words are a letter's or a filing's for its sides: 我厂, 贵公司, 本行."""
        if _OWN.fullmatch(token.lemma):
            return True
        beside = any(c.lemma in _DEICTIC and c.i == token.i - 1 for c in token.children)
        return beside and token.pos == "NOUN" and super()._org(token, None)

    def tells(self, token: Token, _found: Filler) -> bool:
        """Return whether the token is a name or stands for one."""
        return self.named(token)

    def named(self, token: Token) -> bool:
        """Return whether the token is a name, stands for one, or for a side of the paper."""
        return super().named(token) or self.is_own(token) or self.called(token) is not None

    def filler(self, token: Token, role: str = "") -> Filler | None:
        """Return the name that the token is or stands for, else the noun phrase's words."""
        if token.pos == "PRON" and (found := self.discourse.name(token)) is not None:
            return found
        if self.names.of(token) is None and token.pos == "NOUN":
            called = self.called(token)
            if called is not None:
                return filler(called)
            meant = self._term(self.tree.text[slice(*self.phrase(token))])
            if meant is not None:
                start, end = self.phrase(token)
                return filler(meant, start, end)
        return super().filler(token, role)

    def _term(self, words: str) -> Mention | None:
        return self.discourse.term(words) if isinstance(self.discourse, ChineseDiscourse) else None

    def phrase(self, token: Token) -> tuple[int, int]:
        """Return the noun with what stands right before it without 的: no determiners but 我 and 贵."""
        first, tokens = token.i, self.tree.tokens
        while first:
            before = tokens[first - 1]
            inside = before.dep in _KEPT and before.under(token) and not before.kids("case", "mark")
            own = before.lemma in _DEICTIC and before.head is token
            if before.sentence != token.sentence or before.pos == "NUM" or not (inside or own):
                break
            named = self.names.at(before)
            if named is not None and named.schema == "Address":
                break
            first -= 1
        return self._marked(tokens[first].start, token.end)

    def _marked(self, start: int, end: int) -> tuple[int, int]:
        """Return the span with both quotation marks or with none: “雪豹”牌拖拉机."""
        text = self.tree.text
        words = text[start:end]
        if words.count("”") > words.count("“") and text[start - 1 : start] == "“":
            return start - 1, end
        if words.count("」") > words.count("「") and text[start - 1 : start] == "「":
            return start - 1, end
        return start, end
