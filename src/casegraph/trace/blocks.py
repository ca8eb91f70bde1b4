"""Where kin meet, and which of those that meet may be kin."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from casegraph.model import Document, Fingerprint
from casegraph.trace import sketch, vectors
from casegraph.trace.base import Kin
from casegraph.trace.marks import pair_keys, weight
from casegraph.trace.words import Flags

Matrix = npt.NDArray[np.float32]
Member = tuple[Fingerprint, Document]

CROWD = 8
"""Documents of a block from which on what most of them have is common. In a smaller one pairs stand alone."""

LARGE, SAMPLE = 256, 32
"""Documents of a block above which a sample of so many tells if it brings kin together: see `is_common`."""

_WINDOW = 64  # documents of a block that are compared each with each
_STEP = 32
_NEAREST = 4  # of a document in a large block: as many as hold a story together
_BANDS, _BITS = 16, 6
_SINGLE = 8  # rarest marks that are keys by themselves
_LEAST_SHARED = 3  # sampled n-grams
_LEAST_CONTAINED = 0.06
_RELATED = 0.25  # share of a sample below which what all of a large block have is common
_APART, _HOLDERS = 0.5, 32  # share of the shorter text below which two are no prints; so many are looked at
_MANY_FACTS = 10.0  # weight of figures, days and names that both have
_NAME = 0.3  # what a name weighs here: all that is written on one matter has the same ones
_ALIKE, _NEAR = 0.4, 0.3  # cosines: of sentences, of the means of whole texts
_FACT, _MOST_FACTS = 0.01, 12.0  # what a fact is worth beside a cosine; as much weight of facts as counts
_QUERY = re.compile(r"[?#].*$")


def keys(fingerprint: Fingerprint, document: Document) -> Iterator[str]:
    """Yield the blocks in which a document meets its kin.

    `s:` a sampled n-gram, `q:` a quotation, `t:` two figures, days or names, `m:` a rare one, `v:` alike
    in meaning and of about the same day, `u:` the same address.
    """
    for value in sketch.key_hashes(fingerprint.sketch, fingerprint.words):
        yield f"s:{int(value):08x}"
    yield from (mark for mark in fingerprint.marks if mark[0] == "q")
    yield from pair_keys(fingerprint.marks)
    rare = [one for one in fingerprint.marks if one[0] in "nid"]
    rare.sort(key=lambda one: (-weight(one), one))
    yield from (f"m:{one}" for one in rare[:_SINGLE])
    if fingerprint.vectors:
        yield from _vector_keys(fingerprint, document)
    if document.url and "/" in (url := address(document.url)):  # many pages give their site's front page
        yield f"u:{url}"


def address(url: str) -> str:
    """Return an address as two links to one page have it."""
    bare = _QUERY.sub("", url) if re.search(r"utm_|fbclid|#", url) else url
    return re.sub(r"^https?://(?:www\.|m\.|amp\.)?", "", bare.strip()).rstrip("/").casefold()


@functools.cache
def _planes() -> Matrix:
    """Return the fixed hyperplanes of sign random projection (Charikar 2002)."""
    drawn = np.random.default_rng(20241103).standard_normal((vectors.WIDTH, _BANDS * _BITS))
    return drawn.astype(np.float32)


def _code(fingerprint: Fingerprint) -> Flags:
    middle = vectors.opening(fingerprint.vectors).mean(axis=0)
    signs: Flags = (middle @ _planes()) > 0
    return signs


def _weeks(document: Document) -> list[str]:
    """Return two weeks, so that days less than a week apart have one in common; "-" where no day is told."""
    start = document.published.start if document.published else None
    try:
        week = dt.date.fromisoformat((start or "")[:10]).toordinal() // 7
    except ValueError:
        return ["-"]
    return [str(week), str(week + 1)]


def _vector_keys(fingerprint: Fingerprint, document: Document) -> Iterator[str]:
    bits = np.packbits(_code(fingerprint).reshape(_BANDS, _BITS), axis=1)[:, 0]
    for week in _weeks(document):
        for band, value in enumerate(bits):
            yield f"v:{week}:{band}:{int(value):02x}"


def kin(key: str, block: Sequence[Member]) -> Iterator[Kin]:
    """Yield the pairs of a block that may be kin, each once, in linear time of its size.

    A large block is put in order, so that those that share more than its key stand together; each is compared
    with its neighbours and with the longest of all. What most of a large block has makes nobody kin, and in
    one above `LARGE` whose key is common nobody is looked for.
    """
    members = {fingerprint.document: (fingerprint, document) for fingerprint, document in block}
    if len(members) < 2:
        return
    ordered = [members[name] for name in sorted(members)]
    if is_large(key, len(ordered)) and is_common(key, ordered[:SAMPLE]):
        return
    seen: set[tuple[str, str]] = set()
    notices = _notices(key, ordered)
    for window in _windows(key, ordered):
        for one in _pairs(key, window, notices):
            if (one.left, one.right) not in seen:
                seen.add((one.left, one.right))
                yield one


def is_large(key: str, documents: int) -> bool:
    """Tell whether a block of so many documents is looked at only if its key is not common.

    Keys of addresses and of meaning are not asked: what they stand for is no part of a text.
    """
    return documents > LARGE and key[0] not in "uv"


def is_common(key: str, sample: Sequence[Member]) -> bool:
    """Tell by those with the least ids whether a block's documents have little in common but its key.

    Then it is furniture, a notice, a turn of speech or a round figure, and kin in it meet by what they share
    beside it. As ids are digests of bytes they are drawn by chance; one document more seldom changes them.
    """
    if key.startswith("s:"):
        rows = [sketch.unpack(one.sketch) for one, _ in sample]
    else:
        told, own = _Vocabulary(), {key[2:], *key[2:].split("|")}
        rows = [told.numbers(mark for mark in one.marks if mark not in own) for one, _ in sample]
    return _contained(rows) < _RELATED


def _notices(key: str, members: Sequence[Member]) -> sketch.Sketch | None:
    """Return the n-grams of a large block that documents share which else have little in common; None: small.

    In a block of all that have some form of words, those of one outlet share its name in it too, though they
    are less than half of a window. Were they kin, chains of them would tie all stories of the case together.
    """
    if len(members) <= _WINDOW:
        return None
    if not key.startswith("s:"):
        return np.zeros(0, dtype=np.uint32)
    rows = [sketch.unpack(fingerprint.sketch) for fingerprint, _ in members]
    every = np.concatenate(rows)
    owner = np.repeat(np.arange(len(rows)), [len(row) for row in rows])[np.argsort(every, kind="stable")]
    values, starts, counts = np.unique(np.sort(every), return_index=True, return_counts=True)
    many = counts * (len(rows) / _reached([row[-1] for row in rows if len(row)], values)) >= CROWD
    return np.array(
        [
            value
            for value, start, count in zip(
                values[many], starts[many].tolist(), counts[many].tolist(), strict=True
            )
            if count > 1 and _apart([rows[one] for one in owner[start : start + min(count, _HOLDERS)]])
        ],
        dtype=np.uint32,
    )


def _apart(rows: Sequence[sketch.Sketch]) -> bool:
    """Tell whether texts share less than half of the shorter one, on average."""
    return _contained(rows) < _APART


def _contained(rows: Sequence[sketch.Sketch]) -> float:
    """Return how much of the shorter one two texts share, on average."""
    matrix = _incidence(rows)
    sizes = np.maximum(matrix.sum(axis=1), 1.0)
    contained = (matrix @ matrix.T) / np.minimum(sizes[:, None], sizes[None, :])
    return float(contained.sum() - len(rows)) / max(len(rows) * (len(rows) - 1), 1)


def _windows(key: str, members: list[Member]) -> Iterator[list[Member]]:
    if len(members) <= _WINDOW:
        yield members
        return
    ordered = sorted(members, key=lambda one: (_order(key, one[0]), one[0].document))
    for start in range(0, len(ordered) - _STEP, _STEP):
        yield ordered[start : start + _WINDOW]
    hubs = sorted(members, key=lambda one: (-one[0].words, one[0].document))[:2]
    for start in range(0, len(ordered), _WINDOW):
        part = [one for one in ordered[start : start + _WINDOW] if one not in hubs]
        yield [*hubs, *part]


def _order(key: str, fingerprint: Fingerprint) -> bytes:
    """Return what sorts kin together: n-grams above the key's, or what the text means."""
    if key.startswith("s:"):
        hashes = sketch.unpack(fingerprint.sketch)
        after = hashes[np.searchsorted(hashes, int(f"0x{key[2:]}", 0), "right") :][:8]
        return after.astype(">u4").tobytes()
    if fingerprint.vectors:
        return np.packbits(_code(fingerprint)).tobytes()
    return "|".join(fingerprint.marks[:8]).encode()


