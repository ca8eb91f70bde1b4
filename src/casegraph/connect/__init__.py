"""The connect stage: entities and claims make a network, a timeline and a map."""

from casegraph.connect.dating import Happenings, day_of
from casegraph.connect.gazetteer import Coordinates, Wanted, located
from casegraph.connect.graph import Graph, TieFilter, within
from casegraph.connect.placing import Spots
from casegraph.connect.projection import HEIGHT, WIDTH, projected
from casegraph.connect.ties import KINDS, Ties
from casegraph.connect.weight import Rest

__all__ = [
    "HEIGHT",
    "KINDS",
    "WIDTH",
    "Coordinates",
    "Graph",
    "Happenings",
    "Rest",
    "Spots",
    "TieFilter",
    "Ties",
    "Wanted",
    "day_of",
    "located",
    "projected",
    "within",
]
