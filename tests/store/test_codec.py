from __future__ import annotations

from typing import Any

import msgspec
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casegraph.model import (
    Claim,
    Document,
    Entity,
    Mention,
    Page,
    Parse,
    Problem,
    Record,
    Resolved,
)
from casegraph.store.codec import KEYS, Codec, codec, place
from casegraph.store.manifest import Unit

TYPES: tuple[type[Record], ...] = (Document, Page, Mention, Parse, Claim, Resolved, Entity, Problem, Unit)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def made(type_: type[Record]) -> st.SearchStrategy[Any]:
    """Return a strategy for any value that a record's field may hold."""
    info = msgspec.inspect.type_info(type_)
    return _made(info)


def _made(info: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - any node of msgspec's type tree
    inspect = msgspec.inspect
    match info:
        case inspect.StructType():
            return st.builds(info.cls, **{field.name: _made(field.type) for field in info.fields})
        case inspect.UnionType():
            return st.one_of(*(_made(one) for one in info.types))
        case inspect.LiteralType():
            return st.sampled_from(info.values)
        case inspect.VarTupleType():
            return st.lists(_made(info.item_type), max_size=3).map(tuple)
        case inspect.DictType():
            return st.dictionaries(_made(info.key_type), _made(info.value_type), max_size=3)
    simple: dict[type[Any], st.SearchStrategy[Any]] = {
        inspect.StrType: TEXT,
        inspect.BytesType: st.binary(max_size=12),
        inspect.BoolType: st.booleans(),
        inspect.NoneType: st.none(),
        inspect.IntType: st.integers(-(2**63), 2**63 - 1),
        inspect.FloatType: st.floats(allow_nan=False, allow_infinity=False),
    }
    return simple[type(info)]


@pytest.mark.parametrize("type_", TYPES, ids=lambda type_: type_.__name__)
def test_records_come_back_as_they_were(type_: type[Record]) -> None:
    own: Codec[Record] = codec(type_)

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(made(type_), max_size=4))
    def check(records: list[Record]) -> None:
        batch = own.encode("sha256:00", records)
        assert batch.schema == own.schema
        back = list(own.decode(batch))
        assert back == sorted(records, key=place)

    check()


@pytest.mark.parametrize("type_", TYPES, ids=lambda type_: type_.__name__)
def test_each_field_is_a_column_of_its_name(type_: type[Record]) -> None:
    names = codec(type_).schema.names
    assert names[: len(KEYS)] == list(KEYS)
    assert names[len(KEYS) :] == list(type_.__struct_fields__)


def test_scalars_are_typed_and_nested_fields_are_json() -> None:
    schema = codec(Mention).schema
    assert schema.field("score").type == pa.float64()
    assert schema.field("country").type == pa.string()
    assert not schema.field("name").nullable
    assert schema.field("country").nullable
    assert set(codec(Mention).json) == {"target", "date", "amount", "quantity"}
    assert codec(Parse).schema.field("start").type == pa.binary()
    assert codec(Claim).schema.field("direct_quote").type == pa.bool_()


def test_what_no_table_can_hold_is_an_error_not_a_loss() -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - UnicodeEncodeError, a ValueError, of whoever encodes
        codec(Problem).encode("d", [Problem(code="a.b", subject="\ud800", detail="")])
    with pytest.raises((ValueError, OverflowError)):
        codec(Document).encode("d", [Document(id="d", media_type="", size=2**70)])
