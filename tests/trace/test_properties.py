"""What holds of any block: order does not count, copies add nothing, fewer reasons show no more."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from casegraph.model import Attribution, Derivation
from casegraph.model.derivation import Direction, Strength
from casegraph.trace import Reported
from tests.trace.made import NAMES, PEOPLE, behind, derived, doc, items, paper, reported, said, source

OUTLETS = [doc(name) for name in ("post", "herald", "times", "gazette", "echo", "globe")]
PAPERS = [
    paper("mail", media="message/rfc822", authors=["Petra Dolan"], title="Cranes"),
    paper("other", media="message/rfc822", authors=["Ruth Carmody"], title="Berth 4"),
    paper("ledger", media="text/csv", title="2021.csv"),
]
CHAINS: list[tuple[Attribution, ...]] = [
    (), (said("anna"),), (said("boris"),), (said("customs"),), (said("chen"),), (source("two officials"),),
    (source("sources"), said("The Post", cue="reports")), (said("The Herald", cue="reports"),),
    (said("The Times", cue="reports", basis="leaked documents"),), (said("anna"), said("boris")),
    (said("boris", basis="media reports"),),
]  # fmt: skip
ROLES = [
    {"supplier": "orlan", "recipient": "veld", "goods": "cranes"},
    {"supplier": None, "recipient": "veld", "goods": "cranes"},
    {"supplier": "harrow", "recipient": "veld", "goods": "cranes"},
    {"supplier": "orlan", "recipient": "veld", "goods": "краны"},
]
STRENGTHS: tuple[Strength, ...] = (
    "same-text",
    "reprint",
    "rewrite",
    "translation",
    "quotation",
    "cited",
    "revision",
)
DIRECTIONS: tuple[Direction, ...] = ("shown", "likely", "unknown")


@st.composite
def blocks(draw: st.DrawFn) -> list[Reported]:
    """Draw claims about cranes in stories and papers, some of which were made from others."""
    documents = [*OUTLETS, *PAPERS]
    steps: dict[str, Derivation] = {}
    for _ in range(draw(st.integers(0, 5))):
        left, right = draw(st.sampled_from(OUTLETS)), draw(st.sampled_from(documents))
        if left is not right:
            strength = draw(st.sampled_from(STRENGTHS))
            direction = draw(st.sampled_from(DIRECTIONS))
            step = derived(left, right, strength, direction=direction)
            steps[step.id] = step
    made = []
    for _ in range(draw(st.integers(1, 8))):
        document = draw(st.sampled_from(documents))
        made.append(
            reported(
                document,
                *draw(st.sampled_from(CHAINS)),
                roles=draw(st.sampled_from(ROLES)),
                stance=draw(st.sampled_from(("asserts", "asserts", "alleges", "denies", "declines-comment"))),
                quantity=items(*draw(st.sampled_from(((7, 7), (7, None), (70, 70), (6, 6))))),
                start=draw(st.integers(0, 9)) * 400,
                road=[*steps.values()],
                sources=documents,
            )
        )
    return made


@st.composite
def plain(draw: st.DrawFn) -> list[Reported]:
    """Draw a few claims of one delivery by speakers of whom some are shown independent."""
    chains = [(said("anna"),), (said("chen"),), (source("two officials"),), ()]
    return [
        reported(document, *draw(st.sampled_from(chains)), quantity=items(7, 7))
        for document in OUTLETS[: draw(st.integers(1, 4))]
    ]


def counts(block: list[Reported], tied: list[tuple[str, str]] | None = None) -> dict[str, int]:
    """Return to each claim how many independent origins stand behind what it says."""
    found = behind(*block, tied=tied or ())
    return {one.claim.id: 0 for one in block} | {
        claim: one.independent for one in found for claim in one.claims
    }


@settings(max_examples=80, deadline=None)
@given(blocks(), st.randoms(use_true_random=False))
def test_the_order_of_claims_never_changes_what_comes_out(block: list[Reported], random: Random) -> None:
    mixed = list(block)
    random.shuffle(mixed)
    mixed = [
        replace(one, road=tuple(reversed(one.road)), sources=tuple(reversed(one.sources))) for one in mixed
    ]
    assert behind(*mixed) == behind(*block)


@settings(max_examples=80, deadline=None)
@given(st.one_of(plain(), blocks()), st.data())
def test_a_dependent_copy_never_adds_an_origin(block: list[Reported], data: st.DataObject) -> None:
    """A copy drops who said so, names somebody, or tells it as it stood."""
    one = data.draw(st.sampled_from(block))
    chain = data.draw(st.sampled_from([one.claim.attribution, *CHAINS]))
    copy = doc("copy")
    strength = data.draw(st.sampled_from(STRENGTHS[:4]))
    step = derived(copy, one.document, strength)
    links = [link for link in chain if link.role != "publisher"]
    claim = reported(
        copy,
        *links,
        roles={role: (None if party is None else _key(party)) for role, party in one.claim.roles.items()},
        stance=one.claim.stance,
        quantity=one.claim.qualifiers.quantity or items(7, 7),
        road=(step, *one.road),
        sources=(one.document, *one.sources),
    )
    before, after = counts(block), counts([*block, claim])
    assert all(after[key] <= max(before[key], 1) for key in before)


def _key(party: object) -> str:
    name = getattr(party, "name", "")
    return next((key for key, written in NAMES.items() if written == name), name)


@settings(max_examples=80, deadline=None)
@given(st.one_of(plain(), blocks()), st.sampled_from(sorted(PEOPLE)))
def test_without_a_positive_reason_no_more_is_shown(block: list[Reported], who: str) -> None:
    """A speaker of whom nothing is known, or two with a tie, show no more than before."""
    before = counts(block)
    unknown = [
        replace(one, schemas={key: schema for key, schema in one.schemas.items() if key != f"entity-{who}"})
        for one in block
    ]
    assert all(now <= before[key] for key, now in counts(unknown).items())
    tied = [(f"e:entity-{who}", f"e:entity-{other}") for other in PEOPLE if other != who]
    assert all(now <= before[key] for key, now in counts(block, tied).items())


@settings(max_examples=50, deadline=None)
@given(blocks())
def test_every_claim_is_in_one_cluster_and_the_counts_add_up(block: list[Reported]) -> None:
    found = behind(*block)
    claims = [claim for one in found for claim in one.claims]
    said_ = {one.claim.id for one in block if one.claim.stance != "declines-comment"}
    assert len(claims) == len(set(claims))
    assert said_ <= set(claims) <= {one.claim.id for one in block}
    for one in found:
        origins = {origin.id for origin in one.origins}
        assert one.independent + one.undetermined <= len(origins)
        assert all({pair.left, pair.right} <= origins for pair in one.pairs)
        assert len(one.pairs) == len(origins) * (len(origins) - 1) // 2
        assert {claim for origin in one.origins for claim in origin.claims} <= set(one.claims)
        assert (one.credibility == 1) <= (one.independent >= 2)
        assert all(origin.road for origin in one.origins)


def test_hostile_records_do_no_harm() -> None:
    """Addresses that are none, days that are none, numbers without bounds, names without letters."""
    odd = msgspec.structs.replace(OUTLETS[0], url="http://[::1", publisher="\u3000", published=None)
    claims = [
        reported(odd, said("!!"), roles={"supplier": "", "recipient": "\u200b", "goods": "..."}),
        reported(odd, source(""), when=("0000-99-99", "x"), quantity=items(None, None)),
        reported(odd, said(None), when=("9999-12-31", "0001-01-01"), quantity=items(7, None)),
        reported(odd, kind="event", roles={"participants": (), "what": "met"}),
        reported(odd, kind="identity", roles={"name": "orlan", "other_name": "orlan"}),
    ]
    found = behind(*claims)
    assert sorted(claim for one in found for claim in one.claims) == sorted(one.claim.id for one in claims)
