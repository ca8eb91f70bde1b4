"""What a person says of two entities: taken down, undone, listed, exchanged with nomenklatura."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from casegraph.errors import UsageError
from casegraph.model import Judgement, JudgementValue
from casegraph.pipeline.changed import JudgementRow
from casegraph.pipeline.proposing import scores
from casegraph.pipeline.query import ENTITY, Query
from casegraph.pipeline.roster import roster
from casegraph.resolve import contradicted, standing
from casegraph.store.atomic import write_whole
from casegraph.store.journal import now
from casegraph.text import fold

if TYPE_CHECKING:
    from casegraph.pipeline.plan import Ground

VALUES: tuple[JudgementValue, ...] = get_args(JudgementValue)
WORDS: dict[str, JudgementValue] = {
    "same": "positive",
    "different": "negative",
    "unsure": "unsure",
    "undo": "no_judgement",
}
"""What a person says, in nomenklatura's terms."""

_LEAST = 6  # fields of a line of nomenklatura's resolver file


class Judging:
    """The judgements of one case."""

    def __init__(self, ground: Ground, query: Query) -> None:
        self._ground, self._query = ground, query
        self._journal = ground.journal

    def entity(self, name: str) -> str:
        """Return the id that a name, an id or its beginning means; UsageError if none or several.

        Ids that documents gave and that were merged are known, too: a merge is taken apart by naming them.
        So are ids of reference data: who is the same as one entry is one.
        """
        given = sorted(self._given(name))
        if len(given) > 1:
            raise UsageError(f"{name!r} is the beginning of more than one entity's id; give more of it")
        if given:
            return given[0]
        known = roster(self._ground)
        found = sorted(known.ids[one] for one in known.called([name]).get(fold(name), ()))
        if len(found) > 1:
            ids = ", ".join(one.removeprefix("entity-")[:8] for one in found[:8])
            raise UsageError(f"{len(found)} entities are called {name!r}; name it by its id: {ids}")
        if not found and self._is_reference(name):
            return name
        if not found:
            raise UsageError(f"there is no entity {name!r} in the case")
        return found[0]

    def _is_reference(self, name: str) -> bool:
        from casegraph.pipeline.referencing import Referencing  # noqa: PLC0415 - most cases have no such data

        return Referencing(self._ground, lambda _stage, _done, _total: None).holds(name)

    def _given(self, start: str) -> set[str]:
        """Return the ids that begin so among those of entities and those that were merged into them."""
        if not ENTITY.fullmatch(start):
            return set()
        full = start if start.startswith("entity-") else f"entity-{start}"
        found = {given for given in self._query.merged() if given.startswith(full)}
        found.update(self._query.entity_ids(full))
        return {full} if full in found else found

    def judge(
        self, left: str, right: str, judgement: JudgementValue, note: str, pen_name: str | None
    ) -> Judgement:
        """Take down what a person says; raises UsageError for what contradicts earlier words."""
        if judgement not in VALUES:
            raise UsageError(f"there is no judgement {judgement!r}; there are {', '.join(VALUES)}")
        one, other = self.entity(left), self.entity(right)
        if one == other:
            raise UsageError(
                "both names mean the same entity; name the ones that documents gave by their ids"
            )
        said = Judgement(
            left=one,
            right=other,
            judgement=judgement,
            score=scores(self._ground, self._query.merged()).get((min(one, other), max(one, other))),
            note=note,
            made=now(),
            pen_name=pen_name,
        )
        older = self._journal.judgements()
        if judgement == "no_judgement" and said.pair not in standing(older):
            raise UsageError("nothing is said of these two; `casegraph judgements` lists what is")
        against = contradicted(older, said)
        if against is not None:
            names = self._names()
            pair = " and ".join(repr(names.get(given, given)) for given in against.pair)
            what = "are the same" if against.judgement == "positive" else "are different"
            raise UsageError(f"that contradicts an earlier judgement, that {pair} {what}; undo that first")
        self._journal.judge([said])
        return said

    def rows(self) -> Iterator[JudgementRow]:
        """Yield every judgement, oldest first, with the names as they are now."""
        said = self._journal.judgements()
        last = {id(one) for one in standing(said).values()}
        names = self._names() if said else {}
        for one in said:
            yield JudgementRow(
                judgement=one,
                left_name=names.get(one.left, ""),
                right_name=names.get(one.right, ""),
                stands=id(one) in last,
            )

    def read(self, path: Path) -> tuple[int, int, int]:
        """Take over a resolver file; return how many words were new, known already, and contradictory."""
        known = standing(self._journal.judgements())
        older = self._journal.judgements()
        new: list[Judgement] = []
        already = against = 0
        for one in resolver_lines(path):
            before = known[one.pair].judgement if one.pair in known else "no_judgement"
            if before == one.judgement:
                already += 1
            elif contradicted([*older, *new], one) is not None:
                against += 1
            else:
                known[one.pair] = one
                new.append(one)
        self._journal.judge(new)
        return len(new), already, against

    def write(self, path: Path) -> int:
        """Write what holds as a resolver file; return how many lines."""
        held = list(standing(self._journal.judgements()).values())
        lines = [
            json.dumps([*reversed(one.pair), one.judgement, one.score, one.pen_name or "", one.made])
            for one in held
        ]
        write_whole(path, "".join(f"{line}\n" for line in lines).encode())
        return len(lines)

    def _names(self) -> dict[str, str]:
        known = roster(self._ground)
        names = dict(zip(known.ids, known.captions, strict=True))
        return {given: names[entity] for given, entity in known.into.items()} | names


def resolver_lines(path: Path) -> Iterable[Judgement]:
    """Return the judgements of nomenklatura's resolver file.

    A line is `[target, source, judgement, score, user, time]`, or an object of these names as a dump of its
    database has them (`timestamp` or `created_at`; what has a `deleted_at` is left out). Raises UsageError
    with the line's number for what is neither.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read as text: {type(error).__name__}") from None
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            one = _edge(json.loads(line))
        except (ValueError, TypeError, KeyError, IndexError):
            raise UsageError(f"line {number} of {path} is no edge of a nomenklatura resolver") from None
        if one is not None:
            found.append(one)
    return found


def _edge(row: Any) -> Judgement | None:  # noqa: ANN401 - other people's JSON
    if isinstance(row, dict):
        if row.get("deleted_at"):
            return None
        time = row.get("created_at") or row.get("timestamp")
        row = [row["target"], row["source"], row["judgement"], row.get("score"), row.get("user"), time]
    if not isinstance(row, list) or len(row) < _LEAST:
        raise ValueError
    target, source, judgement, score, user, made = row[:_LEAST]
    if not (isinstance(target, str) and isinstance(source, str) and target != source):
        raise ValueError
    if judgement not in VALUES:
        raise ValueError
    return Judgement(
        left=target,
        right=source,
        judgement=judgement,
        score=None if score is None else float(score),
        made=str(made or now()),
        pen_name=str(user) if user else None,
    )
