"""How sure a Chinese relation is said to be: negation and time by adverbs, 拟 and 将."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from casegraph.attribute.base import Modality
from casegraph.attribute.universal.lexicon import Lexicon
from casegraph.attribute.universal.names import Names
from casegraph.attribute.universal.relations.values import Values
from casegraph.attribute.universal.tree import Token, Tree
from casegraph.model import ClaimDate, Kind, Mention, Polarity, Qualifiers, Quantity

_VERBAL = frozenset({"VERB", "AUX", "ADJ"})
_COUNTED = {"delivery": "goods", "production": "product", "contract": "subject"}
_SINCE = frozenset({"起", "以来", "开始"})
_HELD = ("旗下", "下属", "麾下", "子公司")
_MAKING = frozenset({"制造", "生产", "研制", "产", "造", "制", "出品", "组装", "设计", "研发", "进口"})
_OF_MAKERS = ("家", "名", "位", "人", "国", "所", "间")  # classifiers that count who made it
_WHOLE = Quantity(minimum=100, maximum=100, unit="%")
_PLANS = frozenset(
    {
        "计划",
        "打算",
        "准备",
        "拟",
        "考虑",
        "寻求",
        "决定",
        "同意",
        "有意",
        "意图",
        "企图",
        "试图",
        "愿意",
        "谋求",
        "承诺",
        "答应",
        "筹划",
        "欲",
    }
)


class ChineseValues(Values):
    """The values of a page by the words that govern them."""

    def __init__(self, tree: Tree, mentions: Sequence[Mention], names: Names, lexicon: Lexicon) -> None:
        super().__init__(tree, mentions, names, lexicon)
        for found in self._found.values():
            found[:] = [(self._outer(head, mention), mention) for head, mention in found]

    def _outer(self, head: Token, mention: Mention) -> Token:
        """Return the number of 至少十二台, its adverb being the verb's; the end of 2月至4月, not 至."""
        tokens = self.tree.at(mention.target.start, mention.target.end)
        if mention.kind != "date":
            return next((t for t in tokens if t.pos == "NUM"), head)
        return tokens[-1] if head.pos in _VERBAL and tokens[-1].pos == "NOUN" else head

    def attach(self, kind: Kind, word: Token, heads: dict[str, list[Token]]) -> Qualifiers:
        """Return the relation's qualifiers; 全资 and 独资 are the whole."""
        found = super().attach(kind, word, heads)
        if found.quantity is None and kind in _COUNTED:
            counted = heads.get(_COUNTED[kind], [])
            found = self._counted_before(self._counted_behind(found, counted), counted)
        if kind == "payment" and found.amount is None:
            found = self._paid(found, word)
        if kind == "ownership" and found.share is not None and word.lemma.endswith(_HELD):
            found = self._own_share(found, word)
        whole = word.lemma.startswith(("全资", "独资")) or any(
            c.lemma in {"全资", "独资"} for c in word.children
        )
        if kind == "ownership" and found.share is None and whole:
            return replace(found, share=_WHOLE)
        return found

    def _own_share(self, found: Qualifiers, word: Token) -> Qualifiers:
        """Return the qualifiers without a share that some verb of the clause takes: 华润旗下X收购Y5%股权."""
        near = self._found.get(word.sentence, ())
        if any(m.quantity == found.share and head.under(word) for head, m in near):
            return found
        targets = tuple(t for t in found.targets if not t.exact.endswith(("%", "％")))
        return replace(found, share=None, targets=targets)

    def _paid(self, found: Qualifiers, word: Token) -> Qualifiers:
        """Return the qualifiers with the one sum of the word's clause: 收到X捐款300万美元."""
        near = [
            m for h, m in self._found.get(word.sentence, ()) if m.kind == "amount" and self._together(h, word)
        ]
        if len(near) != 1:
            return found
        return replace(found, amount=near[0].amount, targets=(*found.targets, near[0].target))

    def _together(self, one: Token, other: Token) -> bool:
        """Return whether no mark parts two words."""
        low, high = sorted((one.i, other.i))
        return not any(t.pos == "PUNCT" for t in self.tree.tokens[low:high])

    def _counted_behind(self, found: Qualifiers, heads: list[Token]) -> Qualifiers:
        """Return the qualifiers with the number that stands right behind the goods: 柴油机九台."""
        for head in heads:
            for _, mention in self._found.get(head.sentence, ()):
                if mention.kind == "quantity" and mention.target.start == head.end:
                    return replace(found, quantity=mention.quantity, targets=(*found.targets, mention.target))
        return found

    def _counted_before(self, found: Qualifiers, heads: list[Token]) -> Qualifiers:
        """Return the qualifiers with the number before a name in the goods' phrase: 七架中国制造的无人机.

        Names and their making are not counted; any other noun in between may be what is.
        """
        for head in heads if found.quantity is None else ():
            for number, mention in self._found.get(head.sentence, ()):
                beside = number.head
                if (
                    mention.kind == "quantity"
                    and number.pos == "NUM"
                    and self.names.of(beside) is not None
                    and not mention.target.exact.endswith(_OF_MAKERS)
                    and self._made_there(beside, head)
                    and mention.target.end == beside.start
                ):
                    return replace(found, quantity=mention.quantity, targets=(*found.targets, mention.target))
        return found

    @staticmethod
    def _made_there(beside: Token, head: Token) -> bool:
        """Return whether nothing but the making stands between a name and the noun above it."""
        for up in beside.ancestors():
            if up is head:
                return True
            if up.lemma not in _MAKING:
                return False
        return False

    def _date(self, mention: Mention) -> ClaimDate:
        """Return the date with the bound that 自, 起, 截至 set."""
        made = super()._date(mention)
        text = self.tree.text
        behind = text[mention.target.end : mention.target.end + 2]
        before = text[max(0, mention.target.start - 2) : mention.target.start]
        if (
            behind.startswith(tuple(_SINCE))
            or mention.target.exact.endswith("起")
            or before.endswith(("自", "从"))
        ):
            return ClaimDate(start=made.start, end=None, text=made.text, target=made.target)
        return made

    def modality(self, word: Token) -> Modality:
        """Return whether the relation is or will be."""
        verb = (
            word if word.pos in _VERBAL else next((up for up in word.ancestors() if up.pos in _VERBAL), word)
        )
        for here in (verb, verb.head if verb.dep in {"xcomp", "ccomp"} else verb):
            if here.feats.get("Tense") == "Fut" or here.lemma.startswith("拟"):
                return "predicts"
        if verb.dep in {"xcomp", "ccomp"} and verb.head.lemma in _PLANS:
            return "predicts"
        return "asserts"

    def polarity(self, word: Token) -> Polarity:
        """Return whether the word, or the verb that it completes, is negated."""
        words = [word]
        if word.pos == "NOUN" and word.head.pos in _VERBAL and word.dep in {"obj", "xcomp"}:
            words.append(word.head)
        if word.dep == "xcomp":
            words.append(word.head)
        return "negative" if any(self._negated(one) for one in words) else "positive"

    def _negated(self, word: Token) -> bool:
        return any(
            self.lexicon.has("words.negation", c.lemma) for c in word.kids("advmod", "aux", "mark", "dep")
        )

    def hedges(self, word: Token) -> tuple[str, ...]:
        """Return the hedges of the clause as they stand."""
        weak = self.lexicon.words["adverbs.hedges"]
        clause = word.clause()
        found = [t.text for t in (*clause.children, *word.children) if t.lemma in weak and t.pos != "NOUN"]
        return tuple(dict.fromkeys(found))