def _pairs(key: str, window: Sequence[Member], notices: sketch.Sketch | None) -> Iterator[Kin]:
    """Yield the kin of a window, by the evidence that the key stands for; of a large block see `_notices`."""
    prints = [one for one, _ in window]
    if key.startswith("u:"):
        scores = np.ones((len(window), len(window)), dtype=np.float32)
    elif key.startswith("s:"):
        scores = _shared_texts(prints, notices)
    else:
        scores = _sensed(_senses(prints), _shared_marks(prints))
    if notices is not None:
        scores = _nearest(scores)
    scores = np.triu(scores, 1)
    for left, right in np.argwhere(scores > 0):
        first, second = sorted((prints[left].document, prints[right].document))
        yield Kin(first, second, round(float(scores[left, right]), 4))


def _nearest(scores: Matrix) -> Matrix:
    """Return the scores of each one's nearest few and of the two that stand first, 0 for the others."""
    own = scores * (1 - np.eye(len(scores), dtype=np.float32))
    least = np.sort(own, axis=1)[:, -min(_NEAREST, len(own)) :][:, :1]
    kept = (own >= least) | (own >= least).T
    kept[:2] = kept[:, :2] = True
    return np.where(kept, own, 0.0).astype(np.float32)


def _sensed(alike: Matrix, facts: Matrix) -> Matrix:
    """Return scores for texts that mean much the same, the less so the more of the same facts they tell.

    Of 313 copies in made stories 306 reach it, and of 40,000 pairs of two stories 2; of those that had to be
    alike by .45, or by .38 with three facts in common, it were 290 and none.
    """
    meant = alike + _FACT * np.minimum(facts, _MOST_FACTS)
    told = (alike < 0) & (facts >= _MANY_FACTS)  # no encoder knows one of the languages
    found = np.where((alike > 0) & (meant >= _ALIKE), meant, np.where(told, facts / (2 * _MANY_FACTS), 0.0))
    scores: Matrix = found.clip(0, 1).astype(np.float32)
    return scores


