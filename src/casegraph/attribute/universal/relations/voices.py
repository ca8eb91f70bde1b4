"""Who "I" and "we" are in a relation that somebody is quoted with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from casegraph.attribute.base import Filler, Relation, Said
from casegraph.attribute.universal.lexicon import Lexicon

_POSTS = frozenset({"directorship", "employment", "representation"})
_Part = Filler | tuple[Filler, ...] | None


def name_first_persons(
    relations: Iterable[Relation], said: Sequence[Said], lexicon: Lexicon
) -> list[Relation]:
    """Return the relations with the speaker for "I", the speaker's organisation for "we", where known."""
    found = list(relations)
    one = lexicon.words.get("words.first_singular_forms", frozenset())
    many = lexicon.words.get("words.first_plural_forms", frozenset())
    bodies = {
        person.name: body
        for relation in found
        if relation.kind in _POSTS
        for person, body in [tuple(relation.roles.values())[:2]]
        if isinstance(person, Filler) and isinstance(body, Filler)
    }

    def named(part: _Part, voice: Said) -> _Part:
        if isinstance(part, tuple):
            return tuple(p for p in (named(p, voice) for p in part) if isinstance(p, Filler))
        speaker = voice.speaker
        if part is None or speaker.name is None or speaker.unnamed:
            return part
        if part.name.lower() in one:
            return Filler(part.start, part.end, speaker.name, "Person", speaker.mention)
        if part.name.lower() in many and (body := bodies.get(speaker.name)) is not None:
            return Filler(part.start, part.end, body.name, body.schema, body.mention)
        return part

    result = []
    for relation in found:
        voices = [
            voice for voice in said
            if any(s <= relation.trigger[0] and relation.trigger[1] <= e for s, e in voice.content)
        ]  # fmt: skip
        if voices:
            voice = min(voices, key=lambda v: sum(e - s for s, e in v.content))
            roles = {role: named(part, voice) for role, part in relation.roles.items()}
            result.append(replace(relation, roles=roles))
        else:
            result.append(relation)
    return result
