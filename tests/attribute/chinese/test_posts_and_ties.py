"""Posts as they are called, and ties of firms, in Chinese. People and companies are invented."""

from __future__ import annotations

import pytest

from tests.attribute.chinese.made import claims_of, kinds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("沂川海运总裁赵一鸣辞职。", "总裁"),
        ("赵一鸣是沂川海运的财务总监。", "财务总监"),
        ("趙一鳴獲委任為沂川海運獨立非執行董事。", "獨立非執行董事"),
        ("赵一鸣将出任沂川海运主席兼行政总裁。", "主席兼行政总裁"),
        ("沂川海运前副总经理赵一鸣辞职。", "副总经理"),
        ("外交部发言人赵一鸣周二辞职。", "发言人"),
        ("毕业后，赵一鸣在沂川海运任会计。", "会计"),
    ],
)
def test_a_post_is_told_as_it_is_called(text: str, expected: str) -> None:
    (claim,) = [claim for claim in claims_of(text) if claim.kind in {"directorship", "employment"}]
    assert claim.qualifiers.position == expected
    assert [target.exact for target in claim.qualifiers.targets][-1:] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("沂川海运完成对南岭集团的收购。", {("ownership", "沂川海运", "南岭集团")}),
        ("沂川海运宣布了收购南岭集团的计划。", {("ownership", "沂川海运", "南岭集团")}),
        ("沂川海运第二大股东南岭集团提名了三名董事。", {("ownership", "南岭集团", "沂川海运")}),
        ("沂川海运公告称，控股股东南岭集团收到通知。", {("ownership", "南岭集团", "沂川海运")}),
        ("沂川海运子公司南岭公司接到通知。", {("ownership", "沂川海运", "南岭公司")}),
        ("沂川海运起诉船东南岭集团。", {("event", "起诉", "沂川海运", "南岭集团")}),
        ("沂川海运与南岭集团签署了战略合作协议。", {("link", "沂川海运", "南岭集团")}),
        ("沂川海运与南岭集团存在关联关系。", {("link", "沂川海运", "南岭集团")}),
        ("赵一鸣系极端组织“沙漠之剑”成员。", {("membership", "赵一鸣", "沙漠之剑")}),
        ("赵一鸣是军方在当地的代理人。", {("representation", "赵一鸣", "军方")}),
        ("大律師趙一鳴代表上訴人孫立群出庭。", {("representation", "趙一鳴", "孫立群")}),
        ("法院判令南岭集团向渔民赔偿两亿元。", {("payment", "南岭集团", "渔民")}),
        ("沂川海运向关联方南岭集团提供借款五千万元。", {("payment", "沂川海运", "南岭集团")}),
        ("沂川海运接收了南岭集团交付的货轮。", {("delivery", "南岭集团", "沂川海运", "货轮")}),
        ("沂川海运从南岭集团获得退款一千万元。", {("payment", "南岭集团", "沂川海运")}),
    ],
)
def test_ties(text: str, expected: set[tuple[str, ...]]) -> None:
    assert kinds(text) == expected


def test_a_share_belongs_to_the_verb_that_takes_it() -> None:
    found = {}
    for claim in claims_of("南岭集团旗下沂川海运收购北礁船厂5%股权。"):
        asset = claim.roles["asset"] if claim.kind == "ownership" else None
        if asset is not None and not isinstance(asset, tuple):
            found[asset.name] = claim.qualifiers.share
    assert found["沂川海运"] is None
    assert found["北礁船厂"] is not None
