"""A network as its drawing needs it: columns, ties by their ends' numbers, claims counted and not named."""

from __future__ import annotations

from casegraph.model import Kind, Network, Record, Standing


class Dots(Record, frozen=True, kw_only=True):
    """Entities, by column."""

    id: tuple[str, ...]
    name: tuple[str, ...]
    schema: tuple[str, ...]
    neighbours: tuple[int, ...]  # in the whole case


class Lines(Record, frozen=True, kw_only=True):
    """Ties, by column."""

    id: tuple[str, ...]
    kind: tuple[Kind, ...]
    source: tuple[int, ...]  # places in the columns of entities
    target: tuple[int, ...]
    directed: tuple[bool, ...]
    standing: tuple[Standing, ...]
    claims: tuple[int, ...]  # how many


class Sheet(Record, frozen=True, kw_only=True):
    """What is drawn of a network: a sixth of its bytes where it has thousands of ties."""

    nodes: Dots
    ties: Lines
    about: tuple[str, ...] = ()  # ids of those that were asked for


def sheet(network: Network, about: tuple[str, ...]) -> Sheet:
    """Return a network as columns."""
    at = {node.id: number for number, node in enumerate(network.nodes)}
    return Sheet(
        nodes=Dots(
            id=tuple(at),
            name=tuple(node.name for node in network.nodes),
            schema=tuple(node.schema for node in network.nodes),
            neighbours=tuple(node.neighbours for node in network.nodes),
        ),
        ties=Lines(
            id=tuple(tie.id for tie in network.ties),
            kind=tuple(tie.kind for tie in network.ties),
            source=tuple(at[tie.source] for tie in network.ties),
            target=tuple(at[tie.target] for tie in network.ties),
            directed=tuple(tie.directed for tie in network.ties),
            standing=tuple(tie.standing for tie in network.ties),
            claims=tuple(len(tie.claims) for tie in network.ties),
        ),
        about=about,
    )
