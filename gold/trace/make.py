"""Make the articles of the stories: pages, mails and texts, with what is true of them.

`stories/*.toml` holds what was written by hand, `outlets.toml` the pages of the outlets that print it. Out come
`articles.jsonl` (files as they lie in a case, and the sentences that make marked claims) and `stories.jsonl` (who took
what from whom, claims, origins). The same bytes on every run: `python gold/trace/make.py`.
"""

from __future__ import annotations

import hashlib
import html
import json
import random
import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
Piece = tuple[str, str]  # marks ("1a,2b" or nothing) and words
Paragraph = list[Piece]

MARK = re.compile(r"\{(\d+[a-z](?:,\d+[a-z])*)\|(.*?)\}", re.DOTALL)
DATELINE = re.compile(r"^(?:[A-ZÀ-Ý][A-ZÀ-Ý ]+(?:, [A-Z][a-z]+)?,? ?)?(?:[A-Z][a-z]+ \d+ )?\(\w+\) - ")
DATELINE_RU = re.compile(r"^[А-ЯЁ ]+, \d+ [а-я]+\. (?:/[^/]+/\. )?")
DATELINE_ZH = re.compile(r"^(?:【[^】]+】|(?:泸河社\w+?|[\u4e00-\u9fff]{2,3}社\w+?日)电(?:（记者 [^）]+）)?)")
SAME = {"same", "typographic", "furniture", "ocr", "mail"}
RELATIONS = {
    "same-text": "was_quoted_from", "reprint": "was_quoted_from", "quotation": "was_quoted_from",
    "rewrite": "was_derived_from", "translation": "was_derived_from", "revision": "was_revision_of",
    "cited": "had_primary_source",
}  # fmt: skip
WORDS = {
    "en": ("Source: {0}", "This article was first published by {0}.", "Read the original at {0}", "By {0}"),
    "ru": ("({0})", "Источник: {0}", "Оригинал опубликован на сайте {0}", "{0}"),
    "zh": ("（来源：{0}）", "本文转载自{0}", "阅读原文：{0}", "来源：{0}"),
}
ADVERTS = {
    "en": [
        "We use cookies and similar technologies on this website to give you the best experience.",
        "Most read", "Weather: 14 degrees, light rain from the west, wind 20 km/h",
        "Share this article on social media", "Advertisement", "Comments (37). Please log in to comment.",
    ],
    "ru": ["Мы используем файлы cookie.", "Самое читаемое", "Погода: +7, ветер западный 4 м/с", "Реклама", "Поделиться"],
    "zh": ["热门推荐", "今日天气：多云 8℃～15℃", "广告", "分享到微信", "网友评论（12）"],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Article:
    """One article before it becomes a file."""

    id: str
    by: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    at: str = ""
    form: str = "html"
    parents: tuple[tuple[str, str], ...] = ()
    credit: str = ""
    credited: str = ""  # id of the article that it credits
    heavy: bool = False
    absent: bool = False


def language(words: str) -> str:
    """Return the language that the script of some words tells."""
    if re.search(r"[\u4e00-\u9fff]", words):
        return "zh"
    return "ru" if re.search(r"[а-яё]{3}", words) else "en"


def paragraphs(marked: str) -> tuple[Paragraph, ...]:
    """Return paragraphs of pieces out of marked text."""
    found = []
    for paragraph in marked.strip().split("\n\n"):
        pieces: Paragraph = []
        place = 0
        for mark in MARK.finditer(paragraph):
            if before := paragraph[place : mark.start()]:
                pieces.append(("", before))
            pieces.append((mark[1], mark[2]))
            place = mark.end()
        if rest := paragraph[place:]:
            pieces.append(("", rest))
        found.append(pieces)
    return tuple(found)


def changed(given: Iterable[Paragraph], change: Callable[[str], str]) -> tuple[Paragraph, ...]:
    """Return paragraphs with all words changed."""
    return tuple([(marks, change(words)) for marks, words in paragraph] for paragraph in given)


def typographic(words: str) -> str:
    """Return words as another house sets them: quotation marks, dashes, hard blanks."""
    if language(words) == "zh":
        return words.replace("“", "「").replace("”", "」")
    words = re.sub(r'"([^"]*)"', "“\\1”", words).replace("'", "’").replace(" - ", " – ")
    return re.sub(r"(\d) (?=[а-яa-z])", "\\1\u00a0", words)


def scanned(chance: random.Random) -> Callable[[str], str]:
    """Return a change that garbles words as OCR does: about one character in 60."""
    swaps = {
        "l": "1",
        "e": "c",
        "o": "0",
        "i": "l",
        "m": "rn",
        "h": "b",
        "S": "5",
        "а": "a",
        "и": "н",
        "日": "目",
    }

    def garble(words: str) -> str:
        out = [swaps.get(sign, "") if sign in swaps and chance.random() < 0.03 else sign for sign in words]
        return "".join(out)

    return garble


def shortened(given: tuple[Paragraph, ...], chance: random.Random, tail: str) -> tuple[Paragraph, ...]:
    """Return a reprint: the first paragraph and about 60 % of the others, at times a paragraph of its own."""
    kept = [part for place, part in enumerate(given) if place == 0 or chance.random() < 0.6]
    if len(kept) == len(given):
        kept.pop()
    if len(kept) == 1:
        kept.append(given[1])
    if chance.random() < 0.5 and language(tail) == language(given[0][-1][1]):
        kept.append([("", tail)])
    return tuple(kept)


def undated(given: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """Return paragraphs without the agency's dateline."""
    first = list(given[0])
    marks, words = first[0]
    for pattern in (DATELINE, DATELINE_RU, DATELINE_ZH):
        words = pattern.sub("", words)
    first[0] = (marks, words)
    return (first, *given[1:])


def variant(spec: dict[str, Any], of: Article, tail: str) -> Article:
    """Return what becomes of an article in another house."""
    chance = random.Random(f"{of.id}/{spec['id']}/{of.title}")  # noqa: S311 - a seed: the same stories each time
    how, text = spec["how"], of.paragraphs
    if spec.get("credit") != "dateline" and how != "mail":
        text = undated(text)
    if how == "cut":
        text = shortened(text, chance, tail)
    elif how == "truncated":
        more = {"en": "Continue reading...", "ru": "Читать далее…", "zh": "阅读全文>>"}[language(of.title)]
        text = (*text[: max(2, len(text) // 3)], [("", more)])
    elif how == "added":
        text = (*text[:2], [("", spec["add"])], *text[2:])
    elif how == "typographic":
        text = changed(text, typographic)
    elif how == "ocr":
        text = changed(text, scanned(chance))
    form = {"ocr": "txt", "mail": "eml"}.get(how, "html")
    strength = "same-text" if how in SAME else "reprint"
    return replace(
        of, id=spec["id"], by=spec["by"], title=spec.get("title", of.title), paragraphs=text, at=spec.get("at", ""),
        form=form, parents=((of.id, strength),), credit=spec.get("credit", ""), credited=of.id,
        heavy=how == "furniture", absent=False,
    )  # fmt: skip


def load(path: Path) -> tuple[dict[str, Any], list[Article]]:
    """Return a story and its articles, variants behind what was written."""
    story = tomllib.loads(path.read_text("utf-8"))
    made: dict[str, Article] = {}
    for spec in story["a"]:
        parents = tuple((one.rpartition(" ")[0], one.rpartition(" ")[2]) for one in spec.get("from", ()))
        made[spec["id"]] = Article(
            spec["id"], spec["by"], spec["title"], paragraphs(spec["text"]), spec.get("at", ""), parents=parents,
            absent=spec.get("absent", False),
        )  # fmt: skip
    for spec in story.get("variant", ()):
        made[spec["id"]] = variant(spec, made[spec["of"]], story["tail"])
    return story, list(made.values())


class Press:
    """Prints articles of one story."""

    def __init__(
        self, outlets: dict[str, Any], articles: list[Article], titles: dict[str, list[str]]
    ) -> None:
        self.outlets, self.titles = outlets, titles
        self.articles = {article.id: article for article in articles}

    def url(self, article: Article) -> str:
        """Return the address of an article."""
        digest = hashlib.sha256(f"{article.by}{article.id}{article.title}".encode()).hexdigest()[:8]
        return f"https://www.{self.outlets[article.by]['site']}/{(article.at or '2020')[:4]}/{digest}.html"

    def credit(self, article: Article) -> tuple[str, str, str]:
        """Return what names the source: markup for the head, a byline, a last paragraph."""
        if not article.credit or article.credit == "dateline":
            return "", "", ""
        source = self.articles[article.credited]
        house = self.outlets[source.by]
        tag, footer, link, byline = WORDS[language(article.title)]
        name = html.escape(house["name"])
        address = self.url(source)
        if article.credit == "canonical":
            return f'<link rel="canonical" href="{address}">', "", ""
        if article.credit == "syndication":
            return f'<meta name="syndication-source" content="{address}">', "", ""
        if article.credit == "byline":
            return "", byline.format(name), ""
        if article.credit == "link":
            return "", "", link.format(f'<a href="{address}">{name}</a>')
        words = tag if article.credit == "tag" else footer
        return "", "", words.format(house.get("short", name) if article.credit == "tag" else name)

    def linked(self, article: Article, words: str) -> str:
        """Return the text as HTML; about half of those that name the outlet they rewrote link to it."""
        text = html.escape(words, quote=False)
        for parent, _ in article.parents:
            source = self.articles.get(parent)
            if source is None or source.absent or hashlib.sha256(article.title.encode()).digest()[0] % 2:
                continue
            house = self.outlets[source.by]
            for name in (house["name"], house.get("short", house["name"])):
                if name in text and article.by != source.by:
                    return text.replace(name, f'<a href="{self.url(source)}">{name}</a>', 1)
        return text

    def page(self, article: Article) -> str:
        """Return an article as its outlet's web page."""
        house = self.outlets[article.by]
        head, byline, last = self.credit(article)
        tongue = language(article.title)
        canonical = (
            "" if article.credit == "canonical" else f'<link rel="canonical" href="{self.url(article)}">'
        )
        when = f'<meta property="article:published_time" content="{stamp(article.at)}">' if article.at else ""
        shown = f'<p class="date"><time datetime="{stamp(article.at)}">{shown_date(article.at, tongue)}</time></p>'
        body = "\n".join(
            f"<p>{self.linked(article, ''.join(words for _, words in part))}</p>"
            for part in article.paragraphs
        )
        related = [title for title in self.titles.get(article.by, ()) if title != article.title][:4]
        adverts = ADVERTS[tongue] if article.heavy else ()
        return "\n".join(
            [
                f'<!DOCTYPE html>\n<html lang="{tongue}"><head><meta charset="utf-8">',
                f"<title>{html.escape(article.title)} | {house['name']}</title>",
                f'<meta property="og:site_name" content="{html.escape(house["name"])}">',
                f'<meta property="og:title" content="{html.escape(article.title)}">',
                when + canonical + head + "</head><body>",
                "<nav><ul>" + "".join(f'<li><a href="/{n}">{n}</a></li>' for n in house["nav"]) + "</ul></nav>",
                *(f'<div class="ad">{words}</div>' for words in adverts[:3]),
                f"<article><h1>{html.escape(article.title)}</h1>",
                (f'<p class="byline">{byline}</p>' if byline else "") + (shown if article.at else ""),
                body,
                (f"<p>{last}</p>" if last else "") + "</article>",
                *(f'<div class="ad">{words}</div>' for words in adverts[3:]),
                f'<aside class="promo">{house["promo"]}</aside>' if "promo" in house else "",
                "<aside><ul>" + "".join(f'<li><a href="#">{html.escape(t)}</a></li>' for t in related) + "</ul></aside>",
                f"<footer>{html.escape(house['foot'])}</footer></body></html>\n",
            ]
        )  # fmt: skip

    def raw(self, article: Article) -> str:
        """Return the file."""
        text = "\n\n".join("".join(words for _, words in part) for part in article.paragraphs)
        if article.form == "html":
            return self.page(article)
        if article.form == "txt":
            return f"{article.title}\n\n{text}\n"
        mail = EmailMessage()
        mail["From"] = f"desk@{self.outlets[article.by]['site']}"
        mail["To"] = "research@desk.example"
        mail["Subject"] = f"Fwd: {article.title}"
        mail["Date"] = datetime.fromisoformat(article.at + "+00:00").strftime("%a, %d %b %Y %H:%M:%S +0000")
        mail["Message-ID"] = f"<{hashlib.sha256(article.title.encode()).hexdigest()[:12]}@desk.example>"
        mail.set_content(f"FYI, see below.\n\n{article.title}\n\n{text}\n", cte="8bit")
        return mail.as_bytes().decode()

    def known(self, article: Article, parent: str) -> bool:
        """Return whether a reader can tell which of two was first: a credit, a correction, or dates."""
        source = self.articles[parent]
        strengths = dict(article.parents)
        house = self.outlets[source.by]
        text = " ".join(words for part in article.paragraphs for _, words in part)
        names = [house["name"], house.get("short", house["name"]), *house.get("also", ())]
        named = article.by != source.by and any(name in text for name in names)
        if source.absent:  # it has no date that a reader could compare
            return bool(article.credit or named)
        if article.credit or named or (strengths[parent] == "revision" and article.at > source.at):
            return True
        if not article.at or not source.at:
            return False
        shorter = min(len(article.at), len(source.at))
        return article.at[:shorter] > source.at[:shorter]


def stamp(at: str) -> str:
    """Return a moment as pages write it."""
    return f"{at}:00+00:00" if "T" in at else at


def shown_date(at: str, tongue: str) -> str:
    """Return a date as readers see it."""
    if not at:
        return ""
    moment = datetime.fromisoformat(at)
    clock = f" {moment:%H:%M}" if "T" in at else ""
    if tongue == "zh":
        return f"{moment.year}年{moment.month}月{moment.day}日{clock}"
    return f"{moment:%d.%m.%Y}{clock}" if tongue == "ru" else f"{moment.day} {moment:%B %Y}{clock}"


def truth(story: str, spec: dict[str, Any], press: Press) -> dict[str, Any]:
    """Return what is true of a story. A source that is not in the case has the names that credits give it."""
    edges = []
    for article in press.articles.values():
        for parent, strength in article.parents:
            source = press.articles.get(parent)
            edge: dict[str, Any] = {"document": article.id, "source": parent, "strength": strength}
            edge["relation"] = RELATIONS[strength]
            if source is not None:
                house = press.outlets[source.by]
                edge["known"] = press.known(article, parent)
                edge["names"] = [
                    house["name"],
                    house.get("short", house["name"]),
                    house["site"],
                    *house.get("also", ()),
                ]
            edges.append(edge)
    claims = spec.get("claim", [])
    for drift in spec.get("drifts", ()):  # "1 hedge-lost wire tabloid"
        number, kind, before, after = drift.split()
        claim = next(one for one in claims if one["id"] == int(number))
        claim.setdefault("drift", []).append({"kind": kind, "before": before, "after": after})
    absent = [article.id for article in press.articles.values() if article.absent]
    return {
        "story": story, "subject": spec["subject"], "edges": edges, "absent": absent,
        "claims": claims,
    }  # fmt: skip


def make(folder: Path) -> None:
    """Write the articles and truths of a folder."""
    outlets = tomllib.loads((folder / "outlets.toml").read_text("utf-8"))
    stories = [(path.stem, *load(path)) for path in sorted((folder / "stories").glob("*.toml"))]
    titles: dict[str, list[str]] = {}
    for _, _, articles in stories:
        for article in articles:
            titles.setdefault(article.by, []).append(article.title)
    files, truths = [], []
    for name, spec, articles in stories:
        press = Press(outlets, articles, titles)
        truths.append(truth(name, spec, press))
        for article in (one for one in articles if not one.absent):
            marks = [
                {"claim": int(re.sub(r"\D", "", mark)), "origin": mark[-1], "words": words}
                for part in article.paragraphs
                for marked, words in part
                for mark in marked.split(",")
                if mark
            ]
            file = f"{name}-{article.id}.{article.form}"
            files.append(
                {"story": name, "id": article.id, "file": file, "raw": press.raw(article), "marks": marks}
            )
    for target, rows in (("articles.jsonl", files), ("stories.jsonl", truths)):
        lines = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows]
        (folder / target).write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    make(HERE)
    make(HERE / "newsroom")
    make(HERE / "heldout")
    make(HERE / "unseen")
    make(HERE / "blind")
