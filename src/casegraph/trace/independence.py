"""Whether two origins are independent. Only a positive reason shows it; mere difference never does."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from anyascii import anyascii
from rapidfuzz import fuzz

from casegraph.model import Dependence
from casegraph.text import fold
from casegraph.trace import terms
from casegraph.trace.base import Families
from casegraph.trace.ends import SOMEBODY, End

Verdict = tuple[Dependence, str, str]
"""Value, reason code, sentence."""

_UNTOLD: Verdict = ("undetermined", "issuer-unknown", "who issued a document is not told")
_ALIKE = 70  # of 100: two family names that may be one, or of one family
_VOWELS, _DOUBLED = re.compile(r"[aeiouy]+"), re.compile(r"(.)\1+")


@dataclass
class Known:
    """What a cluster and its block tell of those who speak."""

    bonds: Mapping[str, frozenset[str]]  # party: parties tied to it
    quotes: frozenset[tuple[str, str]]  # who quotes whom, by key of a party
    parties: frozenset[str]  # of the claim itself
    tied: Mapping[frozenset[str], str]  # ends that rest on each other, by key
    certain: frozenset[str]  # keys of ends that say so without a word of doubt
    pages: Mapping[str, frozenset[str]]  # end: documents in which it speaks
    settled: frozenset[str]  # keys of ends that are not only named in copies of what others said
    derived: frozenset[frozenset[str]]  # documents of which one was derived from the other
    statement: bool  # words are what they share
    vague: bool  # words, or no more than some tie, are all that they share
    words: Mapping[str, frozenset[str]]  # end: its statements, by their letters
    witnesses: frozenset[str]  # keys of ends that say they perceived, did or kept something themselves
    heard: frozenset[str]  # of these, those whom an authority has heard
    officers: frozenset[str]  # keys of ends that a text calls by an office
    cited: Mapping[str, frozenset[str]]  # end: documents that those rest on in whose pages it speaks
    family: Callable[[End], str | None] = field(default=lambda _: None)


def family_of(end: End, families: Families) -> str | None:
    """Return the family of an outlet that is an end."""
    return families.family(end.work or end.name) or (end.outlet if end.outlet.startswith("family:") else None)


def judge(left: End, right: End, known: Known) -> Verdict:
    """Return whether two ends are independent: what speaks against it comes first."""
    return _dependent(left, right, known) or _undetermined(left, right, known) or _positive(left, right)


# -- dependent ---------------------------------------------------------------------------------------------


def _dependent(left: End, right: End, known: Known) -> Verdict | None:
    tied = known.tied.get(frozenset((left.key, right.key)))
    if tied:
        return "dependent", "copied", tied
    if any((a, b) in known.quotes or (b, a) in known.quotes for a in left.keys for b in right.keys):
        return "dependent", "quotes-the-other", "one of them passes on the other's words"
    if left.outlet and left.outlet == right.outlet:
        return "dependent", "same-outlet", "both are the word of one outlet"
    families = [known.family(end) for end in (left, right) if end.kind == "publisher"]
    if len(families) == 2 and families[0] is not None and families[0] == families[1]:
        return "dependent", "same-family", "both outlets belong to one family"
    if known.statement and SOMEBODY in {left.name, right.name} and "person" in {left.kind, right.kind}:
        return (
            "dependent",
            "same-quotation",
            "the same words; one page has a pronoun where the other has a name",
        )
    return _own_document(left, right, known) or _own_document(right, left, known)


def _own_document(speaker: End, document: End, known: Known) -> Verdict | None:
    if document.paper is None:
        return None
    if speaker.keys & document.paper.issuers:
        return "dependent", "own-document", f"{speaker.name} issued the document"
    if (
        speaker.paper is not None
        and frozenset((speaker.document or "", document.document or "")) in known.derived
    ):
        return "dependent", "derived-document", "one document was derived from the other"
    return None


# -- undetermined ------------------------------------------------------------------------------------------


def _undetermined(left: End, right: End, known: Known) -> Verdict | None:
    for end in (left, right):
        verdict = _unfit(end) or _second_hand(end, known)
        if verdict is not None:
            return verdict
    for rule, reason, words in _DOUBTS:
        if rule(left, right, known):
            return "undetermined", reason, words
    return None


def _second_hand(end: End, known: Known) -> Verdict | None:
    if end.key not in known.settled:
        return "undetermined", "named-in-a-copy", f"{end.name} is named in copies of others' words only"
    if end.key not in known.certain:
        return "undetermined", "hedged", f"{end.name} is not sure of it"
    return None


def _same_words(left: End, right: End, known: Known) -> bool:
    """Say whether two may repeat words: who tells in words of their own what they perceived does not."""
    if not known.vague or left.key == right.key:
        return False
    if not known.statement or known.words.get(left.key, frozenset()) & known.words.get(
        right.key, frozenset()
    ):
        return True
    return not any(
        one.key in known.witnesses and (other.key in known.witnesses or _official(one, other, known))
        for one, other in ((left, right), (right, left))
    )


def _official(witness: End, other: End, known: Known) -> bool:
    """Say whether somebody speaks for a body that has not heard the witness, as far as the case tells."""
    if witness.key in known.heard or witness.key in known.officers:
        return False
    return other.kind == "organisation" or other.key in known.officers or _belongs(other, known)


def _same_page(left: End, right: End, known: Known) -> bool:
    """Say whether one page brings both and does not tell where both belong, or one is the other's page."""
    for speaker, document in ((left, right), (right, left)):
        if document.paper is not None:
            return document.document in known.pages.get(speaker.key, ())
    both = known.pages.get(left.key, frozenset()) & known.pages.get(right.key, frozenset())
    return bool(both) and not (_belongs(left, known) and _belongs(right, known))


