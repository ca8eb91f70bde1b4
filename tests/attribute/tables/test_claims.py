from __future__ import annotations

from tests.attribute.tables.made import claims, mapping_of, names, problems, table_records

SHIPMENTS = [
    ["Date", "Seller", "Buyer", "Goods", "Qty", "Unit", "Amount, USD"],
    ["2024-03-05", "Harrow Marine Ltd", "Veld Port", "cranes", "7", "pcs", "1,250.50"],
    ["2024-03-09", "Harrow Marine Ltd", "Orlan Works", "ballast", "40", "t", "800"],
    ["", "Total", "", "", "47", "", "2,050.50"],
]


def test_a_row_is_a_delivery_in_the_document_s_own_voice() -> None:
    first, second = claims(SHIPMENTS)
    assert (first.kind, first.stance, first.made_by.extractor) == ("delivery", "asserts", "attribute.tables")
    assert names(first) == {"supplier": "Harrow Marine Ltd", "recipient": "Veld Port", "goods": "cranes"}
    assert [link.role for link in first.attribution] == ["publisher"]
    said = first.qualifiers
    assert said.amount is not None
    assert (said.amount.minimum, said.amount.currency) == (1250.5, "USD")
    assert said.quantity is not None
    assert (said.quantity.minimum, said.quantity.unit) == (7.0, "item")
    assert [day.start for day in said.dates] == ["2024-03-05"]
    assert first.evidence[0].exact.split("\t")[:2] == ["2024-03-05", "Harrow Marine Ltd"]
    assert second.qualifiers.quantity is not None
    assert second.qualifiers.quantity.unit == "t"
    assert len({first.id, second.id}) == 2


def test_rows_that_do_not_fit_are_told_by_number() -> None:
    rows = [
        *SHIPMENTS[:2],
        ["2024-03-10", "", "", "cranes", "7", "pcs", "5"],
        ["2024-03-11", "Harrow Marine Ltd", "Veld Port", "cranes", "7", "pcs", "on request"],
        ["2024-03-12", "Harrow Marine Ltd", "Veld Port", "cranes, cancelled", "7", "pcs", "5"],
        ["2024-03-13", "Harrow Marine Ltd", "Veld Port", "cranes", "-7", "pcs", "5"],
        ["32/13/2024", "Harrow Marine Ltd", "Veld Port", "cranes", "7", "pcs", "5"],
    ]
    records = table_records(rows)
    assert problems(records) == [
        ("attribute.table-row", "row 3: there is no supplier or recipient in it"),
        ("attribute.table-row", "row 4: the amount is no figure"),
        ("attribute.table-void", "row 5 says that it does not stand"),
        ("attribute.table-row", "row 6: the quantity is below zero: a return or a correction"),
    ]
    assert mapping_of(records).claims == 2


def test_parties_above_the_table_go_for_every_row() -> None:
    above = ["INVOICE 77 of 11 April 2022", "Seller: Harrow Marine Ltd, 1 Dock Road", "Buyer: Veld Port"]
    rows = [
        ["Goods", "Quantity", "Price", "Sum (EUR)"],
        ["cranes", "2", "10", "20"],
        ["hooks", "4", "5", "20"],
    ]
    first, _ = claims(rows, above=above)
    assert names(first) == {"supplier": "Harrow Marine Ltd", "recipient": "Veld Port", "goods": "cranes"}
    assert [day.start for day in first.qualifiers.dates] == ["2022-04-11"]
    assert [target.exact for target in first.evidence[1:]] == ["Harrow Marine Ltd", "Veld Port"]


def test_a_statement_of_account_tells_who_paid_whom() -> None:
    above = ["Выписка по счёту", "Владелец счёта: ООО «Катунь»", "Валюта: RUR"]
    rows = [
        ["Дата", "Контрагент", "Дебет", "Кредит"],
        ["03.06.2021", "ООО «Дельта»", "150 000,00", "0,00"],
        ["04.06.2021", "ИП Гущин П.А.", "", "48 300,50"],
        ["", "Итого", "150 000,00", "48 300,50"],
    ]
    out, into = claims(rows, above=above)
    assert names(out) == {"payer": "ООО «Катунь»", "beneficiary": "ООО «Дельта»"}
    assert names(into) == {"payer": "ИП Гущин П.А.", "beneficiary": "ООО «Катунь»"}
    assert into.qualifiers.amount is not None
    assert (into.qualifiers.amount.minimum, into.qualifiers.amount.currency) == (48300.5, "RUB")


def test_shares_as_intervals_fractions_and_parts_of_one() -> None:
    rows = [
        ["Owner", "Company", "Share"],
        ["Anna Kern", "Veld Port Ltd", "25-50%"],
        ["Grey AG", "Veld Port Ltd", "1/3"],
    ]
    interval, third = (claim.qualifiers.share for claim in claims(rows))
    assert interval is not None
    assert third is not None
    assert (interval.minimum, interval.maximum, interval.unit) == (25.0, 50.0, "%")
    assert third.minimum == 33.333333
    parts = [
        ["Owner", "Company", "Share"],
        ["Anna Kern", "Veld Port Ltd", "0.51"],
        ["Grey AG", "Veld Port Ltd", "0.49"],
    ]
    shares = [claim.qualifiers.share for claim in claims(parts)]
    assert [share.minimum for share in shares if share is not None] == [51.0, 49.0]
    rows[1][2] = "151%"
    assert problems(table_records(rows)) == [
        ("attribute.table-row", "row 2: the share is below 0 or above 100 per cent")
    ]


def test_staff_and_directors() -> None:
    staff = [
        ["Name of employee", "Position", "Hired"],
        ["Anna Kern", "engineer", "01.02.2020"],
        ["Ivan Pell", "clerk", ""],
    ]
    first, second = claims(staff, above=["Staff list of Harrow Marine Ltd"])
    assert (first.kind, names(first)) == (
        "employment",
        {"person": "Anna Kern", "organisation": "Harrow Marine Ltd"},
    )
    assert (first.qualifiers.dates[0].start, first.qualifiers.dates[0].end) == ("2020-02-01", None)
    assert second.qualifiers.dates == ()
    board = [["公司名称", "姓名", "职务"], ["福州闽桐股份有限公司", "温知夏", "董事长"]]
    (director,) = claims(board, above=["董事、监事及高级管理人员"])
    assert director.kind == "directorship"


def test_what_is_not_sure_gives_no_claims() -> None:
    rows = [["Recipient of funds", "Sum", "Note"], ["Veld Port", "100", "a"], ["Orlan Works", "200", "b"]]
    records = table_records(rows)
    assert mapping_of(records).state != "mapped"
    assert [one for one in records if one.__class__.__name__ == "Claim"] == []


def test_price_lists_and_timetables_give_nothing() -> None:
    timetable = [["From", "To", "Departs"], ["Veld", "Kern", "06:10"], ["Kern", "Veld", "07:30"]]
    prices = [["Description", "Unit", "Price (EUR)"], ["crane", "pc", "12.00"], ["hook", "pc", "3.00"]]
    for rows in (timetable, prices):
        assert mapping_of(table_records(rows)).state == "none"
