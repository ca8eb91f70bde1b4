from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from casegraph.model import Mention, Resolved
from casegraph.resolve import STAGE
from casegraph.resolve.aliases import stands_for
from casegraph.resolve.names import is_form, legal_form, words
from casegraph.testing import mention, page, parsed

Name = tuple[str, str]


def resolved(text: str, *names: Name) -> dict[str, Resolved]:
    """Resolve names given as (words, schema) in a text; one that is given again is its next occurrence."""
    on = page(text)
    mentions: list[Mention] = []
    for number, (name, schema) in enumerate(names):
        seen = sum(other == name for other, _ in names[:number])
        mentions.append(mention(on, name, schema, occurrence=seen + 1))
    by_id = {one.id: one.name for one in mentions}
    return {by_id[one.mention]: one for one in STAGE.run(parsed(on, *mentions)) if isinstance(one, Resolved)}


def same(found: dict[str, Resolved], *names: str) -> bool:
    return len({found[name].entity for name in names}) == 1


def apart(found: dict[str, Resolved], *names: str) -> bool:
    return len({found[name].entity for name in names}) == len(names)


WORDS = ["Orlan", "Kern", "Works", "Ltd", "A.", "of", "the", "New"]
COMPANY, PERSON, BODY, ORG, PLACE = "Company", "Person", "PublicBody", "Organization", "Address"


def test_folding_articles_and_legal_forms() -> None:
    found = resolved(
        "ORLAN WORKS and Orlan Works Ltd. and the Orlan  Works, Orlan Works LLC? no.",
        ("ORLAN WORKS", COMPANY),
        ("Orlan Works Ltd", COMPANY),
        ("the Orlan  Works", ORG),
    )
    assert same(found, "ORLAN WORKS", "Orlan Works Ltd", "the Orlan  Works")
    assert {one.schema for one in found.values()} == {COMPANY}
    assert {one.name for one in found.values()} == {"Orlan Works Ltd"}
    assert found["the Orlan  Works"].spelling == "the Orlan Works"


def test_two_legal_forms_are_two_companies() -> None:
    found = resolved(
        "Orlan Works Ltd sued Orlan Works LLC. Orlan Works won.",
        ("Orlan Works Ltd", COMPANY),
        ("Orlan Works LLC", COMPANY),
    )
    assert apart(found, "Orlan Works Ltd", "Orlan Works LLC")


def test_legal_forms_of_many_countries() -> None:
    for name in (
        "Wren GmbH & Co. KG",
        "Wren S.p.A.",
        "Wren L.L.C.",
        "Wren Co., Ltd.",
        "Wren A/S",
        "OOO Wren",
        "ООО «Wren»",
        "Wren Sp. z o.o.",
        "Wren FZ-LLC",
        "The Wren Pty Ltd",
    ):
        assert words(name, "Organization") == ("wren",), name
        assert legal_form(name), name
    assert words("深圳某某科技有限公司", "Organization") == ("深圳某某科技",)
    assert words("Limited", "Organization") == ("limited",)
    assert words("AS Wren", "Organization") == ("as", "wren")  # no form that leads


def test_an_acronym_in_brackets_stands_for_the_name_before_it() -> None:
    found = resolved(
        "The Ministry of Harbours (MoH) said no. Later MoH said yes, and M.o.H. is odd.",
        ("Ministry of Harbours", BODY),
        ("MoH", ORG),
    )
    assert same(found, "Ministry of Harbours", "MoH")
    assert found["MoH"].name == "Ministry of Harbours"


def test_brackets_that_introduce_nothing() -> None:
    found = resolved(
        "Harbour Union (Ravenna) met RAV. Harbour Union (HU) and Hill Union (HU) met HU.",
        ("Harbour Union", ORG),
        ("RAV", ORG),
        ("Hill Union", ORG),
        ("HU", ORG),
    )
    assert apart(found, "Harbour Union", "RAV", "Hill Union")
    assert stands_for("M.o.H.", "Ministry of Harbours")
    assert stands_for("MH", "Ministry of Harbours")
    assert stands_for("G3", "Garn 3")
    assert not stands_for("M", "Ministry")
    assert not stands_for("MOD", "Ministry of Harbours")


def test_an_acronym_that_two_names_were_given_is_left_alone() -> None:
    on = page("Harbour Union (HU) met Hill Union (HU). Then HU left.")
    mentions = [
        mention(on, "Harbour Union", ORG),
        mention(on, "Hill Union", ORG),
        mention(on, "HU", ORG, occurrence=3),
    ]
    entities = [one.entity for one in STAGE.run(parsed(on, *mentions)) if isinstance(one, Resolved)]
    assert len(set(entities)) == 3


def test_a_surname_stands_for_the_one_person_who_bears_it() -> None:
    found = resolved(
        "Kern denies it. Anna Vera Kern, A. Kern and Anna Kern are one.",
        ("Kern", PERSON),
        ("Anna Vera Kern", PERSON),
        ("A. Kern", PERSON),
        ("Anna Kern", PERSON),
    )
    assert same(found, "Kern", "Anna Vera Kern", "A. Kern", "Anna Kern")
    assert found["Kern"].name == "Anna Vera Kern"


def test_a_surname_of_two_persons_stands_for_neither() -> None:
    found = resolved(
        "Anna Kern met Otto Kern. Kern left. O. Kern stayed.",
        ("Anna Kern", PERSON),
        ("Otto Kern", PERSON),
        ("Kern", PERSON),
        ("O. Kern", PERSON),
    )
    assert apart(found, "Anna Kern", "Otto Kern", "Kern")
    assert same(found, "O. Kern", "Otto Kern")


