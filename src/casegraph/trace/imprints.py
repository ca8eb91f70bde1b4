"""What documents say of whose their outlets are: mastheads, copyright lines, "a project of".

The imprint of a publication names who publishes it; laws on the press ask for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from casegraph.model import Document, Imprint, Page, make_id
from casegraph.trace.outlets import agency, letters

_WORD = r"[A-Z\u0410-\u042f\u0401][\w'’&.-]*"
_NAME = rf"{_WORD}(?:\s+(?:(?:of|and|&|the)\s+)?(?:{_WORD}|\d{{1,3}}\b)){{0,5}}"  # "Channel 4"
_RUSSIAN = rf"{_NAME}|«[^«»\n]{{2,50}}»"
_HAN = r"[\u4e00-\u9fff]{2,14}"
_IS_PART = (
    r"part|member|division|unit|subsidiary|imprint|title|brand|publication|property|affiliate|mirror|edition"
)
_HOLDING = r"(?:групп\w+|холдинг\w*|дом\w*|концерн\w*|газеты)?"
_BELONGS = r"(?:входит в(?: состав)?|принадлежит)"
_STATEMENTS = (
    rf"(?P<part>{_NAME}),?\s+(?:is|are)\s+(?:an?\s+|the\s+)?(?:{_IS_PART})\s+of\s+(?:the\s+)?(?P<whole>{_NAME})",
    rf"(?P<part>{_NAME}),?\s+(?:is|are)\s+(?:owned|published|operated|run)\s+by\s+(?:the\s+)?(?P<whole>{_NAME})",
    rf"(?P<part>{_NAME}),\s+(?:an?|the)\s+(?P<whole>{_NAME})\s+(?:company|publication|title|newspaper|site)\b",
    rf"(?P<part>{_RUSSIAN})\s+{_BELONGS}\s+(?:медиа|издательск\w+\s+)?{_HOLDING}\s*(?P<whole>{_RUSSIAN})",
    rf"(?P<part>{_RUSSIAN})\s+[-–—]\s+(?:проект|издание|зеркало|приложение)\s+{_HOLDING}\s*(?P<whole>{_RUSSIAN})",
    rf"(?P<part>{_HAN}?)(?:隶属于?|是|系|为|由)(?P<whole>{_HAN}?)(?:旗下|所属|主办|的子公司|的一部分)",
)
_PARTS = tuple(re.compile(one) for one in _STATEMENTS)
# "First published by" gives credit for a text; an imprint has the words alone, or "printed and published by".
_OWNERS = re.compile(
    r"(?:©|\(c\)|\bcopyright\b|版权所有)(?:\s*(?:copyright|©|by|[-–—,:：]|(?:19|20)\d\d))*\s*"
    r"(?P<one>[^\W\d_][^|©\n•·.,;]{1,60})"
    r"|(?:учредитель|издатель)\s*[:—–-]\s*(?P<two>[^|\n.,;]{2,60})"
    rf"|(?:主办单位|主办|出版)\s*[：:]\s*(?P<three>{_HAN})"
    r"|(?:(?<![\w,] )|(?<=and ))\bpublished by\s+(?:the\s+)?(?P<four>[A-Z][^|\n.,;]{2,60})",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"(?:all|some) rights|все права|terms|privacy|photo|image|фото|reserved|notice|policy|author",
    re.IGNORECASE,
)
_FOOT = frozenset({"footer", "furniture", "header", "note"})
_FORMS = re.compile(
    r"\b(?:ltd|llc|inc|limited|gmbh|plc|corp(?:oration)?|company|co)\b\.?$|^(?:ооо|оао|зао|ао)\s",
    re.IGNORECASE,
)


class House(NamedTuple):
    """An outlet, whose it is, and the words that say so."""

    part: str
    whole: str
    words: str


class Houses:
    """Whose each outlet is, by all that the documents of a case say."""

    def __init__(self, said: Iterable[House]) -> None:
        """Take the statements of all documents. Of several owners the one that most name is believed."""
        counts: dict[str, Counter[str]] = {}
        words: dict[tuple[str, str], House] = {}
        for one in said:
            part, whole = bare(one.part), bare(one.whole)
            counts.setdefault(part, Counter())[whole] += 1
            words[part, whole] = min(words.get((part, whole), one), one)
        self._of: dict[str, House] = {
            part: words[part, min(found, key=lambda whole: (-found[whole], whole))]
            for part, found in counts.items()
        }

    def __iter__(self) -> Iterator[House]:
        return iter(sorted(self._of.values()))

    def above(self, outlet: str | None) -> tuple[House, ...]:
        """Return whose an outlet is, by its name, and whose that one is, to the end."""
        found: dict[str, House] = {}
        key = bare(outlet or "")
        while key in self._of and key not in found:
            found[key] = self._of[key]
            key = bare(self._of[key].whole)
        return tuple(found.values())


def imprints(document: Document, pages: Sequence[Page]) -> Iterator[Imprint]:
    """Yield what the foot and the masthead of a document say, each once."""
    found = {(bare(one.part), bare(one.whole)): one for one in reversed(list(_said(document, pages)))}
    for part, whole in sorted(found):
        one = found[part, whole]
        yield Imprint(
            id=make_id("imprint", document.id, part, whole),
            document=document.id,
            part=one.part,
            whole=one.whole,
            words=one.words,
        )


def bare(name: str) -> str:
    """Return the letters of an outlet's name, without the form of its company."""
    return letters(_FORMS.sub("", name.strip(' «»"“”《》')))


def _said(document: Document, pages: Sequence[Page]) -> Iterator[House]:
    own = document.publisher
    for page in pages:
        for block in page.blocks:
            if block.role not in _FOOT:
                continue
            text = page.text[block.start : min(block.end, block.start + 600)]
            for pattern in _PARTS:
                for found in pattern.finditer(text):
                    if bare(found["part"]) and (own is None or bare(found["part"]) == bare(own)):
                        yield House(found["part"], found["whole"], found.group().strip())
            for found in _OWNERS.finditer(text) if own else ():
                name = (found["one"] or found["two"] or found["three"] or found["four"] or "").strip()
                if name and own and not (_NO_NAME.search(name) or agency(name) or _alike(name, own)):
                    yield House(own, name, found.group().strip())


def _alike(left: str, right: str) -> bool:
    first, second = bare(left), bare(right)
    return not first or not second or first in second or second in first
