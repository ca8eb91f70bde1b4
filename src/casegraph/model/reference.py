"""Reference data: what registers, lists and tables of others say, kept apart from what documents claim."""

from __future__ import annotations

from casegraph.model.base import Record


class ReferenceSource(Record, frozen=True, kw_only=True):
    """A file of reference data came into the case, or was taken out; the last word on a data set holds."""

    dataset: str  # its name: small letters, digits, underscores
    original: str  # id of the bytes, `sha256:` and 64 hex digits
    size: int  # bytes
    name: str  # of the file
    form: str  # which reader: ftm, ftm-statements, mapping, bods, aliases
    mapping: str = ""  # text of the mapping file
    schema: str = ""  # FollowTheMoney schema of entries that do not tell theirs
    publisher: str = ""  # who published it
    source: str = ""  # where it is from: an address, or words
    licence: str = ""  # under which it may be used
    issued: str = ""  # when it was published, ISO 8601
    retrieved: str = ""  # when it was fetched, ISO 8601
    note: str = ""  # in the person's words
    removed: bool = False  # the data set no longer counts
    added: str  # ISO 8601 UTC
    pen_name: str | None = None  # who added it, as they chose to sign


class ReferenceEntity(Record, frozen=True, kw_only=True):
    """One entry of a data set, in FollowTheMoney's terms; `names` and what follows are for matching."""

    id: str  # as the data set has it
    dataset: str  # which one
    schema: str  # FollowTheMoney schema
    caption: str  # its first name, or its id
    names: tuple[str, ...] = ()  # names and aliases in all languages, sorted
    weak_names: tuple[str, ...] = ()  # abbreviations and weak aliases: too short to match by
    identifiers: tuple[str, ...] = ()  # as `inn:7700000016`; kinds as `extract` names them
    countries: tuple[str, ...] = ()  # ISO 3166-1 alpha-2, lower case, and FollowTheMoney's further codes
    births: tuple[str, ...] = ()  # ISO 8601, as precise as given
    topics: tuple[str, ...] = ()  # FollowTheMoney's: `sanction`, `role.pep`
    properties: dict[str, tuple[str, ...]] = {}  # all of them; references lead to ids of the same data set
    referents: tuple[str, ...] = ()  # further ids that mean it
    line: int = 0  # of the file, where it begins
