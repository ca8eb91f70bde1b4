from __future__ import annotations

import random
from collections.abc import Iterator

from casegraph.model import Document, Fingerprint
from casegraph.trace import SAMPLE, is_common, is_large, keys, kin
from casegraph.trace.blocks import LARGE, _windows
from casegraph.trace.marks import figures, marks, skeleton
from casegraph.trace.sketch import sketch
from casegraph.trace.story import read
from casegraph.trace.words import split
from tests.trace.making import article, parsed

DRAW = random.Random(11)
WORDS = [
    "".join(DRAW.choices("bdfgklmnprst", k=2)) + DRAW.choice("aeiou") * 2 + DRAW.choice("nrst")
    for _ in range(4000)
]
Member = tuple[Fingerprint, Document]


def prose(count: int) -> str:
    return " ".join(DRAW.choices(WORDS, k=count))


def member(text: str, number: int = 0, marks: tuple[str, ...] = ()) -> Member:
    one = parsed(f"{number}\n\n{text[:80]}", outlet=f"outlet {number}")
    words = split(text)
    print_ = Fingerprint(
        document=one.document.id, language="en", words=len(words), sketch=sketch(words.whole, 4), marks=marks
    )
    return print_, one.document


def shared_key(*members: Member) -> str:
    """Return a key that all have."""
    found = set.intersection(*(set(keys(*one)) for one in members))
    return min(found)


def test_a_cut_and_its_whole_meet_and_strangers_do_not() -> None:
    whole = prose(400)
    first, second, stranger = member(whole), member(whole[600:1500], 1), member(prose(300), 2)
    key = shared_key(first, second)
    assert [{one.left, one.right} for one in kin(key, [first, second, stranger])] == [
        {first[0].document, second[0].document}
    ]


def test_what_most_of_a_block_has_makes_nobody_kin() -> None:
    notice = prose(60)
    block = [member(f"{prose(200)} {notice}", number) for number in range(40)]
    key = shared_key(*block)
    assert list(kin(key, block)) == []


def test_reprints_in_a_large_block_are_found_beside_a_notice_that_all_have() -> None:
    notice, wire = prose(60), prose(200)
    block = [member(f"{prose(200)} {notice}", number) for number in range(300)]
    prints = [member(f"{wire} {prose(30)} {notice}", 300 + number) for number in range(20)]
    key = shared_key(*block, *prints)
    found = list(kin(key, [*block[:200], *prints]))
    inside = {one[0].document for one in prints}
    assert {name for one in found for name in (one.left, one.right)} == inside


def test_a_notice_that_each_outlet_fills_in_makes_nobody_kin_and_copies_stay() -> None:
    form, filled, wire = prose(40), [prose(16) for _ in range(12)], prose(160)
    block = [member(f"{prose(200)} {filled[number % 12]} {form}", number) for number in range(150)]
    prints = [
        member(f"{wire} {prose(40)} {filled[one]} {form}", 150 + one, (f"n:{one}",)) for one in range(12)
    ]
    key = shared_key(*block, *prints)
    found = {(one.left, one.right) for one in kin(key, [*block, *prints])}
    inside = {one[0].document for one in prints}
    assert {name for pair in found for name in pair} == inside


def test_forms_filled_in_differently_are_not_kin_in_a_block() -> None:
    form = prose(300)
    block = [
        member(f"{form} {prose(8)}", number, (f"n:{1000 + number}", f"w:x{number}")) for number in range(30)
    ]
    assert list(kin(shared_key(*block), block)) == []


def test_a_block_costs_in_proportion_to_its_size() -> None:
    text = prose(120)
    for size in (50, 500, 2000):
        block = [member(text, number) for number in range(size)]
        windows = list(_windows(shared_key(block[0], block[-1]), block))
        assert sum(len(window) ** 2 for window in windows) <= size * 4 * 66
        assert {one[0].document for window in windows for one in window} == {one[0].document for one in block}


def test_pairs_are_given_once_with_the_lesser_id_first() -> None:
    wire = prose(200)
    block = [member(f"{wire} {prose(10)}", number, ("n:77", "w:abc")) for number in range(150)]
    found = list(kin(shared_key(*block), block))
    assert len({(one.left, one.right) for one in found}) == len(found)
    assert all(one.left < one.right and 0 < one.score <= 1 for one in found)


def score(left: Member, right: Member) -> float:
    (one,) = kin(shared_key(left, right), [left, right])
    return one.score