class _Vocabulary(dict[str, int]):
    """Numbers for marks, in the order in which they come."""

    def numbers(self, marks: Iterable[str]) -> npt.NDArray[np.uint32]:
        """Return the numbers of some marks."""
        return np.array([self.setdefault(mark, len(self)) for mark in marks], dtype=np.uint32)


def _incidence(rows: Sequence[npt.NDArray[np.uint32]]) -> Matrix:
    """Return documents by distinct values, 1 where a document has the value."""
    lengths = [len(row) for row in rows]
    _, inverse = np.unique(np.concatenate(rows) if rows else np.zeros(0), return_inverse=True)
    matrix = np.zeros((len(rows), int(inverse.max(initial=-1)) + 1), dtype=np.float32)
    matrix[np.repeat(np.arange(len(rows)), lengths), inverse] = 1.0
    return matrix


def _shared_texts(prints: Sequence[Fingerprint], notices: sketch.Sketch | None) -> Matrix:
    """Return for each pair how much of the shorter text stands in the other; 0: too little, or common."""
    rows = [sketch.unpack(one.sketch) for one in prints]
    matrix = _incidence(rows)
    if not matrix.shape[1]:
        return np.zeros((len(rows), len(rows)), dtype=np.float32)
    sizes = matrix.sum(axis=1)
    shared = matrix @ matrix.T
    fewest = np.minimum(sizes[:, None], sizes[None, :])
    ends = np.array([row[-1] if len(row) else 0 for row in rows], dtype=np.float64)
    reach = np.minimum(ends[:, None], ends[None, :]) / np.maximum(ends[:, None], 1.0)
    fewest = np.maximum(
        np.minimum(fewest, np.minimum(sizes[:, None] * reach, (sizes[:, None] * reach).T)), 1.0
    )
    contained = np.minimum(shared / fewest, 1.0)
    kept = (shared >= _LEAST_SHARED) & (contained >= _LEAST_CONTAINED)
    if len(rows) >= CROWD:
        kept &= _uncommon(matrix, shared, ends, prints, notices)
    return np.where(kept, contained, 0.0).astype(np.float32)


