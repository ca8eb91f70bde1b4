"""How Chinese news tells who says what: agencies, papers, courts. People, firms and papers are invented."""

from __future__ import annotations

import pytest

from tests.attribute.chinese.made import claims_of, kinds, said
from tests.attribute.made import attributed, chain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("两名船员均已获救，海岸警卫队说。", [("海岸警卫队", "说", "两名船员均已获救", "asserts")]),
        ("网传大桥即将垮塌。", [(None, "网传", "大桥即将垮塌", "alleges")]),
        ("在检察官看来，这份合同是伪造的。", [("检察官", "看来", "这份合同是伪造的", "asserts")]),
        ("“订单少了一半。”一家五金厂的老板告诉记者。",
         [("一家五金厂的老板", "告诉", "“订单少了一半。”", "asserts")]),
        ("一名因未获授权而要求匿名的官员说，调查仍在进行中。",
         [("一名因未获授权而要求匿名的官员", "说", "调查仍在进行中", "asserts")]),
        ("多家供应商对此表示不知情。", [("多家供应商", "表示", "不知情", "asserts")]),
        ("南岭集团向《晨报》回应称，消息不实。", [("南岭集团", "回应称", "消息不实", "asserts")]),
        ("港务局局长赵一鸣出席活动后表示，码头照常开放。",
         [("港务局局长赵一鸣", "表示", "码头照常开放", "asserts")]),
        ("沂川海运昨晚公告称，公司经营正常。", [("沂川海运", "公告称", "公司经营正常", "asserts")]),
        ("当局声称示威者纵火，目击者则说警方先开了枪。",
         [("当局", "声称", "示威者纵火", "asserts"), ("目击者", "说", "警方先开了枪", "asserts")]),
        ("军方称打死了一名指挥官，国防部尚未对此置评。",
         [("军方", "称", "打死了一名指挥官", "asserts"),
          ("国防部", "尚未对此置评", "尚未对此置评", "declines-comment")]),
        ("沂川海运未就此事作出回应。",
         [("沂川海运", "未就此事作出回应", "未就此事作出回应", "declines-comment")]),
        ("路桥公司辟谣称，裂缝不影响安全。", [("路桥公司", "辟谣称", "裂缝不影响安全", "asserts")]),
        ("当记者追问服务内容时，他挂断了电话。", [("记者", "追问", "服务内容", "asks")]),
    ],
)  # fmt: skip
def test_who_says_what(text: str, expected: list[tuple[str | None, str, str, str]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "孩子们挥舞鲜花表示欢迎。",
        "本协议所称“产品”指附件一所列设备。",
        "检修预计持续三天。",
        "有人称了称这袋米，正好二十斤。",
        "没人敢问钱去了哪里。",
        "警方接获举报后展开搜查。",
    ],
)
def test_no_word_of_speech_here(text: str) -> None:
    assert said(text) == []


def test_headlines_in_parts_have_a_speaker_each() -> None:
    text = "总统誓言清剿叛军 欧盟呼吁克制\n\n战事持续了两年。\n\n渔船都停在港内。"
    assert [one[:3] for one in said(text)] == [("总统", "誓言", "清剿叛军"), ("欧盟", "呼吁", "克制")]


def test_whoever_would_not_be_named_is_cited_with_the_clause_that_tells_so() -> None:
    claims = attributed(claims_of("《晨报》援引一名不愿透露姓名的西方外交官的话说，双方已就换囚达成一致。"))
    chains = sorted((chain(claim)[:-1] for claim in claims), key=len)
    assert chains == [["晨报"], ["一名不愿透露姓名的西方外交官", "晨报"]]


def test_a_firm_is_not_the_paper_that_reports_on_it() -> None:
    text = "根据晨港日报查阅的海关记录，这家公司去年向南岭集团出口了价值300万美元的芯片。"
    assert {names[1] for names in kinds(text)} == {"公司"}


def test_one_of_many_is_nobody_named_before() -> None:
    (last,) = [
        claim
        for claim in attributed(claims_of("市民赵一鸣抱怨绕行太远。也有市民质疑，大桥为何频频维修。"))
        if claim.attribution[0].cue == "质疑"
    ]
    assert last.attribution[0].speaker == "市民"
    assert last.attribution[0].unnamed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“我们别无选择，”正在日内瓦出席会议的代表团团长奥列格·波波夫对记者说。", "奥列格·波波夫"),
        ("“局势严峻，”联合国驻当地协调员玛莎·雷耶斯说。", "玛莎·雷耶斯"),
        ("沂川海运在互动平台上回复投资者提问时表示，暂无重组计划。", "沂川海运"),
        ("“你收过他的钱吗？”法官问。“没有。”赵一鸣回答。", "赵一鸣"),
        ("针对外界质疑，赵一鸣回应：“一切按程序进行。”", "赵一鸣"),
    ],
)
def test_nobody_who_only_stands_near_is_made_to_speak(text: str, expected: str) -> None:
    last = attributed(claims_of(text))[-1]
    assert last.attribution[0].speaker == expected
