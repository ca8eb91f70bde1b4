"""Made articles whose copies are known: wires, reprints, rewrites, and what nobody copied; any number."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec
from faker.providers.lorem.en_US import Provider as Lorem

from casegraph.bench.pages import Writer

Sort = Literal["wire", "reprint", "rewrite", "other"]

_OUTLETS = 60
_ALONE = 0.82  # share of stories that nobody copied: 40 % of the articles
_MOST = 12  # articles of a story
_REWRITTEN = 0.5  # share of copies that are rewrites
_KEPT = 0.7  # share of other words than names and figures that a rewrite keeps
_FULL, _BRIEF = (12, 24), (4, 7)  # sentences of a story
_TOPIC = 90  # words of the language that a story is about
_SMALL = (
    "the the the a of of in to and that for on with by from at as was were had has would it its they "
    "their which after before over under between against"
).split()
_STOCK = (
    "{0} told reporters", "according to {0}", "{0} said in a statement", "{0} declined to comment",
    "said a spokesman for {0}", "{0} could not be reached for comment",
)  # fmt: skip


class Wire(msgspec.Struct, frozen=True):
    """One article. Those of one `story` are the wire and its copies."""

    number: int
    story: int
    sort: Sort
    title: str
    paragraphs: tuple[str, ...]  # the last is the outlet's own foot
    day: int  # of the year


Sentence = list[str]  # words; names and figures are marked by a capital or a digit


def articles(count: int, seed: int, *, short: bool = False) -> Iterator[Wire]:
    """Yield made articles, the same for the same seed, a wire before its copies; memory stays bounded.

    Short ones have some 90 words in place of 300, and the name of an outlet in place of its foot.
    """
    desk = _Desk(seed, _BRIEF if short else _FULL)
    number = story = 0
    while number < count:
        for sort, title, paragraphs, day in desk.story():
            if number == count:
                return
            yield Wire(number, story, sort, title, paragraphs, day)
            number += 1
        story += 1


class _Desk:
    """Writes stories and what others make of them. Words are English, sentences are none."""

    def __init__(self, seed: int, sentences: tuple[int, int]) -> None:
        self._sentences = sentences
        self._chance = random.Random(seed)
        self._writer = Writer(seed)
        self._words = sorted({word for word in Lorem.word_list if word.islower()})
        self._feet = [self._foot() for _ in range(_OUTLETS)]
        self._topic: Sequence[str] = ()
        self._cast: Sequence[str] = ()

    def _foot(self) -> str:
        choice = self._chance.choice
        name = f"The {choice(self._writer.places)} {choice(('Post', 'Courier', 'Mail', 'Echo'))}"
        if self._sentences == _BRIEF:
            return f"{name}."
        return (
            f"{name} is published every working day by {choice(self._writer.companies)}. Readers who wish to "
            f"complain about an article may write to the editor of {name} within four weeks of its printing."
        )

    def story(self) -> Iterator[tuple[Sort, str, tuple[str, ...], int]]:
        """Yield one story's articles: sort, title, paragraphs, day."""
        chance, writer = self._chance, self._writer
        self._topic = chance.sample(self._words, _TOPIC)
        people, companies = chance.sample(writer.people, 3), chance.sample(writer.companies, 2)
        self._cast = [*people, *companies, chance.choice(writer.places)]
        told = [self._sentence() for _ in range(chance.randint(*self._sentences))]
        title = " ".join(told[0][:9])
        day = chance.randint(1, 360)
        alone = chance.random() < _ALONE
        yield "other" if alone else "wire", title, self._printed(told), day
        for _ in range(0 if alone else chance.randint(1, _MOST - 1)):
            later = day + chance.randint(0, 3)
            if chance.random() < _REWRITTEN:
                anew = self._rewritten(told)
                yield "rewrite", " ".join(anew[0][:9]), self._printed(anew), later
            else:
                yield "reprint", title, self._printed(self._cut(told)), later

    def _sentence(self) -> Sentence:
        chance = self._chance
        words = [
            chance.choice(_SMALL) if chance.random() < 0.45 else chance.choice(self._topic)
            for _ in range(chance.randint(10, 22))
        ]
        for _ in range(chance.randint(0, 2)):
            words.insert(chance.randrange(len(words)), chance.choice(self._cast))
        if chance.random() < 0.4:
            words.insert(chance.randrange(len(words)), str(chance.randint(3, 9999)))
        if chance.random() < 0.35:
            words.append(chance.choice(_STOCK).format(chance.choice(self._cast)))
        return words

    def _printed(self, told: Sequence[Sentence]) -> tuple[str, ...]:
        sentences = [_capital(" ".join(words)) + "." for words in told]
        parts = [" ".join(sentences[place : place + 2]) for place in range(0, len(sentences), 2)]
        return (*parts, self._chance.choice(self._feet))

    def _cut(self, told: Sequence[Sentence]) -> list[Sentence]:
        """Return a reprint: about a quarter of the sentences is left out, never the first two."""
        return [one for place, one in enumerate(told) if place < 2 or self._chance.random() < 0.75]

    def _rewritten(self, told: Sequence[Sentence]) -> list[Sentence]:
        """Return a rewrite: about half of the sentences in another order, many words others.

        Names and figures stay, as they do where an editor writes a wire anew.
        """
        chosen = self._chance.sample(list(told), max(4, len(told) // 2))
        return [[self._word(word) for word in one] for one in chosen]

    def _word(self, word: str) -> str:
        if not word.islower() or " " in word or self._chance.random() < _KEPT:
            return word
        return self._chance.choice(_SMALL if word in _SMALL else self._topic)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
