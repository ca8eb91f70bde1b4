"""The vocabulary of FollowTheMoney is the library's own."""

from __future__ import annotations

from casegraph.text.vocabulary import allowed, schemata
from tests.followthemoney import VOCABULARY, asked, with_followthemoney


@with_followthemoney
def test_the_vocabulary_is_that_of_the_library() -> None:
    theirs = asked(VOCABULARY)
    ours = {
        name: {
            "lineage": sorted(one.lineage),
            "abstract": one.abstract,
            "edge": list(one.edge) if one.edge else None,
            "properties": {
                key: [prop.type, prop.range, prop.longest] for key, prop in one.properties.items()
            },
        }
        for name, one in schemata().items()
    }
    assert ours == theirs["schemata"]
    for codes in ("countries", "languages", "topics"):
        assert sorted(allowed(codes)) == theirs[codes]


def test_a_schema_has_what_it_inherits() -> None:
    company = schemata()["Company"]
    assert company.is_a("LegalEntity")
    assert company.is_a("Asset")
    assert not company.is_a("Person")
    assert company.properties["name"].type == "name"
    assert schemata()["Ownership"].edge == ("owner", "asset")
    assert schemata()["Ownership"].properties["asset"].range == "Asset"
    assert "alias" in company.of_type("name")
