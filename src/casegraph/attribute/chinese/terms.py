"""Who 他, 该公司 and 公司 are in Chinese; terms that brackets and 全称为 define for a whole paper."""

from __future__ import annotations

import re

from casegraph.attribute.base import Filler
from casegraph.attribute.universal.coreference import Discourse
from casegraph.attribute.universal.names import BODIES, Names, filler
from casegraph.attribute.universal.tree import Token, Tree
from casegraph.model import Mention

_SHORT = re.compile(r"[（(](?:以下|下)?(?:简称|称|统称)(?:为)?[：:]?\s*(?P<terms>[^（）()]{2,60})[）)]")
_TERM = re.compile(r"[“「『\"]?([^“”「」『』\"、或及和，]{2,20})[”」』\"]?(?:[、，]|或者?|及|和)?")
_FULL = re.compile(
    r"(?P<term>(?:本|该)?(?:公司|企业|集团|行))(?:的)?(?:全称|简称|名称|中文名称|股票简称|证券简称)?(?:为|即|是|系|[：:])?[“「\"]?$"
)
_OWN = frozenset({"公司", "本公司", "我公司", "我司"})
_GENERIC = frozenset({"该", "这", "此", "那"})
_FIRMS = ("公司", "企业", "集团", "厂", "行")
_OUTLETS = tuple("社 报 報 网 網 台 刊 日报 新闻 新聞 杂志 彭博 路透 法新 财新 央视".split())
_WINDOW = 300


class ChineseDiscourse(Discourse):
    """The names of a document in reading order, with the terms that it defines."""

    @property
    def names(self) -> Names | None:
        """The names of the page that is read."""
        return self._names

    def enter(self, tree: Tree, names: Names) -> None:
        """Go on to the next page; read what it defines first, as a paper may define behind."""
        self._terms: dict[str, Mention] = getattr(self, "_terms", {})
        text = tree.text
        for _, mention in names.heads():
            if mention.schema not in BODIES:
                continue
            match = _SHORT.match(text, mention.target.end)
            if match is not None:
                for term in _TERM.findall(match["terms"]):
                    self._terms.setdefault(term.strip(), mention)
            before = _FULL.search(text, max(0, mention.target.start - 14), mention.target.start)
            if before is not None and _defines(before.group()):
                for term in _OWN | {before["term"]}:
                    self._terms.setdefault(term, mention)
        super().enter(tree, names)

    def term(self, words: str) -> Mention | None:
        """Return the body that a term of the paper stands for."""
        return self._terms.get(words)

    def name(self, token: Token) -> Filler | None:
        """Return the name that the head noun or pronoun stands for, None where it is open."""
        if token.pos == "NOUN" and self._names is not None and self._names.of(token) is None:
            meant = self._terms.get(token.text)
            if meant is not None:
                return filler(meant, token.start, token.end)
        return super().name(token)

    def _pronoun(self, token: Token) -> Filler | None:
        """Return whom 他, 其, 后者, 前者 mean."""
        if token.lemma in {"后者", "前者"}:
            return self._listed(token, last=token.lemma == "后者")
        if token.lemma in {"其", "自己"}:
            return self._its(token)
        return super()._pronoun(token)

    def _listed(self, token: Token, *, last: bool) -> Filler | None:
        """Return the last or first party that stands before in the sentence, or in the one before."""
        here = self._offset + token.sentence
        before = [k for k in self._known[-_WINDOW:] if (k.sentence, k.place) < (here, token.start)]
        near = [k for k in before if k.schema != "Address" and k.sentence == before[-1].sentence]
        if not near or near[-1].sentence < here - 1:
            return None
        return _standing((near[-1] if last else near[0]).full_mention, token)

    def _its(self, token: Token) -> Filler | None:
        """Return whom 其 means: the subject before, behind a coverb the other party of the clause."""
        here = self._offset + token.sentence
        own = [
            k for k in self._known[-_WINDOW:]
            if k.sentence == here and k.place < token.start and k.schema != "Address"
        ]  # fmt: skip
        others = [k for k in own if not k.subject]
        if token.dep == "obl" and others:
            own = others[-1:]
        elif own:
            own = [k for k in own if k.subject][-1:] or own[-1:]
        else:
            own = [k for k in self._known[-_WINDOW:] if k.sentence == here - 1 and k.subject][-1:]
        return _standing(own[0].full_mention, token) if own else None

    def _description(self, token: Token) -> Filler | None:
        """Return who 该公司, 公司, 这家银行 is: the one body of the sentences just before."""
        if self._names is None:
            return None
        pointed = any(c.lemma in _GENERIC for c in token.kids("det"))
        numbered = any(c.lemma != "一" for c in token.kids("nummod"))
        owned = any(c.case == "Gen" or c.dep in {"compound", "amod", "acl"} for c in token.children)
        if token.kids("nummod") and (numbered or not pointed):
            return None
        if owned and not pointed:
            return None
        words = self.lexicon.words
        lists = (words["words.company"], words["words.outlet"], words["words.body"])
        if not any(token.lemma in names for names in lists):
            return super()._description(token) if not token.kids("nmod") else None
        return self._nearest_body(token)

    def _nearest_body(self, token: Token) -> Filler | None:
        """Return the one body that leads before the token: subjects first, then the last sentence."""
        here = self._offset + token.sentence
        near = [
            k for k in self._known[-_WINDOW:]
            if (k.sentence, k.place) < (here, token.start) and k.schema in BODIES and k.sentence >= here - 2
        ]  # fmt: skip
        if token.text.endswith(_FIRMS):
            near = [k for k in near if not k.full.endswith(_OUTLETS) and k.schema != "PublicBody"]
            near = [k for k in near if k.schema == "Company"] or near
        first = [k for k in near if k.subject] or near
        if len({k.full for k in first}) > 1:
            last = max(k.sentence for k in first)
            first = [k for k in first if k.sentence == last]
        if len({k.full for k in first}) != 1:
            return None
        return _standing(first[-1].full_mention, token)


def _standing(mention: Mention, token: Token) -> Filler:
    found = filler(mention)
    return Filler(token.start, token.end, found.name, found.schema, found.mention)


def _defines(words: str) -> bool:
    return any(mark in words for mark in ("称", "为", "即", "是", "系", "：", ":"))
