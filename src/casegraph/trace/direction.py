"""Which of two kin was first, and what shows it."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casegraph.model import Credit, Direction, Sign
from casegraph.text import fold
from casegraph.trace.alike import script
from casegraph.trace.blocks import address
from casegraph.trace.compared import Pair
from casegraph.trace.credits import host
from casegraph.trace.families import Families
from casegraph.trace.held import Held
from casegraph.trace.moments import before, gap, impossible, moment, state
from casegraph.trace.outlets import agency, is_han, nouns

NOWHERE, MENTIONED, TOLD, WHOLLY, LINKED = range(5)
"""How a document names another: not at all; its outlet somewhere; as the source of a sentence; of the whole
text; by its address."""
_LIKELY, _SHOWN = 1.0, 2.5
_PLAIN = frozenset(
    {"credit", "link", "quoted", "canonical"}
)  # signs that show by themselves who took from whom
_KINDS = {
    "agency-tag": "an agency tag",
    "dateline": "its dateline",
    "byline": "its byline",
    "sentence": "a sentence",
    "link": "a link",
    "canonical": "its canonical address",
    "syndication": "a credit line",
    "footer": "its foot",
}
_VAGUE = frozenset({"news", "press", "daily", "post", "times", "today", "новости", "сегодня", "新闻"})


@dataclass(frozen=True, slots=True)
class Arrow:
    """From a source to what was derived from it, with how sure that is (log odds) and why."""

    source: Held
    derived: Held
    odds: float
    signs: tuple[Sign, ...]

    @property
    def direction(self) -> Direction:
        """How sure it is."""
        if impossible(self.source.document, self.derived.document):
            return "unknown"  # both were made from something older
        if self.odds >= _SHOWN and any(one.feature in _PLAIN and one.weight > 0 for one in self.signs):
            return "shown"
        return "likely" if self.odds >= _LIKELY else "unknown"


def arrow(pair: Pair, families: Families) -> Arrow:
    """Return the more likely direction of a pair."""
    forward = list(_signs(pair, pair.left, pair.right, families))
    backward = list(_signs(pair, pair.right, pair.left, families))
    odds = sum(one.weight for one in forward) - sum(one.weight for one in backward)
    if odds >= 0:
        source, derived, signs, against = pair.left, pair.right, forward, backward
    else:
        source, derived, signs, against = pair.right, pair.left, backward, forward
    turned = [
        Sign(feature=one.feature, weight=-one.weight, words=one.words, targets=one.targets) for one in against
    ]
    ordered = sorted((*signs, *turned), key=lambda one: (-abs(one.weight), one.feature, one.words))
    return Arrow(source, derived, abs(odds), tuple(ordered))


def _signs(pair: Pair, source: Held, derived: Held, families: Families) -> Iterator[Sign]:
    """Yield what speaks for the second of two having been made from the first."""
    yield from _credited(source, derived, families)
    yield from _timed(source, derived, families)
    yield from _quoted(pair, source, derived)
    yield from _extent(pair, source, derived)
    yield from _kinds(pair, source, derived, families)
    yield from _corrected(source, derived)
    yield from _canonical(source, derived, families)


def credits_to(derived: Held, source: Held, families: Families) -> list[Credit]:
    """Return the credits of one document that name the other's outlet or its address."""
    outlet = families.of(source.document)
    url = address(source.document.url) if source.document.url else None
    own = families.of(derived.document)
    found = []
    for credit in derived.article.credits:
        linked = credit.url is not None and url is not None and address(credit.url) == url
        named = (
            credit.name is not None
            and outlet is not None
            and outlet != own
            and families.outlet(credit.name) == outlet
        )
        if linked or named:
            found.append(credit)
    return found


def naming(derived: Held, source: Held, families: Families) -> int:
    """Return how one document names another, NOWHERE to LINKED."""
    found = credits_to(derived, source, families)
    if found:
        return max(LINKED if one.url else WHOLLY if one.whole else TOLD for one in found)
    return MENTIONED if _names(derived, source, families) else NOWHERE


def _credited(source: Held, derived: Held, families: Families) -> Iterator[Sign]:
    found = credits_to(derived, source, families)
    outlet = source.document.publisher or host(source.document.url) or "the other"
    if found:
        best = max(found, key=lambda one: (one.url is not None, one.whole))
        place = _KINDS[best.kind]
        feature = "link" if best.url is not None else "credit"
        weight = 4.0 if best.url is not None else 3.5 if best.whole else 2.6
        targets = tuple(one.target for one in found if one.target is not None)
        yield Sign(
            feature=feature,
            weight=weight,
            words=f"{place[0].upper()}{place[1:]} names {outlet}.",
            targets=targets,
        )
    elif _names(derived, source, families):
        yield Sign(feature="credit", weight=2.6, words=f"Its text names {outlet}.")
    if not found and source.document.url:
        wanted = address(source.document.url)
        if any(address(link.url) == wanted for link in derived.document.links):
            yield Sign(feature="linked", weight=1.2, words=f"It links to the page of {outlet}.")


def _names(derived: Held, source: Held, families: Families) -> bool:
    """Tell whether a text names the outlet of the other, in whatever way."""
    outlet = source.document.publisher
    if not outlet or families.of(derived.document) == families.of(source.document):
        return False
    return any(form.search(derived.text) for form in _spellings(outlet))


