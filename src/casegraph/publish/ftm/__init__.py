"""Export as FollowTheMoney: entities, or the statements that they are made of."""

from casegraph.publish.base import Exporter
from casegraph.publish.ftm.write import entity_lines, statement_lines

ENTITIES = Exporter("ftm", "entities of FollowTheMoney as JSON Lines", entity_lines)
STATEMENTS = Exporter("ftm-statements", "statements of FollowTheMoney as CSV", statement_lines)

__all__ = ["ENTITIES", "STATEMENTS"]
