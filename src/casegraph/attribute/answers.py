"""Claims that a language model read on a page, kept where all their words stand in the passage.

The model says which words are a quote, a speaker, a role; places, names and values are looked up here. A date
or a sum is what `extract` makes of the words, never what the model makes of them. Who publishes, who quotes
whom in a mail, and whether words stand in quotation marks, is told as for the claims of rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from casegraph.attribute.assemble import Assembly
from casegraph.attribute.base import Filler, Reading, Roles, Said, Span, Speaker
from casegraph.attribute.chain import Chains
from casegraph.model import (
    ROLES,
    Answer,
    Attribution,
    Claim,
    ClaimDate,
    ClaimRead,
    Count,
    MadeBy,
    Mention,
    Page,
    Parsed,
    PassageRead,
    Place,
    Problem,
    Qualifiers,
    Target,
)
from casegraph.text import find_words, fold_blanks

VERSION = 1
"""Of the claims that are made of answers."""

EXTRACTOR = "attribute.answers"
_SCORE = 0.5  # nobody has measured the model that the user took
_MANY = frozenset({"participants"})  # roles that hold a list

NOT_THERE = "words that are not in the page"
NO_ROLE = "a role that its kind has not, or none"


class _RefusedError(Exception):
    """A claim is not to be kept; the message says why, in words that can be counted."""


def find_answered_claims(
    unit: Parsed, made: Sequence[Claim], seen: Counter[str]
) -> Iterator[Claim | Problem]:
    """Yield the claims of all answers that rules have not made already, and how many were refused.

    `made` are the claims of rules, `seen` counts words across the document for the ids.
    """
    pages = {page.number: page for page in unit.pages}
    known = list(made)
    for answer in unit.answers:
        page = pages.get(answer.page)
        if page is None or answer.failure or not answer.fits(page.text):
            continue  # `extract` tells of it
        try:
            read = msgspec.json.decode(answer.body, type=PassageRead)
        except (msgspec.DecodeError, UnicodeError):
            continue  # `extract` tells of it
        maker = MadeBy(
            extractor=EXTRACTOR, version=VERSION, score=_SCORE, model=answer.model, prompt=answer.prompt
        )
        chains = Chains(unit.document, page)
        mentions = [one for one in unit.mentions if one.target.page == page.number]
        passage = _Passage(page, mentions, answer, chains, Assembly(page, chains, maker, seen))
        refused: Counter[str] = Counter()
        for one in read.claims:
            try:
                claim = passage.claim(one)
            except _RefusedError as error:
                refused[str(error)] += 1
                continue
            if not any(_same(claim, other) for other in known):
                known.append(claim)
                yield claim
        if refused:
            yield _lost(unit, answer, refused, len(read.claims))


def _lost(unit: Parsed, answer: Answer, refused: Counter[str], total: int) -> Problem:
    why = "; ".join(f"{count} for {words}" for words, count in sorted(refused.items()))
    return Problem(
        code="attribute.answer-not-in-page",
        subject=unit.document.id,
        detail=f"page {answer.page}, characters {answer.start} to {answer.end}, {answer.made_with}:"
        f" {refused.total()} of {total} claims were refused, {why}",
    )


@dataclass(frozen=True, slots=True)
class _Passage:
    """Looks up the words of an answer's claims in its passage."""

    page: Page
    mentions: list[Mention]
    answer: Answer
    chains: Chains
    assembly: Assembly

    def claim(self, read: ClaimRead) -> Claim:
        """Return the claim; raises _RefusedError where some of its words are not in the passage."""
        quote = self._find(read.quote, self.answer.start, self.answer.end)
        content = self._find(read.content, *quote) if read.content else quote
        hedges = tuple(self._words(self._find(one, *quote)) for one in dict.fromkeys(read.hedges))
        reading = Reading(
            read.kind, read.stance, read.polarity, hedges, score=_SCORE,
            roles=self._roles(read, quote), qualifiers=self._qualifiers(read, quote),
        )  # fmt: skip
        return self.assembly.claim(reading, self._links(read, quote, content), [content], [quote])

    def _words(self, span: Span) -> str:
        return fold_blanks(self.page.text[slice(*span)])

    def _find(self, words: str, start: int, end: int) -> Span:
        found = find_words(self.page.text, words, start, end)
        if found is None:
            raise _RefusedError(NOT_THERE)
        return found

    def _near(self, words: str, quote: Span) -> Span:
        """Return where the words stand: in the quote, else in its passage, where a pronoun may look back."""
        found = find_words(self.page.text, words, *quote)
        return found if found is not None else self._find(words, self.answer.start, self.answer.end)

    def _named(self, span: Span, kind: str = "name") -> Mention | None:
        """Return the widest mention of a kind within a span, or the one that holds it."""
        held = [
            one
            for one in self.mentions
            if one.kind == kind and one.target.start < span[1] and span[0] < one.target.end
        ]
        return max(held, key=lambda one: one.target.end - one.target.start, default=None)

    def _roles(self, read: ClaimRead, quote: Span) -> Roles:
        """Return the roles of the kind, those that the model left out empty."""
        roles: Roles = dict.fromkeys(ROLES[read.kind])
        many: list[Filler] = []
        for role in read.roles:
            if role.role not in roles or roles[role.role] is not None:
                raise _RefusedError(NO_ROLE)
            filler = self._filler(self._near(role.words, quote))
            if role.role in _MANY:
                many.append(filler)
            else:
                roles[role.role] = filler
        if many:
            roles["participants"] = tuple(many)
        if roles and not any(roles.values()):
            raise _RefusedError(NO_ROLE)
        return roles

    def _filler(self, span: Span) -> Filler:
        mention = self._named(span)
        exact = mention is not None and (mention.target.start, mention.target.end) == span
        if mention is None or not exact:
            return Filler(*span, self._words(span))
        return Filler(*span, self._words(span), mention.schema, mention.id)

    def _links(self, read: ClaimRead, quote: Span, content: Span) -> tuple[Attribution, ...]:
        if read.speaker is None:
            return self.chains.own_voice(quote[0])
        source = self._near(read.speaker, quote)
        cue = self._near(read.cue, quote) if read.cue else None
        mention = self._named(source)
        speaker = Speaker(
            self._words(source), mention.id if mention else None, unnamed=mention is None,
            count=Count(minimum=1, maximum=1) if mention else None,
        )  # fmt: skip
        said = Said(source, cue, [content], read.stance, "answer", speaker, shown=source)
        return self.chains.links([said])

    def _qualifiers(self, read: ClaimRead, quote: Span) -> Qualifiers:
        targets: list[Target] = []
        asked = {"date": read.date, "place": read.place, "amount": read.amount, "quantity": read.quantity}
        spans = {kind: self._near(words, quote) for kind, words in asked.items() if words}
        amount = self._named(spans["amount"], "amount") if "amount" in spans else None
        quantity = self._named(spans["quantity"], "quantity") if "quantity" in spans else None
        targets += [one.target for one in (amount, quantity) if one is not None]
        return Qualifiers(
            dates=(self._date(spans["date"]),) if "date" in spans else (),
            places=(self._place(spans["place"]),) if "place" in spans else (),
            amount=amount.amount if amount else None,
            quantity=quantity.quantity if quantity else None,
            targets=tuple(targets),
        )

    def _date(self, span: Span) -> ClaimDate:
        mention = self._named(span, "date")
        known = mention.date if mention is not None else None
        return ClaimDate(
            start=known.start if known else None, end=known.end if known else None,
            text=self._words(span), target=self.page.target(*span),
        )  # fmt: skip

    def _place(self, span: Span) -> Place:
        mention = self._named(span)
        country = mention.country if mention is not None else None
        return Place(name=self._words(span), country=country, target=self.page.target(*span))


def _same(one: Claim, other: Claim) -> bool:
    """Say whether a claim is known: of one kind and sense, in the same words, by a speaker in the same place.

    Every role that it fills must be filled there from the same words. What another model read is known, too.
    """
    if (one.kind, one.polarity) != (other.kind, other.polarity):
        return False
    if not _meet(one.content_target, other.content_target):
        return False
    speakers = [claim.attribution[0].speaker_target for claim in (one, other)]
    if speakers[0] is not None and (speakers[1] is None or not _meet(speakers[0], speakers[1])):
        return False
    return all(
        filled is None or any(_meet(mine, theirs) for mine in _places(filled) for theirs in _places(held))
        for filled, held in ((filled, other.roles.get(role)) for role, filled in one.roles.items())
    )


def _places(filled: object) -> list[Target]:
    parties = filled if isinstance(filled, tuple) else (filled,)
    return [party.target for party in parties if party is not None]


def _meet(one: Target, other: Target) -> bool:
    return one.page == other.page and one.start < other.end and other.start < one.end
