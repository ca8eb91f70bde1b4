"""Words that a user looks for in names and texts."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from casegraph.errors import UsageError
from casegraph.model import Entity
from casegraph.text import fold

_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_FULL = 4  # characters from which an unspaced name is more than a word that others share
_WORD = r"\pL\pN_"  # RE2's way to write what \w means in Python


class Phrase:
    """Words to look for: caseless, without accents, at word boundaries (Chinese and Japanese have none).

    Of several phrases one is enough. A star behind the last letter stands for the rest of a word.
    """

    def __init__(self, *phrases: str) -> None:
        self._parts: list[tuple[bool, str, bool]] = []  # bounded before, the words, bounded behind
        self._plain: list[str] = []
        for words in phrases:
            folded = fold(words.strip().rstrip("*"))
            if not folded:
                raise UsageError("there is nothing to look for: give at least one letter")
            self._plain.append(folded)
            before, after = (not _UNSPACED.match(folded[at]) for at in (0, -1))
            self._parts.append((before, re.escape(folded), after and not words.rstrip().endswith("*")))
        self._pattern = re.compile(
            "|".join(
                (r"(?<!\w)" if before else "") + words + (r"(?!\w)" if after else "")
                for before, words, after in self._parts
            )
        )

    def within(self, *texts: str) -> bool:
        """Say whether any of the texts holds the words."""
        return any(self._pattern.search(fold(text)) is not None for text in texts)

    def names(self, entity: Entity) -> bool:
        """Say whether the words are in any name of an entity."""
        return self.within(*entity.names, *entity.emails)

    def mask(self, folded: pa.Array | pa.ChunkedArray) -> pa.Array:
        """Return for each folded text whether it holds the words; RE2 has no look-around.

        The letters alone are looked for first: that takes a tenth of the time, and few texts have them.
        """
        some = np.zeros(len(folded), bool)
        for plain in self._plain:
            found = pc.fill_null(pc.match_substring(folded, pattern=plain), fill_value=False)
            some |= _flags(found)
        places = np.flatnonzero(some)
        if not len(places):
            return pa.array(some)
        pattern = "|".join(
            (rf"(?:^|[^{_WORD}])" if before else "") + words + (rf"(?:$|[^{_WORD}])" if after else "")
            for before, words, after in self._parts
        )
        whole = pc.match_substring_regex(folded.take(pa.array(places)), pattern=pattern)
        some[places] = _flags(whole)
        return pa.array(some)


def _flags(found: pa.Array | pa.ChunkedArray) -> npt.NDArray[np.bool_]:
    whole = found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
    return np.asarray(whole.to_numpy(zero_copy_only=False), dtype=bool)


def is_full(name: str) -> bool:
    """Say whether a name is more than one word, or a word that others hardly share."""
    return " " in name or (_UNSPACED.match(name) is not None and len(name) >= _FULL)


def claims_naming(
    rows: pa.Table, part: str, phrase: Phrase | None, mentions: pa.Array, names: Sequence[str] = ()
) -> pa.Table:
    """Return the names in a part of a claim that hold the phrase or come from one of the mentions.

    A name counts, too, when it is one of `names`, folded, as a whole: one of several words whatever it comes
    from, a single word ("House") only where it comes from no mention.
    """
    hit = pc.is_in(rows.column("mention"), value_set=mentions)
    if phrase is not None:
        hit = pc.or_(hit, phrase.mask(rows.column("name")))
    if names:
        whole = pc.is_in(rows.column("name"), value_set=pa.array(names, type=pa.string()))
        full = pa.array([name for name in names if is_full(name)], type=pa.string())
        loose = pc.or_(pc.is_null(rows.column("mention")), pc.is_in(rows.column("name"), value_set=full))
        hit = pc.or_(hit, pc.and_(whole, loose))
    return rows.filter(pc.and_(hit, pc.equal(rows.column("part"), part)))
