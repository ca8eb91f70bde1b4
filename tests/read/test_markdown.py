"""Markdown: headings, lists, tables, links, front matter."""

from __future__ import annotations

import pytest

from tests.read.made import STORY, read

TEXT = f"""---
title: "Cranes of Veld"
author:
  - Anna Kern
date: 2024-09-12
lang: en
---

# Seven cranes

{STORY[0]}
*{STORY[1]}*

## Who paid

- A broker in **Northport**
- [Harrow Marine](https://harrow.example/about) itself

> We declined to comment.

| Port | Cranes |
|---|--:|
| Veld | 7 |

```
run cranes
```
"""


def test_blocks_with_their_roles() -> None:
    result = read(TEXT, "x.md")
    assert result.codes == []
    assert result.document.media_type == "text/markdown"
    assert result.document.title == "Cranes of Veld"
    assert result.document.authors == ("Anna Kern",)
    assert result.document.published is not None
    assert result.document.published.start == "2024-09-12"
    assert result.of("title") == ["Seven cranes"]
    assert result.of("heading") == ["Who paid"]
    assert result.of("paragraph") == [f"{STORY[0]} {STORY[1]}"]
    assert result.of("list") == ["A broker in Northport", "Harrow Marine itself"]
    assert result.of("quote") == ["We declined to comment."]
    assert "Port\tCranes\nVeld\t7" in result.of("table")
    assert [link.url for link in result.document.links] == ["https://harrow.example/about"]


def test_it_is_found_without_a_name() -> None:
    assert read(TEXT).document.media_type == "text/markdown"
    assert read(TEXT.split("---\n")[2]).document.media_type == "text/markdown"


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16"])
def test_other_encodings(encoding: str) -> None:
    assert (
        read("# Краны\n\nСемь кранов пришли в порт Велд.\n".encode(encoding), "x.md").document.title
        == "Краны"
    )


def test_what_is_none() -> None:
    assert read("# Only one line with a mark\nand words", "a.txt").document.media_type == "text/plain"
    assert read(b"", "x.md").codes == ["empty"]
    assert read(" \n\n", "x.md").codes == ["no-text"]
    assert read(b"\x89PNG\r\n\x1a\n0000", "x.md").document.media_type == "image/png"
    assert read(TEXT[:-200], "x.md").codes == []
