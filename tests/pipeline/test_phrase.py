from __future__ import annotations

import pyarrow as pa
import pytest

from casegraph.errors import UsageError
from casegraph.pipeline.named import ABOUT, SAID_BY
from casegraph.pipeline.phrase import Phrase, claims_naming

ROWS = pa.table(
    {
        "claim": ["mention", "full name", "word of a mention", "bare word", "chinese", "other", "speaker"],
        "part": [ABOUT] * 6 + [SAID_BY],
        "name": ["orlan", "orlan works", "works", "works", "奥兰工厂", "orlan works yard", "orlan works"],
        "mention": ["m1", "m2", "m3", None, "m4", "m5", None],
    },
    schema=pa.schema([(name, pa.string()) for name in ("claim", "part", "name", "mention")]),
)


def test_an_entity_is_found_by_its_mentions_and_its_whole_names() -> None:
    """A single word is a name that others share: it counts only where nothing says whose it is."""
    names = ["orlan works", "works", "奥兰工厂"]
    found = claims_naming(ROWS, ABOUT, None, pa.array(["m1"], type=pa.string()), names)
    assert found.column("claim").to_pylist() == ["mention", "full name", "bare word", "chinese"]
    assert claims_naming(ROWS, SAID_BY, None, pa.array([], type=pa.string()), names).num_rows == 1
    assert claims_naming(ROWS, ABOUT, None, pa.array([], type=pa.string())).num_rows == 0


def test_a_star_stands_for_the_rest_of_a_word() -> None:
    assert Phrase("Harr*").within("Harrow Marine")
    assert not Phrase("Harr").within("Harrow Marine")
    assert not Phrase("arrow*").within("Harrow Marine")
    with pytest.raises(UsageError):
        Phrase("*")


def test_one_of_several_phrases_is_enough() -> None:
    phrase = Phrase("orlan works", "Kern")
    assert phrase.within("Anna Kern")
    assert phrase.within("the Orlan Works of Veld")
    assert not phrase.within("Kernel", "Orlan")
    names = pa.chunked_array([["anna kern", "kernel", "orlan works ltd"]])
    assert phrase.mask(names).to_pylist() == [True, False, True]
