"""Numbers in tables and the names that they are of: registers, invoices, requisites, in three languages."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from html import escape

import docx
import openpyxl
import pytest

from casegraph.extract import STAGE as EXTRACT
from casegraph.model import (
    Document,
    Mention,
    Original,
    Page,
    Pages,
    Parsed,
    Resolved,
    Table,
    content_id,
)
from casegraph.read import STAGE as READ
from casegraph.resolve import STAGE

VEGA, ZARYA, LADA = "7812345675", "7812346044", "7812346414"  # INN
TRADER = "781234567870"
VEGA_OGRN, ZARYA_OGRN = "1077800123455", "1077800123829"
ANHE, BOYUAN = "91330101MA2ABC2D0M", "91330102MA2ABC3D0R"  # USCC
LEI, IMO, OTHER_IMO = "253400EXAMPLE0VEGA69", "9123453", "9123829"

Rows = Sequence[Sequence[str]]


def as_csv(rows: Rows) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def as_xlsx(rows: Rows) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.create_sheet("Data", 0)
    for row in rows:
        sheet.append(list(row))
    book.save(out)
    return out.getvalue()


def as_html(rows: Rows) -> bytes:
    lines = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<html><body><p>Register</p><table>{body}</table></body></html>".encode()


def as_docx(rows: Rows) -> bytes:
    text, out = docx.Document(), io.BytesIO()
    table = text.add_table(len(rows), max(map(len, rows)))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=False):
            cell.text = words
    text.save(out)
    return out.getvalue()


WRITERS = {"table.csv": as_csv, "table.xlsx": as_xlsx, "table.html": as_html, "table.docx": as_docx}


def parsed(name: str, data: bytes) -> Parsed:
    """Read a file and find its names and numbers."""
    read = list(READ.run(Original(document=content_id(data), data=data, names=(name,))))
    (document,) = (one for one in read if isinstance(one, Document))
    pages = tuple(one for one in read if isinstance(one, Page))
    tables = tuple(one for one in read if isinstance(one, Table))
    found = EXTRACT.run(Pages(document=document, pages=pages, tables=tables))
    mentions = tuple(one for one in found if isinstance(one, Mention))
    return Parsed(document=document, pages=pages, parses=(), mentions=mentions, tables=tables)


def tied(name: str, data: bytes) -> set[tuple[str, str]]:
    """Return (words of the name, number) for what the stage ties."""
    resolved = (one for one in STAGE.run(parsed(name, data)) if isinstance(one, Resolved))
    return {(one.spelling or one.name, number) for one in resolved for number in one.identifiers}


def of(*pairs: tuple[str, str]) -> set[tuple[str, str]]:
    return set(pairs)


REGISTERS: dict[str, tuple[Rows, set[tuple[str, str]]]] = {
    "a name before its number": (
        [
            ["Name of company", "INN", "Country"],
            ["Vega Trading LLC", VEGA, "Russia"],
            ["Zarya Logistics LLC", ZARYA, "Russia"],
        ],
        of(("Vega Trading LLC", f"inn:{VEGA}"), ("Zarya Logistics LLC", f"inn:{ZARYA}")),
    ),
    "a number before its name": (
        [
            ["ИНН", "Наименование организации", "ОГРН"],
            [VEGA, "ООО «Вега Трейд»", VEGA_OGRN],
            [ZARYA, "ООО «Заря Логистик»", ZARYA_OGRN],
        ],
        of(
            ("ООО «Вега Трейд»", f"inn:{VEGA}"),
            ("ООО «Вега Трейд»", f"ogrn:{VEGA_OGRN}"),
            ("ООО «Заря Логистик»", f"inn:{ZARYA}"),
            ("ООО «Заря Логистик»", f"ogrn:{ZARYA_OGRN}"),
        ),
    ),
    "two parties, each with its number": (
        [
            ["Дата", "Плательщик", "ИНН", "Получатель", "ИНН", "Сумма, руб."],
            ["05.03.2021", "ООО «Вега Трейд»", VEGA, "ООО «Заря Логистик»", ZARYA, "150000.00"],
            ["06.03.2021", "ООО «Лада Снаб»", LADA, "ООО «Вега Трейд»", VEGA, "20000.00"],
        ],
        of(
            ("ООО «Вега Трейд»", f"inn:{VEGA}"),
            ("ООО «Заря Логистик»", f"inn:{ZARYA}"),
            ("ООО «Лада Снаб»", f"inn:{LADA}"),
        ),
    ),
    "headings that say whose": (
        [
            ["Поставщик", "Покупатель", "ИНН покупателя", "ИНН поставщика", "Товар"],
            ["ООО «Вега Трейд»", "ООО «Заря Логистик»", ZARYA, VEGA, "станки"],
            ["ООО «Лада Снаб»", "ООО «Вега Трейд»", VEGA, LADA, "кабель"],
        ],
        of(
            ("ООО «Вега Трейд»", f"inn:{VEGA}"),
            ("ООО «Заря Логистик»", f"inn:{ZARYA}"),
            ("ООО «Лада Снаб»", f"inn:{LADA}"),
        ),
    ),
    "a firm and who runs it": (
        [
            ["Наименование", "Руководитель", "ИНН", "ОГРН"],
            ["ООО «Вега Трейд»", "Керн Анна Петровна", VEGA, VEGA_OGRN],
            ["ООО «Заря Логистик»", "Лодков Иван Ильич", ZARYA, ZARYA_OGRN],
        ],
        of(
            ("ООО «Вега Трейд»", f"inn:{VEGA}"),
            ("ООО «Вега Трейд»", f"ogrn:{VEGA_OGRN}"),
            ("ООО «Заря Логистик»", f"inn:{ZARYA}"),
            ("ООО «Заря Логистик»", f"ogrn:{ZARYA_OGRN}"),
        ),
    ),
    "Chinese": (
        [
            ["企业名称", "统一社会信用代码", "法定代表人"],
            ["安禾贸易有限公司", ANHE, "王建国"],
            ["博远物流有限公司", BOYUAN, "李卫东"],
        ],
        of(("安禾贸易有限公司", f"uscc:{ANHE}"), ("博远物流有限公司", f"uscc:{BOYUAN}")),
    ),
    "Chinese, buyer and seller": (
        [
            ["购买方", "购买方纳税人识别号", "销售方", "销售方纳税人识别号", "金额"],
            ["安禾贸易有限公司", ANHE, "博远物流有限公司", BOYUAN, "5000.00"],
            ["博远物流有限公司", BOYUAN, "安禾贸易有限公司", ANHE, "800.00"],
        ],
        of(("安禾贸易有限公司", f"uscc:{ANHE}"), ("博远物流有限公司", f"uscc:{BOYUAN}")),
    ),
    "a LEI": (
        [
            ["Legal entity", "LEI", "Jurisdiction"],
            ["Vega Holding Ltd", LEI, "Cyprus"],
            ["Zarya Holding Ltd", "", "Cyprus"],
        ],
        of(("Vega Holding Ltd", f"lei:{LEI}")),
    ),
    "ships": (
        [
            ["Vessel", "IMO number", "Owner"],
            ["Northern Tern", IMO, "Vega Holding Ltd"],
            ["Pacific Petrel", OTHER_IMO, "Zarya Holding Ltd"],
        ],
        of(("Northern Tern", f"imo:{IMO}"), ("Pacific Petrel", f"imo:{OTHER_IMO}")),
    ),
}


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("which", REGISTERS)
def test_a_number_is_of_the_name_of_its_row(which: str, writer: str) -> None:
    rows, expected = REGISTERS[which]
    assert tied(writer, WRITERS[writer](rows)) == expected


SHEETS: dict[str, tuple[Rows, set[tuple[str, str]]]] = {
    "a label and its value": (
        [
            ["Поставщик", "ООО «Вега Трейд»"],
            ["ИНН", VEGA],
            ["ОГРН", VEGA_OGRN],
            ["Покупатель", "ООО «Заря Логистик»"],
            ["ИНН", ZARYA],
        ],
        of(
            ("ООО «Вега Трейд»", f"inn:{VEGA}"),
            ("ООО «Вега Трейд»", f"ogrn:{VEGA_OGRN}"),
            ("ООО «Заря Логистик»", f"inn:{ZARYA}"),
        ),
    ),
    "parties side by side": (
        [
            ["Поставщик", "Покупатель"],
            ["ООО «Вега Трейд»", "ООО «Заря Логистик»"],
            ["г. Санкт-Петербург, Невский пр., 1", "г. Москва, ул. Тверская, 2"],
            [f"ИНН {VEGA}", f"ИНН {ZARYA}"],
            [f"ОГРН {VEGA_OGRN}", f"ОГРН {ZARYA_OGRN}"],
        ],
        of(
            ("ООО «Вега Трейд»", f"inn:{VEGA}"),
            ("ООО «Вега Трейд»", f"ogrn:{VEGA_OGRN}"),
            ("ООО «Заря Логистик»", f"inn:{ZARYA}"),
            ("ООО «Заря Логистик»", f"ogrn:{ZARYA_OGRN}"),
        ),
    ),
    "Chinese": (
        [
            ["甲方", "安禾贸易有限公司"],
            ["统一社会信用代码", ANHE],
            ["乙方", "博远物流有限公司"],
            ["统一社会信用代码", BOYUAN],
        ],
        of(("安禾贸易有限公司", f"uscc:{ANHE}"), ("博远物流有限公司", f"uscc:{BOYUAN}")),
    ),
}


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("which", SHEETS)
def test_a_number_is_of_the_name_above_it_in_a_sheet(which: str, writer: str) -> None:
    rows, expected = SHEETS[which]
    assert tied(writer, WRITERS[writer](rows)) == expected


DOUBTFUL: dict[str, Rows] = {
    "two parties and one number": [
        ["Поставщик", "Покупатель", "ИНН", "Товар"],
        ["ООО «Вега Трейд»", "ООО «Заря Логистик»", ZARYA, "станки"],
        ["ООО «Лада Снаб»", "ООО «Вега Трейд»", VEGA, "кабель"],
    ],
    "a number of one who is not named": [
        ["Компания", "ИНН учредителя", "Доля, %"],
        ["ООО «Вега Трейд»", VEGA, "60"],
        ["ООО «Заря Логистик»", ZARYA, "40"],
    ],
    "a bank's": [
        ["Получатель", "Банк получателя", "ИНН банка"],
        ["ООО «Вега Трейд»", "АО «Сервис-Банк»", VEGA],
        ["ООО «Заря Логистик»", "АО «Невский банк»", ZARYA],
    ],
    "a row without a name": [
        ["Наименование организации", "ИНН"],
        ["ООО «Вега Трейд»", ""],
        ["", ZARYA],
    ],
    "a firm's number beside a person": [
        ["Работник", "ИНН"],
        ["Керн Анна Петровна", VEGA],
        ["Лодков Иван Ильич", ZARYA],
    ],
}


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("which", DOUBTFUL)
def test_a_number_that_may_be_another_s_is_nobody_s(which: str, writer: str) -> None:
    assert tied(writer, WRITERS[writer](DOUBTFUL[which])) == set()


REQUISITES: dict[str, tuple[str, set[tuple[str, str]]]] = {
    "in one line": (
        f"Реквизиты сторон\n\nПоставщик: ООО «Вега Трейд», ИНН {VEGA}, КПП 781201001, ОГРН {VEGA_OGRN}\n",
        of(("ООО «Вега Трейд»", f"inn:{VEGA}"), ("ООО «Вега Трейд»", f"ogrn:{VEGA_OGRN}")),
    ),
    "a fact a line": (
        (
            "Договор поставки. Поставщик обязуется передать товар, а Покупатель обязуется его оплатить.\n\n"
            "ПОСТАВЩИК\n\nООО «Вега Трейд»\n\nЮридический адрес: г. Москва, ул. Тверская, д. 2\n\n"
            f"ИНН {VEGA}\n\nДиректор: Керн А. П.\n\nОГРН: {VEGA_OGRN}\n\n"
            f"ПОКУПАТЕЛЬ\n\nООО «Заря Логистик»\n\nИНН {ZARYA}\n\n"
            f"Банк: АО «Сервис-Банк»\n\nОГРН: {ZARYA_OGRN}\n"
        ),
        of(
            ("ООО «Вега Трейд»", f"inn:{VEGA}"),
            ("ООО «Вега Трейд»", f"ogrn:{VEGA_OGRN}"),
            ("ООО «Заря Логистик»", f"inn:{ZARYA}"),
        ),
    ),
    "Chinese": (
        (
            "甲乙双方根据有关法律的规定，经协商一致，签订本合同，双方共同遵守以下条款。\n\n"
            f"甲方：安禾贸易有限公司\n\n地址：杭州市西湖区\n\n统一社会信用代码：{ANHE}\n\n"
            f"乙方：博远物流有限公司\n\n统一社会信用代码：{BOYUAN}\n"
        ),
        of(("安禾贸易有限公司", f"uscc:{ANHE}"), ("博远物流有限公司", f"uscc:{BOYUAN}")),
    ),
    "numbers before names": (
        (
            "В реестр внесены следующие организации, которые не отвечают на запросы.\n\n"
            f"ИНН {VEGA}\n\nООО «Вега Трейд»\n\nИНН {ZARYA}\n\nООО «Заря Логистик»\n"
        ),
        set(),
    ),
    "prose between": (
        (
            "ООО «Вега Трейд»\n\nФирма перестала отвечать на письма, как говорят её работники.\n\n"
            f"ИНН {VEGA}\n"
        ),
        set(),
    ),
}


@pytest.mark.parametrize("which", REQUISITES)
def test_requisites_in_running_text(which: str) -> None:
    text, expected = REQUISITES[which]
    assert tied("requisites.txt", text.encode()) == expected


def test_namesakes_of_a_register_are_told_apart_by_their_numbers() -> None:
    rows = [["Наименование", "ИНН"], ["ООО «Вега»", VEGA], ["ООО «Вега»", ZARYA]]
    found = STAGE.run(parsed("register.csv", as_csv(rows)))
    assert len({one.entity for one in found if isinstance(one, Resolved)}) == 2
