from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegraph.resolve.base import Party
from casegraph.resolve.matching.blocking import Index, keys
from casegraph.resolve.matching.chinese import family_and_given, readings_of, split_place
from casegraph.resolve.matching.cluster import cluster
from casegraph.resolve.matching.parts import parts
from casegraph.resolve.matching.romanized import palladius, pinyin_of_palladius, wade_giles
from casegraph.resolve.matching.schemes import scheme_of
from casegraph.resolve.matching.score import names_score, score
from casegraph.resolve.matching.sounds import alike
from casegraph.resolve.matching.transcribed import cost, is_known


def company(*names: str, identifiers: frozenset[tuple[str, str]] = frozenset()) -> Party:
    return Party("Organization", names, identifiers)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("щукин", "shchukin"),
        ("щукин", "schtschukin"),
        ("щукин", "chtchoukine"),
        ("щукин", "szczukin"),
        ("купол", "kupol"),
        ("库波尔", "kupol"),
        ("库波尔", "купол"),
        ("шэньчжэнь", "shenzhen"),
        ("محمد", "mohamed"),
    ],
)
def test_spellings_of_one_word_sound_alike(one: str, other: str) -> None:
    assert alike(one, other) > 0.9
    assert alike(one, "zabrowski") < 0.6


def test_chinese_syllables_in_other_spellings() -> None:
    assert [palladius(one) for one in ("zhong", "xiang", "juan", "hui")] == ["чжун", "сян", "цзюань", "хуэи"]
    assert [wade_giles(one) for one in ("zhong", "xiang", "zi")] == ["chung", "hsiang", "tzu"]
    assert "jingheng" in pinyin_of_palladius("цзинхэн")
    assert family_and_given("欧阳慕寒") == ("欧阳", "慕寒")
    assert split_place("深圳市赤隼科技") == ("深圳", "赤隼科技")


def test_every_character_has_sounds_that_the_keys_know() -> None:
    for code in range(0x4E00, 0x9FA6):
        for sound in readings_of(chr(code)):
            assert set(sound) <= set("pbfvtdszcSZCJkghlrmnaeiou"), chr(code)


def test_schemes_are_named() -> None:
    assert scheme_of("купол", "kupol") == "BGN/PCGN"
    assert scheme_of("щукин", "schtschukin") == "German"
    assert scheme_of("近平", "jinping") == "pinyin"
    assert scheme_of("купол", "cupola") is None


def test_a_company_is_taken_apart() -> None:
    own = parts("深圳市赤隼无人机科技有限公司", "Organization")
    assert own.form == "limited"
    assert [(word.sort, word.concept) for word in own.words] == [
        ("place", None), ("name", None), ("concept", "drone"), ("concept", "technology"),
    ]  # fmt: skip
    assert parts("АО «Ижмаш-Вектор»", "Organization").form == "joint_stock"


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("第十四研究所", "14"), ("14-й институт", "14"), ("Fourteenth Institute", "14"), ("Завод № 7", "7"),
        ("Brigade Forty-Four", "44"), ("Orlovat Fund II", "2"), ("Четырнадцатый завод", "14"),
    ],
)  # fmt: skip
def test_numbers_are_read_however_they_are_written(name: str, number: str) -> None:
    assert parts(name, "Organization").numbers == {number}


def test_different_numbers_forbid() -> None:
    match = score(company("14th Research Institute"), company("第三十八研究所"))
    assert match.outcome == "different"
    assert any("14 ≠ 38" in reason.words for reason in match.reasons)
    assert score(company("14th Research Institute"), company("第十四研究所")).score > 0.7


def test_identifiers_decide() -> None:
    one = frozenset({("inn", "7707083893")})
    other = frozenset({("inn", "5003021311")})
    assert score(company("Alpha", identifiers=one), company("Омега", identifiers=one)).outcome == "same"
    apart = score(company("Alpha", identifiers=one), company("Alpha", identifiers=other))
    assert apart.outcome == "different"
    assert "INN" in apart.reasons[0].words


def test_characters_read_alike_are_proposals() -> None:
    match = score(Party("Person", ("陆启航",)), Party("Person", ("Lu Qihang",)))
    assert (match.outcome, match.score > 0.7) == ("proposal", True)
    assert any("read alike" in reason.words for reason in match.reasons)


def test_a_common_name_is_a_proposal_until_something_backs_it() -> None:
    one, other = Party("Person", ("Ivan Petrov",)), Party("Person", ("Иван Петров",))
    assert score(one, other).outcome == "proposal"
    born = frozenset({"1970-02-03"})
    backed = [Party("Person", party.names, births=born) for party in (one, other)]
    assert score(*backed).outcome == "same"


def test_reasons_name_the_scheme_and_the_forms() -> None:
    match = score(company("АО «Вектрикс»"), company("OOO Vektriks"))
    words = " ".join(reason.words for reason in match.reasons)
    assert "two scripts" in words
    assert "limited ≠ joint stock" in words


def test_keys_cross_scripts() -> None:
    assert keys("Аркадий Зубаревский", "Person") & keys("Arkadij Subarewskij", "Person")
    assert keys("Завод № 7", "Organization").isdisjoint(keys("Plant No. 17", "Organization"))


def test_the_index_finds_across_scripts() -> None:
    index = Index([(name, "Person") for name in ("Yaroslav Shcherbatyuk", "Anna Kern", "Margaret Ellinwood")])
    assert index.nearest("Ярослав Щербатюк", "Person", 1)[0][0] == 0
    assert index.nearest("玛格丽特·埃林伍德", "Person", 1)[0][0] == 2


def test_a_veto_outlasts_a_chain() -> None:
    found = cluster("abcd", [(0.99, "a", "b"), (0.98, "c", "d"), (0.95, "b", "c")], [("a", "d")])
    assert found.roots == {"a": "a", "b": "a", "c": "c", "d": "c"}
    assert found.stopped == (("b", "c"),)


@pytest.mark.parametrize(
    ("han", "latin", "other"),
    [("特伦特", "trent", "brandt"), ("莫里森", "morrison", "carter"), ("施泰因", "stein", "stanley")],
)
def test_characters_stand_for_the_letters_that_people_write_them_for(
    han: str, latin: str, other: str
) -> None:
    assert cost(han, latin) < 1.2 < cost(han, other)
    assert names_score(f"Anna {latin.title()}", f"安娜·{han}", "Person")[0] > 0.7
    assert names_score(f"Anna {other.title()}", f"安娜·{han}", "Person")[0] < 0.7


def test_characters_never_seen_in_foreign_names_cost_what_unknown_ones_do() -> None:
    assert not is_known("龘")
    assert cost("龘", "ta") > 2.4
    assert cost("龘", "") == float("inf")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Xiamen Yunling Engine Co., Ltd.", "Xiamen Yunlin Engine Co., Ltd."),
        ("厦门云林发动机有限公司", "Xiamen Yunling Engine Co., Ltd."),
        ("Halden Shipping Ltd", "Hallen Shipping Ltd"),
    ],
)
def test_firms_of_which_a_consonant_or_a_syllable_is_another_are_not_proposed_high(
    one: str, other: str
) -> None:
    assert score(company(one), company(other)).score < 0.7


@given(st.text(max_size=12), st.text(max_size=12), st.sampled_from(["Person", "Organization", "Vessel"]))
def test_any_text_has_a_score_and_the_order_does_not_matter(one: str, other: str, group: str) -> None:
    there, back = names_score(one, other, group)[0], names_score(other, one, group)[0]
    assert 0 <= there <= 1
    assert there == pytest.approx(back, abs=0.35)
    keys(one, group)
