"""Attribution and relations over Universal Dependencies: parses in, spans and roles out."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casegraph.attribute import STAGE
from casegraph.attribute.lexicon import load_lexicon as load_english
from casegraph.attribute.quotes import find_quotations
from casegraph.attribute.universal.lexicon import load_lexicon
from casegraph.attribute.universal.relations.patterns import load_patterns
from casegraph.gates.forms import stem
from casegraph.gates.gold import GoldItem, gold_pages
from casegraph.model import Block, Claim, Mention, Parse, Parsed, pack
from tests.attribute.made import attributed, check_evidence, content, source

# What slovnet makes of invented sentences: start, end, head, sentence, pos, features, relation, lemma.
_PARSES = Path(__file__).with_name("ru-parses.jsonl")
_ROWS = [json.loads(line) for line in _PARSES.read_text(encoding="utf-8").splitlines()]


def _unit(row: dict[str, Any]) -> Parsed:
    unit = gold_pages(GoldItem("ru-test", "test", row["text"], (), language="ru"))
    columns: list[Any] = [list(c) for c in zip(*row["tokens"], strict=True)] or [[]] * 8
    numbers: dict[str, Any] = dict(
        zip(("start", "end", "head", "sentence"), map(pack, columns[:4]), strict=True)
    )
    words: dict[str, Any] = dict(
        zip(("pos", "tag", "dep", "lemma"), map("\n".join, columns[4:]), strict=True)
    )
    page = unit.pages[0]
    parse = Parse(
        document=unit.document.id, page=1, parser="test", language="ru", **numbers, **words,
        entity="\n" * max(0, len(row["tokens"]) - 1),
    )  # fmt: skip
    mentions = tuple(
        Mention(
            id=f"name-{start}", kind="name", name=row["text"][start:end], target=page.target(start, end),
            schema=schema, normal=normal,
        )
        for start, end, schema, normal in row["names"]
    )  # fmt: skip
    return Parsed(document=unit.document, pages=unit.pages, parses=(parse,), mentions=mentions)


def _claims(row: dict[str, Any]) -> list[Claim]:
    return [claim for claim in STAGE.run(_unit(row)) if isinstance(claim, Claim)]


@cache
def _of(start: str) -> tuple[Claim, ...]:
    return tuple(_claims(next(row for row in _ROWS if row["text"].startswith(start))))


@pytest.mark.parametrize(
    ("start", "who", "cue", "what", "stance"),
    [
        ("Чиновник", "Чиновник", "заявивший", "о краже", "asserts"),
        ("«Мы не ведём", "совладелец банка Роман Ухов", "отрезал", "«Мы не ведём переговоров»", "asserts"),
        ("По словам", "двух источников, близких к компании", "По словам", "груз ушёл в порт", "asserts"),
        ("— Мы не", "Иванов", "заявил", "Мы не поставляли | Это ложь", "asserts"),
        ("Бывший мэр", None, "обвиняется", "Бывший мэр Сидоров | в краже", "alleges"),
        ("Он намерен", "Он", "намерен", "купить завод", "predicts"),
        ("Как сообщает", "газета «Труд»", "Как сообщает", "завод закрыт", "asserts"),
        ("Завод, как", None, "как стало известно", "Завод | купил Пётр Громов", "asserts"),
        ("«Сделка", "сообщении банка", "говорится", "«Сделка сорвалась»", "asserts"),
        ("Представитель", "Представитель министерства", "отказался", "от комментариев", "declines-comment"),
        ("Переговоры", "его", "по его словам", "Переговоры | зашли в тупик", "asserts"),
        ("Мэр обвинил", "Мэр", "обвинил", "подрядчика в краже денег", "alleges"),
        ("Источник:", "Источник", ":", "завод закроют в мае", "predicts"),
        ("Завод закроют", "источник", "—", "Завод закроют в мае", "predicts"),
        ("Иванов отр", "Иванов", "отрицает", "что получал деньги от фирмы «Луч»", "denies"),
        ("Фирма якобы", None, "якобы", "Фирма | продала пять станков военному заводу", "alleges"),
        ("Судья", "Судья", "призвал", "к миру", "orders"),
        ("Сообщается", None, "Сообщается", "что пострадавших нет", "asserts"),
        ("Комментариев", None, "не последовало", "Комментариев", "declines-comment"),
        ("Движение", "пресс-службе порта", "сообщили", "Движение восстановлено", "asserts"),
        ("Рейс", "данных табло", "следует из", "Рейс задержан", "asserts"),
        ("Паром", "капитан Орлов", "сообщил", "Паром вернулся в порт", "asserts"),
        ("Подсудимый", "Подсудимый", "не признал", "вину", "denies"),
    ],
)  # fmt: skip
def test_who_says_what(start: str, who: str | None, cue: str, what: str, stance: str) -> None:
    found = attributed(list(_of(start)))[0]
    assert (source(found), found.attribution[0].cue) == (who, cue)
    assert (content(found), found.stance) == (what, stance)


def test_who_is_cited_stands_inside_whoever_cites() -> None:
    chains = [[link.speaker for link in claim.attribution] for claim in attributed(list(_of("«Вести»")))]
    assert ["источник в министерстве", "Вести", None] in chains
    cited = next(c for c in attributed(list(_of("«Вести»"))) if len(c.attribution) == 3)
    assert cited.attribution[0].unnamed


def test_whoever_is_quoted_by_name_stands_inside_whoever_quotes() -> None:
    chains = [[link.speaker for link in claim.attribution] for claim in attributed(list(_of("«Газ")))]
    assert chains == [["ТАСС", None], ["Лев Орлов", "ТАСС", None]]


def test_each_turn_of_a_dialogue_has_its_own_speaker() -> None:
    turns = [(source(claim), content(claim), claim.stance) for claim in attributed(list(_of("— Деньги")))]
    assert turns == [("судья", "Деньги брали?", "asks"), ("Орлов", "Брали", "asserts")]


def test_counted_sources_are_unnamed() -> None:
    origin = attributed(list(_of("По словам")))[0].attribution[0]
    assert origin.unnamed
    assert origin.count is not None
    assert (origin.count.minimum, origin.count.maximum) == (2, 2)


@pytest.mark.parametrize(
    ("start", "kind", "roles"),
    [
        ("Завод «Прибой»", "delivery", {"recipient": "Лаанемаа", "goods": "насосов"}),
        ("В 2020", "ownership", {"owner": "Нива-Юг", "asset": "элеватор"}),
        ("Основным", "ownership", {"owner": "Марина Шульга", "asset": "Кедр-Логистик"}),
        ("Сергей Лоск", "directorship", {"person": "Сергей Лоскутов", "organisation": "Ямалгеосервис"}),
        ("Компания «Астра»", "ownership", {"owner": "Астра", "asset": "Маяк"}),
        ("Ракетный", "production", {"producer": "Алмет", "product": "Сойка"}),
        ("Евросоюз", "sanction", {"authority": "Евросоюз", "target": "Понтика"}),
        ("Фирма «Гамма", "identity", {"name": "Гамма-Снаб", "other_name": "Снабтехника"}),
        ("Фирма «Гамма", "presence", {"actor": "Гамма-Снаб", "place": "Вологда"}),
        ("Станки", "production", {"producer": "Маяк", "product": "Станки"}),
        ("Иван Петров", "ownership", {"owner": "Иван Петров", "asset": "Луч"}),
        ("Иван Сид", "membership", {"person": "Иван Сидоров", "organisation": "Восток"}),
        ("Завод «Дуб»", "payment", {"payer": "Дуб", "beneficiary": "ООО «Ясень»"}),
        ("НИИ", "delivery", {"supplier": "НИИ «Волна»", "recipient": "КБ «Берег»", "goods": "датчики"}),
        ("Порт", "ownership", {"owner": "АО «Гавань»", "asset": "Порт"}),
        ("Проект", "production", {"producer": "ОКБ «Стрела»", "product": "Проект"}),
        ("АО «Сокол»", "ownership", {"owner": "АО «Сокол»", "asset": "ООО «Чайка»"}),
        ("Поставка", "delivery", {"supplier": "Радуга", "recipient": "Клён", "goods": "станков"}),
        ("Зарегистр", "presence", {"actor": "АО «Сосна»", "place": "Пермь"}),
        ("Станки, к", "production", {"producer": "Радуга", "product": "Станки"}),
        ("Британский", "directorship", {"person": "Джон Орли", "organisation": "Великобритания"}),
        ("Среди", "employment", {"person": "Пётр Орлов", "organisation": "Клён"}),
        ("Депутат", "membership", {"person": "Лев Орлов", "organisation": "Новый путь"}),
        ("Великобр", "sanction", {"authority": "Великобритания", "target": "Радуга"}),
        ("Сотрудники", "employment", {"person": "Пётр Сычёв", "organisation": "Радуга"}),
        ("Директора", "directorship", {"person": "Лев Орлов", "organisation": "рынка"}),
        (
            "Как сообщает газета «Труд», Larnet",
            "ownership",
            {"owner": "Лев Орлов", "asset": "Larnet Holdings"},
        ),
    ],
)
def test_relations(start: str, kind: str, roles: dict[str, str]) -> None:
    found = [
        {role: one.name for role, one in c.roles.items() if one is not None and not isinstance(one, tuple)}
        for c in _of(start) if c.kind == kind
    ]  # fmt: skip
    assert any(roles.items() <= one.items() for one in found), found


@pytest.mark.parametrize("start", ["Если", "Кто купит", "Финалист", "Кандидат"])
def test_conditions_questions_and_countries_in_brackets_state_no_relation(start: str) -> None:
    assert [claim.kind for claim in _of(start) if claim.kind != "statement"] == []


def test_lifted_sanctions_are_over() -> None:
    assert [c.polarity for c in _of("Великобр") if c.kind == "sanction"] == ["negative"]


def test_evidence_stands_where_it_says() -> None:
    for row in _ROWS:
        unit = _unit(row)
        for claim in STAGE.run(unit):
            if isinstance(claim, Claim):
                check_evidence(claim, unit.pages[0])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_parses_with_any_heads_and_labels_never_raise(data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(_ROWS))
    size = len(row["tokens"])
    heads = data.draw(st.lists(st.integers(-1, size), min_size=size, max_size=size))
    labels = [
        "nsubj",
        "obj",
        "obl",
        "ccomp",
        "acl",
        "conj",
        "root",
        "parataxis",
        "nmod",
        "appos",
        "mark",
        "case",
    ]
    deps = data.draw(st.lists(st.sampled_from(labels), min_size=size, max_size=size))
    tokens = [
        [*token[:2], head, *token[3:6], dep, token[7]]
        for token, head, dep in zip(row["tokens"], heads, deps, strict=True)
    ]
    for claim in _claims({**row, "tokens": tokens}):
        assert claim.evidence


def test_an_empty_page_says_nothing() -> None:
    assert _claims({"text": "", "tokens": [], "names": []}) == []


def test_the_data_of_russian_load() -> None:
    assert load_lexicon("ru").verbs["сообщить"]
    assert load_patterns("ru").verbs["поставить"]
    assert load_english("en").verbs["say"]


def test_nested_guillemets_are_one_quotation() -> None:
    text = "«Директор «Прибоя» лжёт», — сказал он. ООО «Завод «Маяк» молчит."
    found = find_quotations(text, (Block(start=0, end=len(text), role="paragraph", language="ru"),))
    assert [text[q.start : q.end] for q in found] == ["«Директор «Прибоя» лжёт»", "«Завод «Маяк»"]


def test_forms_of_one_name_share_their_stem() -> None:
    assert stem("заводу") == stem("завод")
    assert stem("harbour") == "harbour"
