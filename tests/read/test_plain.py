"""Plain text: written as such, or copied out of a browser's window."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.read.made import STORY, read

HEADLINE = "Papers Show Harrow Marine Shipped Cranes To A Sanctioned Port"
COPIED = f"""61 F
Northport
Saturday, May 20, 2023

{HEADLINE}

Must read

{HEADLINE}

{STORY[0]}

Illustrative: a gantry crane at a trade show, via Port Gazette.

{STORY[1]}

{STORY[2]}

Nils Aldane
Wed, 03/08/2023 – 09:45

- Advertisement -spot_img

More articles

- Advertisement -spot_img

Latest article
"""


def test_a_copied_page_gives_its_story_and_facts() -> None:
    result = read(COPIED, "page.txt")
    document = result.document
    assert document.title == HEADLINE
    assert document.authors == ("Nils Aldane",)
    assert document.published is not None
    assert document.published.start == "2023-03-08T09:45"
    assert document.captured is not None
    assert document.captured.start == "2023-05-20"
    assert document.language == "en"
    assert result.of("title") == [HEADLINE]
    assert result.of("paragraph") == list(STORY)
    assert result.of("caption") == ["Illustrative: a gantry crane at a trade show, via Port Gazette."]
    assert result.of("byline") == ["Nils Aldane"]
    assert result.of("dateline") == ["Wed, 03/08/2023 – 09:45"]
    furniture = result.of("furniture")
    assert {
        "61 F",
        "Northport",
        "Saturday, May 20, 2023",
        "Must read",
        "More articles",
        "Latest article",
    } <= set(furniture)
    assert HEADLINE in furniture


def test_the_page_may_come_without_blank_lines() -> None:
    result = read("\n".join(line for line in COPIED.splitlines() if line), "page.txt")
    assert result.document.title == HEADLINE
    assert result.of("paragraph") == list(STORY)


def test_a_sentence_inside_the_story_is_never_furniture() -> None:
    notice = "Sign up for our newsletter to read what the officers said next."
    result = read(COPIED.replace(STORY[1], f"{STORY[1]}\n\n{notice}\n\nAdvertisement"), "page.txt")
    assert notice in result.of("paragraph")
    assert "Advertisement" in result.of("furniture")


@pytest.mark.parametrize(
    "text",
    [
        STORY[0],
        (
            "“We never sold anything to Karsk Bay,” the director said.\n“Ask "
            "the ministry”\n“Seven cranes do not vanish”"
        ),
        (
            "Dear Ms Kern,\n\nthe cranes have arrived.\n\nYours sincerely,\n\n"
            "Pavel Stern\nHead of Sales\nHarrow Marine Ltd"
        ),
        (
            "Contents\n\nDeliveries\n\nThe cranes came in March.\n\nMoney\n\nThe "
            "money came later.\n\nRelated work\n\nNone is known."
        ),
        (
            "Anna Kern\nTom Berg\nMara Lindqvist\nJonas Weir\nHanna Voss\nPavel Stern\n"
            "Ruth Amsel\nOla Strand\nInes Falk\nNils Aldane"
        ),
        "Short",
        "кран прибыл",
        "港口于九月关闭",
    ],
)
def test_plain_prose_loses_nothing_to_furniture(text: str) -> None:
    result = read(text, "note.txt")
    assert result.of("furniture") == []
    kept = "".join("".join(text for _, text in result.blocks).split())
    assert kept == "".join(text.split())


def test_hard_wrapped_lines_become_one_paragraph() -> None:
    wrapped = (
        "Harrow Marine delivered seven survey cranes to the port of Veld,\n"
        "two customs officers said on Thursday. The deliveries were paid\n"
        "in four parts.\n"
        "A spokeswoman declined to comment on the deliveries, which had\n"
        "been under way since March.\n"
    )
    result = read(wrapped)
    assert len(result.blocks) == 2
    assert result.blocks[0][1].startswith("Harrow")
    assert result.blocks[1][1].startswith("A spokeswoman")


def test_long_lines_are_paragraphs_of_their_own() -> None:
    assert read("\n".join(STORY)).of("paragraph") == list(STORY)


def test_wrapped_chinese_has_no_line_ends_inside() -> None:
    line = "北港日报九月十二日电两名海关官员表示哈罗海事公司自二〇二一年三月以来通过北港的一家中间商"
    result = read(f"{line}\n{line}\n交付了起重机。")
    assert result.prose == [f"{line}{line}交付了起重机。"]


def test_rows_of_a_table_are_one_block() -> None:
    result = read(
        "The deliveries were as follows.\n\nPort;Cranes;Crates\nVeld;7;20\nKarsk;3;4\n\nThat is all of them."
    )
    assert result.of("table") == ["Port\tCranes\tCrates\nVeld\t7\t20\nKarsk\t3\t4"]


def test_addresses_become_links() -> None:
    result = read("See https://courier.example/a?b=1, and (http://veld.example/x). Not ftp://veld.example/y.")
    assert [link.url for link in result.document.links] == [
        "https://courier.example/a?b=1",
        "http://veld.example/x",
    ]


def test_russian_and_chinese_pages() -> None:
    russian = read(
        "Главная\nНовости\nВойти\n\nВ порт Вельд поставили семь кранов\n\n12 "
        "сентября 2024, 14:05\nАвтор: Иван Лесков\n\n"
        "Компания поставила в порт не менее семи кранов, сообщили два источника на таможне.\n\nРеклама\n\n"
        "По их словам, оплата шла частями с марта 2021 года через посредника.\n"
        "\nЧитайте также: Забастовка докеров\n\n"
        "В порту от комментариев отказались.\n\nКомментарии (5)\n© 2024 "
        "«Портовый вестник». Все права защищены.\n"
    )  # fmt: skip
    assert russian.document.title == "В порт Вельд поставили семь кранов"
    assert russian.document.authors == ("Иван Лесков",)
    assert russian.document.publisher == "«Портовый вестник»"
    assert len(russian.of("paragraph")) == 3
    chinese = read(
        "首页 新闻 财经\n登录\n注册\n\n哈罗海事公司向维尔德港交付七台起重机\n\n2024年09月12日 "
        "10:20\n作者：王小明\n\n分享到\n\n"
        "两名海关官员表示，哈罗海事公司自2021年3月以来交付了至少七台起重机。\n\n文件显示，款项分期支付。\n"
        "\n责任编辑：李华\n相关阅读\n码头工人罢工\n"
    )  # fmt: skip
    assert chinese.document.title == "哈罗海事公司向维尔德港交付七台起重机"
    assert chinese.document.authors == ("王小明",)
    assert len(chinese.of("paragraph")) == 2


def test_the_first_real_page(root: Path) -> None:
    folder = root.parent / "shared" / "data" / "seed"
    files = sorted(folder.glob("*.txt"))
    if not files:
        pytest.skip("no seed page beside the project")
    result = read(files[0].read_bytes(), files[0].name)
    assert result.document.title is not None
    assert result.document.authors
    assert result.document.published is not None
    assert result.document.captured is not None
    assert len(result.of("paragraph")) >= 10
    assert len(result.of("furniture")) >= 6
