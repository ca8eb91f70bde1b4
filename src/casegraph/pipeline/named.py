"""Who a claim names, one row a name: so that claims are found by a name without opening each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from casegraph.errors import UsageError
from casegraph.model import Claim, Entity, Record
from casegraph.pipeline.check import parties
from casegraph.text import fold

ABOUT, SAID_BY = "about", "said-by"

_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_WORD = r"\pL\pN_"  # RE2's way to write what \w means in Python


class Named(Record, frozen=True, kw_only=True):
    """A name in a claim, folded, and the mention that it comes from. `part`: in a role, or of a speaker."""

    claim: str
    part: str
    name: str
    mention: str | None


def named(claim: Claim) -> Iterator[Named]:
    """Yield the names of a claim's parties and speakers, each as given and as it stands in the page."""
    for party in parties(claim):
        for name in sorted({fold(party.name), fold(party.target.exact)}):
            yield Named(claim=claim.id, part=ABOUT, name=name, mention=party.mention)
    for link in claim.attribution:
        words = {link.speaker or "", link.speaker_target.exact if link.speaker_target else ""}
        for name in sorted({fold(word) for word in words if word}):
            yield Named(claim=claim.id, part=SAID_BY, name=name, mention=link.mention)


class Phrase:
    """Words to look for: caseless, without accents, at word boundaries (Chinese and Japanese have none)."""

    def __init__(self, words: str) -> None:
        folded = fold(words)
        if not folded:
            raise UsageError("there is nothing to look for: give at least one letter")
        self._before, self._after = (not _UNSPACED.match(folded[at]) for at in (0, -1))
        self._words = re.escape(folded)
        before, after = r"(?<!\w)" if self._before else "", r"(?!\w)" if self._after else ""
        self._pattern = re.compile(before + self._words + after)

    def within(self, *texts: str) -> bool:
        """Say whether any of the texts holds the words."""
        return any(self._pattern.search(fold(text)) is not None for text in texts)

    def names(self, entity: Entity) -> bool:
        """Say whether the words are in any name of an entity."""
        return self.within(*entity.names)

    def mask(self, folded: pa.ChunkedArray) -> pa.ChunkedArray:
        """Return for each folded text whether it holds the words; RE2 has no look-around."""
        before = rf"(?:^|[^{_WORD}])" if self._before else ""
        after = rf"(?:$|[^{_WORD}])" if self._after else ""
        return pc.match_substring_regex(folded, pattern=before + self._words + after)


def claims_naming(rows: pa.Table, part: str, phrase: Phrase | None, mentions: pa.Array) -> pa.Table:
    """Return the names in a part of a claim that hold the phrase or come from one of the mentions."""
    hit = pc.is_in(rows.column("mention"), value_set=mentions)
    if phrase is not None:
        hit = pc.or_(hit, phrase.mask(rows.column("name")))
    return rows.filter(pc.and_(hit, pc.equal(rows.column("part"), part)))
