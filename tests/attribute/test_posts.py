"""The post that a claim of directorship or employment tells, in the words of the page."""

from __future__ import annotations

import pytest

from tests.attribute.made import claims_of

POSTS = {
    "Anna Kern, the chief executive of Orlan Works, left on Monday.": "chief executive",
    "Otto Wren, a former deputy director of Veld Port, left on Monday.": "deputy director",
    "Mara Dolen works as an engineer at Sella Brokers.": "engineer",
    "Генеральный директор ООО «Вега» Иван Остов уехал в среду.": "Генеральный директор",
    "Бывший заместитель директора завода «Орлан» Пётр Рябов уехал.": "заместитель директора",
    "Анна Кернова работает главным бухгалтером в банке «Мост».": "главным бухгалтером",
    "Глеб Сайко — директор по развитию компании «Лагуна».": "директор по развитию",
    "沂川机床财务总监郭映秋周三表示，货物已退运。": "财务总监",
}


@pytest.mark.parametrize(("text", "post"), POSTS.items())
def test_a_post_is_kept_as_written_and_leads_to_its_words(text: str, post: str) -> None:
    (claim,) = (one for one in claims_of(text) if one.kind in {"directorship", "employment"})
    assert claim.qualifiers.position == post
    (target,) = (one for one in claim.qualifiers.targets if one.exact == post)
    assert text[target.start : target.end] == post


@pytest.mark.parametrize(
    "text",
    [
        "Anna Kern leads Orlan Works.",
        "Анна Кернова возглавляет завод «Орлан».",
        "Anna Kern, 44, was hired by Orlan Works.",
    ],
)
def test_where_no_post_is_named_there_is_none(text: str) -> None:
    assert all(one.qualifiers.position is None for one in claims_of(text))