def test_middle_initials_say_nothing() -> None:
    found = resolved("Anna V. Kern is Anna Kern.", ("Anna V. Kern", PERSON), ("Anna Kern", PERSON))
    assert same(found, "Anna V. Kern", "Anna Kern")


def test_a_person_is_never_an_organisation() -> None:
    found = resolved(
        "Kern Works is all that Anna Kern has. Kern grew.",
        ("Anna Kern", PERSON),
        ("Kern Works", COMPANY),
        ("Kern", COMPANY),
    )
    assert apart(found, "Anna Kern", "Kern Works")
    assert same(found, "Kern", "Kern Works")
    found = resolved("Kern is a firm, Kern is not.", ("Kern", PERSON), ("Kern", COMPANY))
    assert len(STAGE.gives) == 1


def test_short_names_of_organisations() -> None:
    found = resolved(
        "IEM Kupava makes Orlan Works happy. Kupava pays Orlan."
        " Russian Harbour Ministry pays the Harbour Ministry.",
        ("IEM Kupava", COMPANY),
        ("Orlan Works", COMPANY),
        ("Kupava", ORG),
        ("Orlan", ORG),
        ("Russian Harbour Ministry", BODY),
        ("Harbour Ministry", BODY),
    )
    assert same(found, "IEM Kupava", "Kupava")
    assert same(found, "Orlan Works", "Orlan")
    assert same(found, "Russian Harbour Ministry", "Harbour Ministry")


def test_short_names_that_may_mean_another() -> None:
    found = resolved(
        "Orlan Logistics, Bank of Veld, New Dorn Port, Hill Bank, Sea Bank and the Mill Wire met."
        " Orlan, Veld, Dorn Port, Bank, Mill left.",
        ("Mill Wire", ORG),
        ("Mill", ORG),  # a place, more likely
        ("Orlan Logistics", COMPANY),  # a daughter, perhaps
        ("Orlan", COMPANY),
        ("Bank of Veld", ORG),
        ("Veld", ORG),
        ("New Dorn Port", ORG),
        ("Dorn Port", ORG),
        ("Hill Bank", ORG),
        ("Sea Bank", ORG),
        ("Bank", ORG),
    )
    assert apart(found, *found)


def test_a_short_name_that_comes_first_is_another() -> None:
    found = resolved("Orlan bought Orlan Works.", ("Orlan", COMPANY), ("Orlan Works", COMPANY))
    assert len({one.entity for one in found.values()}) == 2


def test_the_same_name_in_two_documents_is_one_entity() -> None:
    one = resolved("Orlan Works Ltd came.", ("Orlan Works Ltd", COMPANY))
    two = resolved("The Orlan Works went.", ("Orlan Works", ORG))
    assert one["Orlan Works Ltd"].entity == two["Orlan Works"].entity
    place = resolved("Orlan Works is a town.", ("Orlan Works", PLACE))
    assert place["Orlan Works"].entity != two["Orlan Works"].entity


def test_other_schemas_and_names_without_a_word() -> None:
    on = page("Veld Port and — and G-3.")
    mentions = [mention(on, "Veld Port", PLACE), mention(on, "—", ORG), mention(on, "G-3", "Asset")]
    found = [one for one in STAGE.run(parsed(on, *mentions)) if isinstance(one, Resolved)]
    assert [(one.schema, one.name) for one in found] == [(PLACE, "Veld Port"), ("Asset", "G-3")]


def names_somebody(one: Mention) -> bool:
    """Say whether a name is more than a legal form ("the Ltd") or a letter."""
    if one.schema == "Thing":
        return len("".join(words(one.name, "Thing"))) > 1
    return one.schema not in {COMPANY, BODY} or not is_form(words(one.name, "Organization"))


@given(
    st.lists(
        st.tuples(
            st.lists(
                st.sampled_from(["Orlan", "Kern", "Works", "Ltd", "A.", "of", "the", "New"]),
                min_size=1,
                max_size=4,
            ),
            st.sampled_from([COMPANY, PERSON, BODY, PLACE, "Thing"]),
        ),
        max_size=8,
    )
)
def test_any_names_give_one_entity_each_and_always_the_same(given_names: list[tuple[list[str], str]]) -> None:
    names = [(" ".join(parts), schema) for parts, schema in given_names]
    text = " | ".join(name for name, _ in names)
    on = page(text)
    start, mentions = 0, []
    for number, (name, schema) in enumerate(names):
        mentions.append(
            Mention(
                id=f"mention-{number}",
                kind="name",
                name=name,
                target=on.target(start, start + len(name)),
                schema=schema,
            )
        )
        start += len(name) + 3
    found = list(STAGE.run(parsed(on, *mentions)))
    assert found == list(STAGE.run(parsed(on, *mentions)))
    named = sorted(m.id for m in mentions if names_somebody(m))
    assert sorted(one.mention for one in found if isinstance(one, Resolved)) == named
    groups: dict[str, set[bool]] = {}
    schemas = {m.id: m.schema for m in mentions}
    for one in found:
        assert isinstance(one, Resolved)
        groups.setdefault(one.entity, set()).add(schemas[one.mention] == PERSON)
    assert all(len(kinds) == 1 for kinds in groups.values())
