"""Who copied whom, and on whose word a claim rests, as trees."""

from __future__ import annotations

from casegraph.model import Record
from casegraph.pipeline.case import Case
from casegraph.pipeline.tracing.weighed import LineageView, OriginsView
from casegraph.publish.trees import Branch, lineage, origins
from casegraph.web.base import Ask, View, looked_up


class Lineage(Record, frozen=True, kw_only=True):
    """The story of a document."""

    view: LineageView
    tree: Branch


class Origins(Record, frozen=True, kw_only=True):
    """What a claim rests on."""

    view: OriginsView
    tree: Branch
    rejected: bool  # by a person: it rests on nothing, and counts for nothing


def of_document(case: Case, ask: Ask) -> Lineage:
    """Return the story of a document."""
    with looked_up():
        view = case.lineage(ask.path["document"])
    tree = lineage(view.document, view.derivations, {one.id: one for one in view.documents}, view.names)
    return Lineage(view=view, tree=tree)


def of_claim(case: Case, ask: Ask) -> Origins:
    """Return what a claim rests on."""
    with looked_up():
        view = case.origins(ask.path["claim"])
    documents = {one.id: one for one in view.documents}
    tree = origins(
        view.corroboration, view.claims, documents, view.names, asked=view.claim.id, grades=view.grades
    )
    said = case.reviews().get(view.claim.id)
    return Origins(view=view, tree=tree, rejected=said is not None and said.verdict == "rejected")


LINEAGE = View("lineage", "/documents/{document}/lineage", Lineage, of_document, "Who copied whom.")
ORIGINS = View("origins", "/claims/{claim}/origins", Origins, of_claim, "On whose word a claim rests.")