def _uncommon(
    matrix: Matrix,
    shared: Matrix,
    ends: npt.NDArray[np.float64],
    prints: Sequence[Fingerprint],
    notices: sketch.Sketch | None,
) -> Flags:
    """Tell which pairs share more than what most of a crowd has: a template, a signature, a legal notice.

    Where nearly all of both texts is common, they are copies if they tell the same figures and names, and
    filled forms if they do not.
    """
    values = np.unique(np.concatenate([sketch.unpack(one.sketch) for one in prints]))
    common = matrix.sum(axis=0) >= 0.5 * _reached(ends, values)
    if notices is not None:
        common |= np.isin(values, notices)
    apart = matrix[:, ~common]
    beyond = apart @ apart.T
    sizes = matrix.sum(axis=1)
    rest = apart.sum(axis=1)
    own = np.minimum(rest[:, None], rest[None, :])
    alike = beyond >= np.maximum(2.0, 0.05 * own)
    mostly = (shared / np.maximum(np.minimum(sizes[:, None], sizes[None, :]), 1)) >= 0.6
    kept: Flags = alike | (mostly & _same_particulars(prints))
    return kept


def _reached(ends: Sequence[float] | npt.NDArray[np.float64], values: sketch.Sketch) -> npt.NDArray[np.int64]:
    """Return how many sketches reach to each value: short texts hold higher hashes than long ones."""
    return np.asarray(len(ends) - np.searchsorted(np.sort(np.asarray(ends)), values), dtype=np.int64)


def _same_particulars(prints: Sequence[Fingerprint]) -> Flags:
    """Tell which pairs have most of the lesser one's figures, days and names in common."""
    told = _Vocabulary()
    rows = [told.numbers(mark for mark in one.marks if mark[0] != "q") for one in prints]
    matrix = _incidence(rows)
    counts = matrix.sum(axis=1)
    fewest = np.minimum(counts[:, None], counts[None, :])
    same: Flags = (matrix @ matrix.T) >= 0.7 * fewest
    return same


def _shared_marks(prints: Sequence[Fingerprint]) -> Matrix:
    """Return for each pair the weight of the marks that both have, but not most of a crowd."""
    vocabulary = _Vocabulary()
    rows = [vocabulary.numbers(one.marks) for one in prints]
    if not vocabulary:
        return np.zeros((len(rows), len(rows)), dtype=np.float32)
    matrix = np.zeros((len(rows), len(vocabulary)), dtype=np.float32)
    for place, row in enumerate(rows):
        matrix[place, row] = 1.0
    weights = np.array([_NAME if mark[0] == "w" else weight(mark) for mark in vocabulary], dtype=np.float32)
    if len(rows) >= _WINDOW // 2:
        weights[matrix.mean(axis=0) >= 0.5] = 0.0
    shared: Matrix = ((matrix * weights) @ matrix.T).astype(np.float32)
    return shared


def _senses(prints: Sequence[Fingerprint]) -> Matrix:
    """Return for each pair how alike they are in meaning; -1 where there are no vectors.

    It is the mean of the best matches of the shorter one's sentences.
    """
    found = np.full((len(prints), len(prints)), -1.0, dtype=np.float32)
    held = [place for place, one in enumerate(prints) if one.vectors]
    if len(held) < 2:
        return found
    rows = [vectors.opening(prints[place].vectors) for place in held]
    middles = np.stack(
        [row.mean(axis=0) / max(float(np.linalg.norm(row.mean(axis=0))), 1e-9) for row in rows]
    )
    near = np.argwhere(np.triu(middles @ middles.T >= _NEAR, 1))
    found[np.ix_(held, held)] = 0.0
    for left, right in near:
        short, long = sorted((rows[left], rows[right]), key=len)
        found[held[left], held[right]] = (short @ long.T).max(axis=1).mean()
    return np.maximum(found, found.T)