def test_the_score_is_how_much_of_the_shorter_text_is_in_the_longer() -> None:
    whole = prose(3000).split()
    part = whole[500:1500]
    assert score(member(" ".join(whole)), member(" ".join(part), 1)) > 0.85
    mixed = whole[:1000] + prose(1000).split()
    assert 0.35 < score(member(" ".join(whole)), member(" ".join(mixed), 1)) < 0.65


def test_translations_meet_by_figures() -> None:
    first = article(parsed("Ship held\n\nOfficers seized 1,240 crates worth $4.7 million."))
    second = article(parsed("Судно\n\nИзъято 1240 ящиков на 4,7 млн долларов."))
    third = article(parsed("货轮\n\n官员扣押了1240个箱子，价值470万美元。"))
    found = [set(keys(one.fingerprint, one.document)) for one in (first, second, third)]
    assert any(key.startswith("t:") for key in found[0] & found[1] & found[2])


def figured(text: str) -> list[float]:
    return [value for value, _ in figures(text)]


def test_figures_are_read_with_their_scale() -> None:
    assert figured("4.7 million and 1,240 and 3 тыс. and 470万 and 2,5 млрд") == [
        4.7e6,
        1240,
        3000,
        4.7e6,
        2.5e9,
    ]
    assert figured("G3, 12:30, A4") == [12, 30]


def test_names_sound_alike_in_two_scripts() -> None:
    assert skeleton("Gumennik") == skeleton("Гуменник")
    assert skeleton("Teterina") == skeleton("Тетерина")
    assert skeleton("Kern") != skeleton("Berg")


def test_words_stand_where_they_say_and_fold() -> None:
    text = "Café «Ёлка» 货轮 １２ don’t"
    words = split(text)
    assert [text[start:end] for start, end in zip(words.start, words.end, strict=True)] == [
        "Café", "Ёлка", "货", "轮", "１２", "don", "t",
    ]  # fmt: skip
    plain = split("cafe елка 货 轮 12 DON T")
    assert list(words.whole) == list(plain.whole)


def test_furniture_is_no_story() -> None:
    one = parsed(
        "Ship held\n\nOfficers seized it.\n\nRead also: ten beaches\n\n© Harbour Media\n\n相关阅读：海滩"
    )
    story = read(one.pages)
    assert [story.text(number) for number in range(len(story.sentences))] == [
        "Ship held",
        "Officers seized it",
    ]
    assert marks(story, ()) == ()


def test_a_document_without_words_has_no_keys_of_text() -> None:
    def empty() -> Iterator[Fingerprint]:
        yield Fingerprint(document="sha256:0", language=None, words=0, sketch=b"")

    assert list(keys(next(empty()), parsed("x").document)) == []


def test_what_hundreds_share_makes_nobody_kin_and_reprints_meet_by_the_rest() -> None:
    notice, wire = prose(40), prose(200)
    block = [member(f"{prose(200)} {notice}", number) for number in range(LARGE)]
    prints = [member(f"{wire} {prose(30)} {notice}", LARGE + number) for number in range(20)]
    assert list(kin("s:00000000", [*block, *prints])) == []
    own = set.intersection(*(set(keys(*one)) for one in prints)) - set(keys(*block[0]))
    inside = {one[0].document for one in prints}
    assert own
    for key in own:
        found = list(kin(key, prints))
        assert {name for one in found for name in (one.left, one.right)} == inside


def test_a_story_that_hundreds_print_is_found_in_a_block_above_the_limit() -> None:
    wire = prose(200)
    prints = [member(f"{wire} {prose(30)}", number) for number in range(LARGE + 20)]
    found = list(kin(shared_key(*prints), prints))
    assert {name for one in found for name in (one.left, one.right)} == {one[0].document for one in prints}


def test_a_figure_that_hundreds_tell_is_common_unless_they_tell_the_same() -> None:
    alone = [member(prose(60), number, ("n:5000", f"n:{1000 + number}")) for number in range(LARGE + 1)]
    same = [member(prose(60), number, ("n:27412", "n:33137", "n:5000")) for number in range(LARGE + 1)]
    assert is_large("m:n:5000", len(alone))
    assert is_common("m:n:5000", alone[:SAMPLE])
    assert not is_common("m:n:5000", same[:SAMPLE])
    assert not is_large("u:example.org/page", len(alone))
