"""`unify` as it was before its rules were taken apart into blocks: what they must still come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from casegraph.resolve import Counted

_CLEAR = 3  # times as many mentions as the other reading of the same words
_PRECEDED = 0.8  # share of the documents with both names in which the long one comes first


def unify(entities: Iterable[Counted]) -> dict[str, str]:
    """Return the entity that each merged one becomes, by id; those that stay are left out.

    Cost is linear in the number of entities but for those whose names begin with the same word.
    """
    known = sorted(entities, key=lambda one: one.id)
    boxes = [one for one in known if one.bears]
    everything = [one for one in known if not one.bears]
    into = _by_group(everything)
    into |= _by_person([one for one in everything if one.id not in into])
    into |= _by_length([one for one in everything if one.id not in into], into)
    into |= _by_mailbox([one for one in everything if one.id not in into], boxes)
    return {one: _last(one, into) for one in into}


def _by_mailbox(entities: list[Counted], boxes: list[Counted]) -> dict[str, str]:
    """Merge full names with the one mailbox of the case that is shown with them; mailboxes stay apart."""
    bearers: dict[tuple[str, str], list[Counted]] = {}
    for box in boxes:
        for key in box.bears:
            bearers.setdefault((box.group, key), []).append(box)
    into: dict[str, str] = {}
    for one in entities:
        found = bearers.get((one.group, one.key), [])
        if len(found) == 1 and (" " in one.key or not one.key.isascii()):
            into[one.id] = found[0].id
    return into


def _last(one: str, into: Mapping[str, str]) -> str:
    seen = {one}
    while one in into and into[one] not in seen:
        one = into[one]
        seen.add(one)
    return one


def _by_group(entities: list[Counted]) -> dict[str, str]:
    """Merge slips: a name that is nearly always a firm is no place or person now and then."""
    by_key: dict[str, list[Counted]] = {}
    for one in entities:
        by_key.setdefault(one.key, []).append(one)
    into: dict[str, str] = {}
    for same in by_key.values():
        if len(same) > 1:
            ranked = sorted(same, key=lambda one: (-_weight(one), -one.mentions, one.id))
            into |= {one.id: ranked[0].id for one in ranked[1:] if _is_slip(one, ranked[0])}
    return into


def _weight(one: Counted) -> int:
    """Return how much stands for a reading: its documents; "Thing" is none, an unknown place hardly one."""
    if one.group == "Thing":
        return 0
    unknown_place = one.group == "Address" and not one.placed
    return 1 if unknown_place else 1 + len(one.documents)


def _is_slip(one: Counted, other: Counted) -> bool:
    """Say whether a reading of a name is a slip beside another."""
    if one.group == "Thing" or (one.group == "Address" and not one.placed):
        return True
    clear = other.mentions >= _CLEAR * one.mentions and len(other.documents) >= len(one.documents)
    return clear and not one.placed


def _by_person(entities: list[Counted]) -> dict[str, str]:
    """Merge lone words that are read as no person with the one person of their documents who bears them."""
    bearers: dict[str, list[Counted]] = {}
    for one in entities:
        if one.group == "Person" and " " in one.key:
            for word in set(one.key.split()):
                bearers.setdefault(word, []).append(one)
    into: dict[str, str] = {}
    for one in entities:
        unread = one.group == "Thing" or (one.group == "Address" and not one.placed)
        if unread and one.key in bearers and len(bearers[one.key]) == 1:
            (person,) = bearers[one.key]
            if one.documents <= person.documents:
                into[one.id] = person.id
    return into


def _by_length(entities: list[Counted], into: Mapping[str, str]) -> dict[str, str]:
    """Merge short names into the long one that documents give before them, if the case knows no other."""
    by_id = {one.id: one for one in entities}
    by_word: dict[str, list[Counted]] = {}
    for one in entities:
        if one.group == "Organization":
            by_word.setdefault(one.key.split(" ", 1)[0], []).append(one)
    found: dict[str, str] = {}
    for short in entities:
        votes: dict[str, int] = {}
        for longer, documents in short.short_of.items():
            target = _last(longer, into)
            votes[target] = votes.get(target, 0) + documents
        if len(votes) != 1:
            continue
        ((target, documents),) = votes.items()
        full = by_id.get(target)
        if full is None or full is short or 2 * len(full.documents) < len(short.documents):
            continue
        rivals = [
            one
            for one in by_word.get(short.key.split(" ", 1)[0], ())
            if one is not short and one is not full and one.key.startswith(short.key + " ")
        ]
        both = len(short.documents & full.documents)
        if not all(_follows(one, full) for one in rivals) or documents < _PRECEDED * both:
            continue
        found[short.id] = full.id
    return found


def _follows(one: Counted, full: Counted) -> bool:
    """Say whether a name only cuts the long one short at another place."""
    return full.key.startswith(one.key + " ") or f" {one.key} " in f" {full.key} "
