from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from casegraph.model import ROLES, Attribution, Claim, ClaimDate, Kind, Party, Place, Qualifiers, Stance
from casegraph.testing import claim, page, target

PAGE = page("Words that say so, by a source.")
Made = Callable[..., Claim]


@pytest.fixture
def made() -> Made:
    """Make claims of a kind, whose first roles these entities fill."""
    numbers = itertools.count()

    def make(
        kind: Kind,
        *entities: str | tuple[str, ...],
        stance: Stance = "asserts",
        unnamed: bool = False,
        dates: tuple[tuple[str | None, str | None], ...] = (),
        places: tuple[str, ...] = (),
        **more: object,
    ) -> Claim:
        def party(entity: str) -> Party:
            return Party(name=entity.upper(), target=PAGE.target(0, 5), entity=entity)

        filled = (tuple(map(party, one)) if isinstance(one, tuple) else party(one) for one in entities)
        words = target(PAGE, "source")
        qualifiers = Qualifiers(
            dates=tuple(ClaimDate(start=low, end=high, text="then", target=words) for low, high in dates),
            places=tuple(Place(name=name, country=None, target=words) for name in places),
        )
        bare = claim(PAGE, "Words that say so", kind=kind, stance=stance)
        who = Attribution(role="origin", speaker=None if unnamed else "A Source", unnamed=unnamed)
        return replace(
            bare,
            id=f"claim-{next(numbers):03}",
            roles=dict(zip(ROLES[kind], filled, strict=False)),
            qualifiers=qualifiers,
            attribution=(who,),
            **more,
        )

    return make
