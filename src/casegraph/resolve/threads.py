"""Conversations among mails, in the way of Jamie Zawinski's algorithm (jwz.org/doc/threading.html; RFC 5256).

What a mail says of the mails before it (References, In-Reply-To) comes first. Mails of which nothing is
known so are joined to an earlier one of the same subject only if they say themselves that they answer: two
invoices a month apart are no conversation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from casegraph.text import fold_blanks

_IDENTIFIER = re.compile(r"<([^<>\s]{3,250})>")
_PREFIX = re.compile(
    r"\s*(?:\[[^\]]{1,30}\]\s*)?(?:(?:re|aw|sv|antw|rif|ref|vs|odp|ynt|fw|fwd|wg|tr|rv|"
    r"отв|ответ|на|пересл|переслано|fyi|回复|回覆|答复|答覆|转发|轉寄|轉發)"
    r"(?:\s?[\[(]\d{1,3}[\])])?\s?[:：]\s*)+|\s*\((?:fwd|fw)\)\s*$",
    re.IGNORECASE,
)
_MOST_REFERENCES = 200
_GENERAL = 2  # words below which a subject tells too little to join mails of different people
DAYS = 90
"""Days between two mails beyond which their subject alone joins them no more."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as threading sees it. `moment` is seconds since 1970, None where it gives no date."""

    document: str
    identifier: str  # of its Message-ID; empty where it has none
    references: tuple[str, ...]  # oldest first, the one that it answers last
    subject: str
    people: frozenset[str]  # addresses of sender and recipients, folded
    moment: float | None
    sender: str = ""


@dataclass(slots=True)
class _Container:
    letters: list[Letter] = field(default_factory=list)
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a mail stands: the key of its conversation, and the document that it answers."""

    document: str
    root: str  # what the conversation is called by: an identifier, or a document's id
    parent: str | None  # document
    by: str  # "references" or "subject": what ties it to its parent; empty for a first mail


def identifiers(*values: str) -> tuple[str, ...]:
    """Return the identifiers in values of References, then In-Reply-To, each once, the last one last."""
    found = [one for value in values for one in _IDENTIFIER.findall(value)]
    kept = list(dict.fromkeys(reversed(found)))[:_MOST_REFERENCES]
    return tuple(reversed(kept))


def base_subject(subject: str) -> tuple[str, bool]:
    """Return a subject, folded, without "Re:" and the like, and whether it had any (RFC 5256, 2.1)."""
    answers = False
    text = fold_blanks(subject)
    while (
        (found := _PREFIX.search(text)) is not None
        and found.end() > 0
        and (found.start() == 0 or found.end() == len(text))
    ):
        text = text[found.end() :] if found.start() == 0 else text[: found.start()]
        answers = True
    return text.strip().casefold(), answers


def ties(letter: Letter) -> Iterator[str]:
    """Yield what may tie a mail to others; mails that no chain of ties joins are no conversation."""
    yield letter.identifier or letter.document
    yield from letter.references
    subject, _ = base_subject(letter.subject)
    if subject:
        yield f" {subject}"  # no identifier has a blank


class Groups:
    """Mails that are tied together, by union-find over their ties alone.

    A tie is kept by its hash: should two be equal, a group is larger than it need be, which changes nothing.
    """

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def tie(self, names: Iterable[str]) -> None:
        """Put what ties one mail into one group."""
        roots = {self._root(hash(name)) for name in names}
        first = min(roots)
        self._above |= dict.fromkeys(roots, first)

    def group(self, name: str) -> int:
        """Return the number of the group of a tie."""
        return self._root(hash(name))

    def _root(self, one: int) -> int:
        above = self._above
        root = one
        while (further := above.setdefault(root, root)) != root:
            root = further
        while above[one] != root:
            above[one], one = root, above[one]
        return root


def place(letters: Iterable[Letter]) -> Iterator[Placed]:
    """Yield the place of each mail by document. The order of the mails given does not matter."""
    everything = sorted(letters, key=lambda one: (one.moment is None, one.moment or 0.0, one.document))
    containers = _contained(everything)
    keys = {one.document: one.identifier or one.document for one in everything}
    linked = (one for one in everything if containers[keys[one.document]].parent is not None)
    ties = {one.document: "references" for one in linked}
    for letter, earlier in _by_subject(everything, containers, keys):
        containers[keys[letter.document]].parent = keys[earlier.document]
        ties[letter.document] = "subject"
    for letter in sorted(everything, key=lambda one: one.document):
        above = _above(containers, keys[letter.document])
        parent = next((containers[key].letters[0].document for key in above if containers[key].letters), None)
        root = above[-1] if above else keys[letter.document]
        by = ties.get(letter.document, "") if parent is not None else ""
        yield Placed(document=letter.document, root=root, parent=parent, by=by)


def _contained(letters: list[Letter]) -> dict[str, _Container]:
    """Return the containers of all identifiers named, linked as References say, never in a circle."""
    containers: dict[str, _Container] = {}
    for letter in letters:
        key = letter.identifier or letter.document
        containers.setdefault(key, _Container()).letters.append(letter)
    for letter in letters:
        key = letter.identifier or letter.document
        chain = [one for one in letter.references if one != key]
        for earlier, later in pairwise(chain):
            containers.setdefault(earlier, _Container())
            follower = containers.setdefault(later, _Container())
            if follower.parent is None and not _circle(containers, earlier, later):
                follower.parent = earlier
        if chain:
            containers.setdefault(chain[-1], _Container())
            own = containers[key]
            if own.letters[0] is letter and not _circle(containers, chain[-1], key):
                own.parent = chain[-1]  # its own word counts more than what others said of it
    return containers


def _circle(containers: dict[str, _Container], parent: str, child: str) -> bool:
    return parent == child or child in _above(containers, parent)


def _above(containers: dict[str, _Container], key: str) -> list[str]:
    """Return what stands above a container, nearest first."""
    found: list[str] = []
    seen = {key}
    while (parent := containers[key].parent) is not None and parent not in seen:
        found.append(parent)
        seen.add(parent)
        key = parent
    return found


def _by_subject(
    letters: list[Letter], containers: dict[str, _Container], keys: dict[str, str]
) -> Iterator[tuple[Letter, Letter]]:
    """Yield (answer, earlier mail) for mails that say that they answer and name no mail that is known.

    The earlier one is the last before it of the same subject, that it can have been an answer to: its sender
    was written to, or writes to one of them. A conversation whose own first mail is lost is joined by its
    oldest one.
    """
    latest: dict[str, list[Letter]] = {}
    for letter in letters:
        subject, answers = base_subject(letter.subject)
        if not subject:
            continue
        before = latest.setdefault(subject, [])
        above = _above(containers, keys[letter.document])
        known = any(containers[key].letters for key in above)
        if answers and not known and not above:
            earlier = _answered(letter, before, containers, keys)
            if earlier is not None:
                yield letter, earlier
        before.append(letter)


def _answered(
    letter: Letter, before: list[Letter], containers: dict[str, _Container], keys: dict[str, str]
) -> Letter | None:
    own = keys[letter.document]
    for earlier in reversed(before[-50:]):
        days = ((letter.moment or 0.0) - (earlier.moment or 0.0)) / 86_400
        dated = letter.moment is not None and earlier.moment is not None
        held = keys[earlier.document] == own or own in _above(containers, keys[earlier.document])
        if held or (dated and days > DAYS):
            continue
        shared = letter.people & earlier.people
        if letter.sender in earlier.people or earlier.sender in letter.people or len(shared) >= _GENERAL:
            return earlier
    return None
