from __future__ import annotations

from collections.abc import Sequence

from casegraph.attribute.tables import find_table_claims
from casegraph.model import (
    Claim,
    Document,
    Mapping,
    Original,
    Page,
    Parsed,
    Problem,
    Record,
    Table,
    TableMapping,
    content_id,
)
from casegraph.read import STAGE


def table_records(
    rows: Sequence[Sequence[str]], *, above: Sequence[str] = (), mappings: Sequence[Mapping] = ()
) -> list[Record]:
    """Return what is made of a table of a web page with lines above it."""
    lines = "".join(f"<p>{line}</p>" for line in above)
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    data = f"<!DOCTYPE html><html><body>{lines}<table>{cells}</table></body></html>".encode()
    records = list(STAGE.run(Original(document=content_id(data), data=data, names=("table.html",))))
    unit = Parsed(
        document=next(one for one in records if isinstance(one, Document)),
        pages=tuple(one for one in records if isinstance(one, Page)),
        parses=(),
        mentions=(),
        tables=tuple(one for one in records if isinstance(one, Table)),
        mappings=tuple(mappings),
    )
    made: list[Record] = list(find_table_claims(unit))
    pages = {page.number: page for page in unit.pages}
    for claim in made:
        if isinstance(claim, Claim):
            for target in (*claim.evidence, *claim.qualifiers.targets):
                assert pages[target.page].text[target.start : target.end] == target.exact
    return made


def claims(*args: Sequence[Sequence[str]], above: Sequence[str] = ()) -> list[Claim]:
    return [one for one in table_records(*args, above=above) if isinstance(one, Claim)]


def names(claim: Claim) -> dict[str, str | None]:
    return {
        role: party.name if party is not None and not isinstance(party, tuple) else None
        for role, party in claim.roles.items()
    }


def mapping_of(records: Sequence[Record]) -> TableMapping:
    return next(one for one in records if isinstance(one, TableMapping))


def problems(records: Sequence[Record]) -> list[tuple[str, str]]:
    return [(one.code, one.detail) for one in records if isinstance(one, Problem)]
