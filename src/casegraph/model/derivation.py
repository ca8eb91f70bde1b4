"""Who took what from whom: derivations between documents (PROV-O), and what shows them."""

from __future__ import annotations

from typing import Literal

from casegraph.model.base import Record
from casegraph.model.text import Target

Relation = Literal["was_quoted_from", "was_derived_from", "had_primary_source", "was_revision_of"]
"""Of PROV-O: repeats words; was made out of; rests on, at first hand; is a later state of the same."""

Strength = Literal["same-text", "reprint", "rewrite", "translation", "quotation", "revision", "cited"]
"""How much was taken: all words; most, with cuts and additions; the matter in other words; the matter in
another language; a passage; the same page at another time; nothing but the name of the source."""

Direction = Literal["shown", "likely", "unknown"]
"""Whether it is sure which was first. Unknown: one is derived from the other, or both from a third."""

CreditKind = Literal[
    "agency-tag", "dateline", "byline", "sentence", "link", "canonical", "syndication", "footer"
]
"""Where a document names what it was made from."""


class Sign(Record, frozen=True, kw_only=True):
    """One thing that speaks for a finding, or against it, in words that a reader follows."""

    feature: str  # which kind of sign
    weight: float  # how far it moved the score, log odds; negative: against
    words: str  # a sentence
    targets: tuple[Target, ...] = ()  # where it stands, if it stands somewhere


class Credit(Record, frozen=True, kw_only=True):
    """A document names the outlet or the work that it took something from."""

    id: str  # made from document, kind and words
    document: str  # that names it
    kind: CreditKind  # where
    name: str | None = None  # outlet or agency, as written and folded
    url: str | None = None  # of the work
    whole: bool = False  # stands for the whole text, not for a sentence of it
    target: Target | None = None  # where it stands; None: in the metadata


class Imprint(Record, frozen=True, kw_only=True):
    """A document says, in its foot or masthead, to whom an outlet belongs."""

    id: str  # made from document, part and whole
    document: str  # that says so
    part: str  # the outlet, as written
    whole: str  # whose it is, as written
    words: str  # in which words


class Fingerprint(Record, frozen=True, kw_only=True):
    """By what a document's kin are found without reading it again. Furniture is left out."""

    document: str  # whose
    language: str | None  # ISO 639-1, of most of it
    words: int  # of the story; a Han sign counts as one
    sketch: bytes  # MinHash of its word n-grams, 32-bit little-endian numbers
    marks: tuple[str, ...] = ()  # quotations, numbers with names: what rewrites and translations keep; sorted
    vectors: bytes = b""  # of title, lead and passages, signed bytes; empty: no encoder knows the language


class Passage(Record, frozen=True, kw_only=True):
    """Words of one document that stand in another, or say the same there."""

    target: Target  # in the document that took them
    source: Target | None = None  # where they come from
    similarity: float  # 0 to 1; 1: the same words


class Derivation(Record, frozen=True, kw_only=True):
    """One document was made from another, or from a work that is not in the case.

    Where the direction is `unknown`, the two are kin and `source` is only the other of them. Documents that
    are kin to each other, through others too, share the id of their `story`.
    """

    id: str  # made from document, source and relation
    document: str  # that was derived
    source: str | None  # id of the document it was derived from; None: not in the case
    work: str | None = None  # the outlet or work that it names, where that is not in the case
    url: str | None = None  # of that work
    relation: Relation
    strength: Strength
    share: float  # 0 to 1: how much of the document comes from the source
    direction: Direction
    score: float  # 0 to 1: probability that there is a derivation
    story: str  # id of the group of kin
    signs: tuple[Sign, ...] = ()  # of kinship and of direction, strongest first
    passages: tuple[Passage, ...] = ()  # in the order of the document
