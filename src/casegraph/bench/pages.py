"""News-like pages from a seeded grammar: every name is made of syllables, every story is made up."""

from __future__ import annotations

import html
import random
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files

WORDS = (400, 600)  # of a page's story
NAMES = 600  # different ones of each of four kinds, whatever the number of pages

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Story:
    """One page: a headline, who wrote it, and its paragraphs."""

    outlet: str
    headline: str
    author: str
    date: str
    paragraphs: tuple[str, ...]


class Writer:
    """Writes one story after another, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        text = files("casegraph.bench").joinpath("pages.toml").read_text(encoding="utf-8")
        self._grammar = tomllib.loads(text)
        self._parts: dict[str, list[str]] = self._grammar.pop("names")
        self._chance = random.Random(seed)
        self.people = self._names(lambda: f"{self._pick('first')} {self._word()}")
        self.companies = self._names(lambda: f"{self._word()} {self._pick('sorts')}")
        self.places = self._names(lambda: self._word() + self._pick("lands"))
        self.products = self._names(lambda: f"{self._word()}-{self._chance.randint(2, 99)}")
        self._cast: dict[str, list[str]] = {}

    def _names(self, make: Callable[[], str]) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < NAMES:
            found[make()] = None
        return list(found)

    def _pick(self, part: str) -> str:
        return self._chance.choice(self._parts[part])

    def _word(self) -> str:
        syllables = [
            self._pick("onsets") + self._pick("vowels") for _ in range(self._chance.choice((1, 2, 2)))
        ]
        return "".join(syllables).capitalize() + self._pick("codas")

    def stories(self, count: int) -> Iterator[Story]:
        """Yield stories, no two alike."""
        for number in range(count):
            yield self._story(number)

    def _story(self, number: int) -> Story:
        sample = self._chance.sample
        people, places, companies = sample(self.people, 4), sample(self.places, 4), sample(self.companies, 5)
        self._cast = {
            "person": people,
            "surname": [name.split()[-1] for name in people],
            "company": companies[:3],
            "other": companies[3:],
            "place": places[:2],
            "town": places[2:],
            "product": sample(self.products, 1),
            "paper": [f"the {places[0]} {self._pick('papers')}"],
        }
        paragraphs: list[str] = []
        wanted, length = self._chance.randint(*WORDS), 0
        while length < wanted:
            sentences = [self._filled("sentence") for _ in range(self._chance.randint(1, 4))]
            paragraphs.append(" ".join(sentences))
            length += len(paragraphs[-1].split())
        paragraphs[-1] += f" This is report number {number + 1} of a series."
        outlet = f"{places[1]} {self._pick('papers')}"
        return Story(outlet, self._filled("headline"), people[0], self._date(), tuple(paragraphs))

    def _filled(self, slot: str) -> str:
        """Return what a slot stands for, the slots within it filled."""
        made: dict[str, Callable[[], str]] = {
            "year": lambda: str(self._chance.randint(2012, 2024)),
            "figure": lambda: str(self._chance.randint(1, 90) * 10),
            "per_cent": lambda: str(self._chance.randint(3, 97)),
            "money": lambda: f"{self._chance.choice('$€')}{self._chance.randint(1, 90)} million",
            "date": self._date,
            "Source": lambda: _capital(self._filled("source")),
            "Body": lambda: _capital(self._filled("body")),
            "office_cap": lambda: _capital(self._filled("office")),
        }
        if slot in made:
            return made[slot]()
        choices = self._cast.get(slot) or self._grammar[slot]
        text = _SLOT.sub(lambda found: self._filled(found[1]), self._chance.choice(choices))
        return _capital(text) if slot == "sentence" else text

    def _date(self) -> str:
        month = self._chance.choice(self._grammar["month"])
        return f"{self._chance.randint(1, 28)} {month} {self._chance.randint(2012, 2024)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def as_html(story: Story) -> str:
    """Return a story as a news site would send it, with menus and teasers around it."""
    headline, outlet, author = (
        html.escape(story.headline),
        html.escape(story.outlet),
        html.escape(story.author),
    )
    body = "\n".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in story.paragraphs)
    menu = "".join(f'<li><a href="/{word.lower()}">{word}</a></li>' for word in ("News", "World", "Trade"))
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{headline}</title>
<meta property="og:site_name" content="{outlet}"><meta name="author" content="{author}"></head>
<body><header><nav><ul>{menu}</ul></nav></header>
<main><article><h1>{headline}</h1>
<p class="byline">By {author}</p><p class="date">{story.date}</p>
{body}
</article></main>
<aside><h2>Must read</h2><ul><li><a href="/a">Ferry fares to rise again</a></li></ul></aside>
<footer><p>© {outlet}. All rights reserved.</p></footer></body></html>
"""


def as_text(story: Story) -> str:
    """Return the words of a story alone."""
    return "\n\n".join((story.headline, *story.paragraphs))
