"""Which of several kin a document was made from, and whom it names."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from casegraph.model import Relation, Strength
from casegraph.trace import Article, Families
from casegraph.trace.around import Around
from casegraph.trace.choosing import chosen
from casegraph.trace.compared import compare
from casegraph.trace.edges import edge
from casegraph.trace.held import hold_all
from tests.trace.making import article, parsed, traced
from tests.trace.test_lineage import TEXTS
from tests.trace.test_relations import WIRE, made, only

PAGE = "https://wire.example/ship"
RELATIONS: dict[Strength, Relation] = {"cited": "had_primary_source", "rewrite": "was_derived_from"}
NOTE = "Correction: An earlier version of this article gave a wrong number of crates."


def page(text: str, *, changed: str | None = None) -> Article:
    whole = parsed(text, outlet="Harbour Wire", day="2026-11-03T06:00:00+00:00", url=PAGE, changed=changed)
    return article(whole)


def sources(*articles: Article) -> set[tuple[str, str | None]]:
    return {(one.document, one.source) for one in traced(*articles) if one.source}


def works(*articles: Article) -> set[str | None]:
    return {one.work for one in traced(*articles) if one.source is None}


def test_a_copy_was_made_from_the_state_of_its_day_and_not_from_the_corrected_one() -> None:
    first = page(WIRE)
    corrected = page(f"{WIRE}\n\n{NOTE}", changed="2026-11-10T16:30:00+00:00")
    copy = made(TEXTS["rewrite"], "Calder Echo", "2026-11-04")
    assert sources(first, corrected, copy) == {
        (corrected.document.id, first.document.id),
        (copy.document.id, first.document.id),
    }


def test_where_the_case_holds_but_the_corrected_state_a_copy_goes_back_to_its_page() -> None:
    corrected = page(f"{WIRE}\n\n{NOTE}", changed="2026-11-10T16:30:00+00:00")
    copy = made(TEXTS["rewrite"], "Calder Echo", "2026-11-04")
    assert sources(corrected, copy) == {(copy.document.id, corrected.document.id)}


def test_two_states_of_one_moment_have_no_order_in_time() -> None:
    one = only(page(WIRE), page(WIRE.replace("1,240 crates", "1,420 crates")))
    assert (one.relation, one.direction) == ("was_revision_of", "unknown")
    assert "time" not in {sign.feature for sign in one.signs}


def test_what_was_published_later_is_no_source_whatever_credits_say() -> None:
    late = made(WIRE, "Harbour Wire", "2026-11-09")
    credited = made(TEXTS["rewrite"], "Calder Echo", "2026-11-04")
    one = only(late, credited)
    assert (one.document, one.direction) != (credited.document.id, "shown")
    assert one.direction == "unknown"


def test_whoever_names_a_rewrite_took_from_it_and_not_from_what_it_rewrites() -> None:
    wire = made(WIRE, "Harbour Wire", "2026-11-03")
    paper = made(TEXTS["rewrite"], "Calder Echo", "2026-11-04")
    radio = made(
        "Freighter held at Northport\n\nInspectors found falsified export documents for 1,240 crates of "
        "optical parts on the freighter Marlin Star, the Calder Echo reported, citing Harbour Wire.\n\n"
        "Its cargo list valued them at $4.7 million. Nobody picks up the telephone at Tellin Optics, the "
        "supposed purchaser, and the tax office knows no such firm.\n\nThe captain, 51, is in custody and "
        "prosecutors have started criminal proceedings. Corvane Lines put the phone down.",
        "Radio Skarn",
        "2026-11-05",
    )
    assert (radio.document.id, paper.document.id) in sources(wire, paper, radio)
    assert (radio.document.id, wire.document.id) not in sources(wire, paper, radio)


def test_papers_on_one_transaction_are_no_copies() -> None:
    invoice = made(
        "COMMERCIAL INVOICE\n\nInvoice No. HP-0219 of 19 February 2024. Seller: Halden Pumps. Buyer: Veld "
        "Works.\n\nSeven pumps P40 at USD 26,057, in all USD 182,400. Payment to account 55120031 with "
        "Fjord Bank, Halden."
    )
    letter = made(
        "FJORD BANK\n\nWe refer to the payment of USD 182,400 that Veld Works ordered on 6 March 2024 to "
        "account 55120031 of Halden Pumps for seven pumps P40, invoice HP-0219 of 19 February 2024.\n\n"
        "Our compliance department has asked for the papers of the goods. As we got none within thirty days, "
        "the sum is returned to the bank that sent it, less our charges of USD 120."
    )
    assert sources(invoice, letter) == set()


def test_an_invoice_was_not_made_from_its_contract_in_two_languages() -> None:
    clauses = (
        "SALES CONTRACT 销售合同",
        "No. HP-2024/31 合同编号：HP-2024/31",
        "The Seller: Halden Pumps Ltd, represented by its director Ove Lund.",
        "卖方：哈尔登泵业有限公司，董事奥韦·伦德。",
        "The Buyer: Veld Works LLC.",
        "买方：费尔德工厂有限责任公司。",
        "The Seller sells and the Buyer buys seven pumps of the type P40.",
        "卖方出售、买方购买P40型水泵柒台。",
        "The price of one pump is USD 26,057, the total price USD 182,400.",
        "单价26,057美元，合同总价182,400美元。",
        "The Buyer pays through Fjord Bank within twenty days of the invoice.",
        "买方应在发票开具后二十日内通过峡湾银行付款。",
        "The parties keep this contract secret.",
        "双方对本合同保密。",
        "The pumps are meant for mines and are not resold.",
        "水泵用于矿山，不得转售。",
    )
    contract = made("\n\n".join(clauses))
    invoice = made(
        "COMMERCIAL INVOICE\n\nInvoice No. HP-0219 of 19 February 2024. Contract No. HP-2024/31.\n\nSeller: "
        "Halden Pumps Ltd.\n\nBuyer: Veld Works LLC.\n\nSeven pumps of the type P40 at USD 26,057 each, in "
        "all USD 182,400.\n\nThe buyer pays through Fjord Bank no later than March 10, 2024."
    )
    assert sources(contract, invoice) == set()


def test_of_two_texts_of_the_agency_that_is_named_the_nearer_in_matter_is_meant() -> None:
    wire = made(WIRE, "Harbour Wire", "2026-11-03")
    denial = made(
        "Corvane Lines denies forged papers on freighter\n\nCorvane Lines on Thursday denied that the export "
        "documents found on its freighter Marlin Star were falsified, two days after inspectors at Northport "
        'held the ship. "We load what we are given," a spokeswoman said. She would not say who had ordered '
        "the optical parts.\n\nThe port authority said that it had heard of the statement. The captain's "
        "lawyer asked for his release, which a judge will hear next week.",
        "Harbour Wire",
        "2026-11-05",
    )
    radio = made(
        "Ship held over papers, agency says\n\nA freighter is held at Northport after inspectors found false "
        "export papers for 1,240 crates of optical parts, Harbour Wire said.\n\nThe Marlin Star's cargo was "
        "put at $4.7 million. The buyer on the papers, Tellin Optics, is unknown to the tax office.\n\n"
        "Harbour seals are doing well, meanwhile, says Magnus Hale, who counts them. "
        '"More than last year," he said.',
        "Radio Skarn",
        "2026-11-05",
    )
    held = hold_all([wire, denial, radio])
    around, families = Around(held, combinations(sorted(held), 2)), Families()
    edges = []
    said: dict[str, Strength] = {wire.document.id: "cited", denial.document.id: "rewrite"}
    for source, strength in said.items():  # as where the later one came the same day
        pair = compare(held[source], held[radio.document.id])
        one = edge(pair, families, around)
        assert one is not None
        assert one.named
        edges.append(replace(one, strength=strength, score=0.55, relation=RELATIONS[strength]))
    (made_from,) = [one for one in chosen(held, edges) if one.strength != "cited"]
    assert (made_from.source.id, made_from.strength) == (wire.document.id, "rewrite")


def test_a_translation_that_names_its_sources_by_translated_names_names_no_others() -> None:
    russian = made(TEXTS["russian"], "Портовый вестник", "2026-11-04")
    text = TEXTS["chinese"].replace("据港湾通讯社报道", "《港口通报》援引《港湾电讯》报道称")
    chinese = made(text, "滨海晚报", "2026-11-05")
    assert sources(russian, chinese) == {(chinese.document.id, russian.document.id)}
    assert works(russian) == works(russian, chinese)
    assert "港口通报" in works(chinese)


def test_a_short_name_is_whom_it_stands_for() -> None:
    own = (
        "Ship held\n\nThe ship is held at the quay, according to papers seen by the Ledger, two clerks said."
    )
    assert works(made(own, "The Calder Ledger", "2026-11-03")) == set()
    other = (
        "Ship held\n\nThe ship is held, the Calder Ledger reported. Papers were forged, the Ledger reported."
    )
    assert works(made(other, "Coastal Mail", "2026-11-03")) == {"Calder Ledger"}


def test_a_russian_outlet_in_another_case_is_itself() -> None:
    text = "Судно\n\nСудно задержано, рассказала «Дельцу» бывшая сотрудница порта Анна Вольская."
    assert works(made(text, "Делец", "2026-11-03")) == set()


@pytest.mark.parametrize(
    ("outlet", "text"),
    [
        (
            "Гавань-информ",
            "Судно\n\nВЕЛЬСК, 3 ноября. /Гавань/. Судно задержано, сообщили в порту.",
        ),
        ("Гавань-информ", "Судно\n\nСудно задержано у причала, рассказала «Гавани» сотрудница порта."),
        (
            "Harbour Press Wire",
            "Ship held\n\nVELSK, Nov 3 (HPW) - The ship is held, two clerks said.",
        ),
        ("Harbour Press Wire", "Ship held\n\nPapers were forged, documents seen by Harbour Press show."),
    ],
)
def test_an_outlet_names_itself_in_short(outlet: str, text: str) -> None:
    assert works(made(text, "Another", "2026-11-03")) != set()
    assert works(made(text, outlet, "2026-11-03")) == set()


def test_another_outlet_of_the_same_first_word_is_another() -> None:
    text = "Ship held\n\nThe ship is held at the quay, the Coastal Times reported."
    assert works(made(text, "Coastal Mail", "2026-11-03")) == {"Coastal Times"}
