"""All typed relations of a Chinese page."""

from __future__ import annotations

from collections.abc import Mapping

from casegraph.attribute.chinese.relations.fillers import ChineseFillers
from casegraph.attribute.chinese.relations.site import ChineseSite
from casegraph.attribute.chinese.relations.values import ChineseValues
from casegraph.attribute.universal.relations.find import Relations
from casegraph.attribute.universal.relations.patterns import Pattern
from casegraph.attribute.universal.tree import Token

_SHORTEST = 2  # signs of a word that ends a longer one
_WORKERS = ("员", "师", "工")
_NO_WORKERS = frozenset(
    {"人员", "官员", "全员", "员", "师", "工", "动员", "施工", "员工", "民工", "罢工", "加工", "化工", "手工"}
)


class ChineseRelations(Relations):
    """The engine with the parts of Chinese."""

    site = ChineseSite
    judge = ChineseFillers
    weigh = ChineseValues

    @staticmethod
    def listed(word: Token, table: Mapping[str, tuple[Pattern, ...]], *, verbal: bool) -> tuple[Pattern, ...]:
        """Return the patterns of a word, of a compound noun those of its longest end: 独立非执行董事."""
        found = table.get(word.lemma, ())
        if found or verbal:
            return found
        for start in range(1, len(word.lemma) - _SHORTEST + 1):
            if found := table.get(word.lemma[start:], ()):
                return found
        if word.lemma.endswith(_WORKERS) and word.lemma not in _NO_WORKERS and len(word.lemma) > 1:
            return table.get("职员", ())
        return ()
