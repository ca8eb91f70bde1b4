"""What a person says of a claim in a few words."""

from __future__ import annotations

import msgspec

from casegraph.model import ClaimReview, Correction

_CORRECTION: msgspec.json.Decoder[Correction] = msgspec.json.Decoder(Correction)


def said(one: ClaimReview) -> str:
    """Return `rejected`, `to be read as supplier: Orlan Works`, `tagged port`, `verdict taken back`."""
    if not one.value:
        return f"{one.aspect} taken back"
    if one.aspect == "correction":
        return _reading(_CORRECTION.decode(one.value))
    if one.aspect == "tags":
        return f"tagged {one.value.replace(',', ', ')}"
    if one.aspect == "note":
        return f"remark: {one.value}"
    return "starred" if one.aspect == "star" else one.value


def _reading(found: Correction) -> str:
    parts = [
        f"{role.replace('_', ' ')}: {', '.join(party.name for party in parties) or 'nobody'}"
        for role, parties in found.roles.items()
    ]
    parts += [f"said by: {found.speaker.name}"] if found.speaker else []
    return f"to be read as {'; '.join(parts)}"