def _may_be_of_body(left: End, right: End, known: Known) -> bool:
    """Say whether somebody may speak for a public body: who is not known to belong elsewhere."""
    return any(
        body.kind == "organisation" and speaker.kind == "person" and not _belongs(speaker, known)
        for speaker, body in ((left, right), (right, left))
    )


def _belongs(end: End, known: Known) -> bool:
    return any(known.bonds.get(key) for key in end.keys)


def _mails(left: End, right: End, known: Known) -> bool:
    """Say whether a mail stands beside a paper that is no register: a house writes of its own dealings."""
    del known  # the papers alone tell
    sorts = {end.paper.sort for end in (left, right) if end.paper is not None}
    return left.paper is not None and right.paper is not None and "mail" in sorts and "register" not in sorts


def _both_parties(left: End, right: End, known: Known) -> bool:
    return bool(left.keys & known.parties and right.keys & known.parties)


def _may_rest(left: End, right: End, known: Known) -> bool:
    """Say whether a page that quotes a speaker has the document, or the speaker got it."""
    return any(
        document.paper is not None
        and (
            document.document in known.cited.get(speaker.key, ())
            or bool(speaker.keys & document.paper.readers)
        )
        for speaker, document in ((left, right), (right, left))
    )


def _unfit(end: End) -> Verdict | None:
    """Return why an end can be shown independent of nothing."""
    if end.paper is not None:
        words = f"{end.name} says what is to be done, not that it was"
        return ("undetermined", "promise", words) if end.paper.promise else None
    if end.kind == "publisher":
        return "undetermined", "own-voice", f"{end.name} does not say from where it knows"
    if end.kind == "unnamed":
        return "undetermined", "unnamed-source", f"{end.name}: who that is is not told, so it may be the same"
    if end.kind in {"document", "register"}:
        return "undetermined", "unseen-document", f"{end.name}: not in the case, so it may be the same"
    return _unsure(end)


def _unsure(end: End) -> Verdict | None:
    if end.basis:
        return "undetermined", "rests-on-others", f"{end.name} rests on {end.basis}"
    if end.schema is None or (end.kind == "person" and not terms.is_full_name(end.name)):
        return "undetermined", "unknown-speaker", f"{end.name}: who that is is not known to the case"
    body = end.schema == "PublicBody" or terms.speaks_of("bodies", end.name)
    if end.kind == "organisation" and not body:
        return "undetermined", "organisation", f"{end.name} does not say who of it knows, and from where"
    return None


def _linked(left: End, right: End, known: Known) -> bool:
    ones, others = _sides(left), _sides(right)
    near = frozenset[str]().union(*(known.bonds.get(key, frozenset()) for key in ones))
    far = frozenset[str]().union(*(known.bonds.get(key, frozenset()) for key in others))
    return bool(ones & others or near & others or far & ones or near & far)


def _sides(end: End) -> frozenset[str]:
    return end.keys if end.paper is None else end.paper.issuers


def _names_alike(left: End, right: End, known: Known) -> bool:
    del known  # names alone tell
    if left.paper is not None or right.paper is not None:
        return False
    if terms.is_han(left.name) != terms.is_han(right.name):
        return True
    if terms.is_han(left.name):
        return left.name[:1] == right.name[:1] or fuzz.ratio(left.name, right.name) >= _ALIKE
    ones, others = _parts(left.name), _parts(right.name)
    return any(_like(one, other) for one in ones for other in others)


def _like(one: str, other: str) -> bool:
    """Compare two parts of names by letters, and by what vowels leave of them (Sayed, Said)."""
    if one == other or min(len(one), len(other)) <= 2:
        return one == other
    bare = [_DOUBLED.sub(r"\1", _VOWELS.sub("", part)) for part in (one, other)]
    return fuzz.ratio(one, other) >= _ALIKE or (bare[0] == bare[1] and len(bare[0]) >= 3)


def _parts(name: str) -> list[str]:
    return [word for word in terms.words_of(anyascii(fold(name))) if len(word) > 1]


_DOUBTS: tuple[tuple[Callable[[End, End, Known], bool], str, str], ...] = (
    (_same_words, "same-words", "who says the same words, or tells of some tie only, may repeat it"),
    (_linked, "linked", "a claim of the case ties them, or both to a third"),
    (_names_alike, "names-alike", "their names are so alike that they may be one, or kin"),
    (_both_parties, "both-parties", "both are parties to what is claimed"),
    (_may_rest, "may-rest-on-document", "who quotes the one, or is it, has the other as well"),
    (_mails, "one-house", "letters and papers may come out of one house"),
    (_same_page, "same-page", "one page has both, and where they belong is not told"),
    (_may_be_of_body, "may-speak-for-it", "one may belong to the other"),
)


# -- independent -------------------------------------------------------------------------------------------


def _positive(left: End, right: End) -> Verdict:
    papers = [end for end in (left, right) if end.paper is not None]
    if len(papers) == 2:
        one, other = (end.paper.issuers for end in papers if end.paper is not None)
        if one and other:
            return "independent", "first-hand-documents", "two documents at first hand, of different issuers"
        return _UNTOLD
    kinds = {end.kind for end in (left, right) if end.paper is None}
    if papers and papers[0].paper is not None and not papers[0].paper.issuers:
        return _UNTOLD
    if papers:
        return "independent", "witness-and-document", "somebody named and a document at first hand"
    if "person" in kinds:
        return "independent", "named-witnesses", "two who are named, with nothing that ties them"
    return "undetermined", "two-bodies", "public bodies may have told each other"