@functools.lru_cache(maxsize=4096)
def _spellings(outlet: str) -> tuple[re.Pattern[str], ...]:
    """Return how texts name an outlet: whole, "the Whistle" for "The Daily Whistle", by its initials."""
    name = re.sub(r"^(?:the|газета|журнал)\s+", "", outlet.strip(), flags=re.IGNORECASE)
    if fold(name) in _VAGUE or len(name) < 2:
        return ()
    if not name.isascii():
        words = [word[: max(3, min(6, len(word) - 1))] for word in re.findall(r"[^\W_]+", name)]
        whole = r"\w*[\W_]{1,3}".join(map(re.escape, words)) if len(name) > 3 else re.escape(name)
        return (re.compile(rf"(?<!\w){whole}" if not is_han(name) else re.escape(name)),)
    forms = [rf"(?<![\w-]){re.escape(name)}(?![\w-])"] if len(name) >= 5 or name.isupper() else []
    words = [word for word in re.findall(r"[A-Za-z]+", name) if word.casefold() not in {"of", "and", "the"}]
    proper = [word for word in words if word.casefold() not in nouns()]
    if 0 < len(proper) < len(words) and len("".join(proper)) >= 5:
        forms.append(rf"\bthe {re.escape(' '.join(proper))}(?![\w-])")
    initials = "".join(word[0] for word in words)
    if len(words) > 2 and initials.isupper():
        forms.append(rf"(?<![\w-]){initials}(?![\w-])")
    return tuple(re.compile(form) for form in forms)


def _timed(source: Held, derived: Held, families: Families) -> Iterator[Sign]:
    first, second = moment(source.document), moment(derived.document)
    if before(first, second):
        long = gap(first, second) >= dt.timedelta(hours=12) or (first.exact and second.exact)
        published = source.document.published is not None and derived.document.published is not None
        weight = (3.0 if long else 1.8) if published else 1.0
        yield Sign(
            feature="time", weight=weight, words=f"It is of {_day(derived)}, the other of {_day(source)}."
        )
    elif (
        not before(second, first)
        and families.of(source.document) == families.of(derived.document)
        and before(state(source.document), state(derived.document))
    ):
        yield Sign(feature="time", weight=1.8, words="It was changed after the other.")


def _day(held: Held) -> str:
    date = held.document.published or held.document.captured
    return date.start or date.text if date else "no known date"


def _quoted(pair: Pair, source: Held, derived: Held) -> Iterator[Sign]:
    side = pair.side(derived.id)
    if side.quoted:
        place = "in what its mail quotes" if side.mailed > 0.5 else "in quotation marks"
        yield Sign(
            feature="quoted", weight=3.0, words=f"{side.quoted} words of the other stand {place} here."
        )
    if pair.side(source.id).direct:
        yield Sign(
            feature="indirect", weight=0.4, words="What the other quotes is told here in indirect speech."
        )


def _extent(pair: Pair, source: Held, derived: Held) -> Iterator[Sign]:
    ours, theirs = pair.side(derived.id), pair.side(source.id)
    if ours.quoted or theirs.quoted:
        return
    more = max(ours.words - theirs.words, ours.sense - theirs.sense)
    if more >= 0.1:
        weight = min(1.2, 3 * more)
        yield Sign(feature="extent", weight=weight, words="The other tells more of the same than it does.")
    if ours.count >= 3 and ours.facts - theirs.facts >= 0.2:
        yield Sign(feature="exactness", weight=0.5, words="The other has figures and names that it lacks.")
    if not pair.translated and ours.quoted == 0:
        here, there = int(derived.story.quoted.sum()), int(source.story.quoted.sum())
        if there >= here + 8:
            yield Sign(feature="indirect", weight=0.4, words="The other quotes at greater length.")


def _kinds(pair: Pair, source: Held, derived: Held, families: Families) -> Iterator[Sign]:
    first, second = families.of(source.document), families.of(derived.document)
    kinds = families.kind(first), families.kind(second)
    if kinds[0] == "agency" and kinds[1] != "agency":
        yield Sign(feature="agency", weight=0.8, words=f"{source.document.publisher} is a news agency.")
    if kinds[1] in {"aggregator", "mirror"} and kinds[0] not in {"aggregator", "mirror"}:
        yield Sign(
            feature="aggregator", weight=1.5, words=f"{derived.document.publisher} prints what others wrote."
        )
    if first is not None and first != second:
        own = [one for one in source.article.credits if one.whole and families.outlet(one.name) == first]
        if own:
            targets = tuple(one.target for one in own if one.target is not None)
            yield Sign(
                feature="own-dateline",
                weight=0.8,
                words="The other is signed by its own outlet.",
                targets=targets,
            )
        others = [
            one for one in derived.article.credits if families.outlet(one.name) not in {first, second, None}
        ]
        if others and not any(
            families.outlet(one.name) not in {first, None} for one in source.article.credits
        ):
            weight = 1.2 if pair.translated and abroad(others, source) else 0.4
            yield Sign(
                feature="attribution", weight=weight, words="It credits others, and the other does not."
            )


def abroad(named: Sequence[Credit], source: Held) -> bool:
    """Tell whether outlets are named in another script than the name of the other's outlet has."""
    outlet = source.document.publisher
    return outlet is not None and any(
        one.name and not agency(one.name) and script(one.name) != script(outlet) for one in named
    )


def _canonical(source: Held, derived: Held, families: Families) -> Iterator[Sign]:
    """Yield a sign where a page gives the address of another outlet as its own."""
    first, second = source.document, derived.document
    if not first.url or not second.url or address(first.url) != address(second.url):
        return
    owner = families.outlet(host(first.url))
    if owner is not None and owner == families.of(first) and owner != families.of(second):
        yield Sign(feature="canonical", weight=4.0, words="Its canonical address is the page of the other.")


def _corrected(source: Held, derived: Held) -> Iterator[Sign]:
    if derived.corrected and not source.corrected:
        yield Sign(
            feature="correction", weight=1.5, words="It says that it was corrected or brought up to date."
        )
