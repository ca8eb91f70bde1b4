"""Sums of Russian papers without a currency, known by their label: Итого: 1 250 000,00."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from casegraph.extract.lang.ru_numbers import FIGURE, read, size
from casegraph.model import Amount

_LABEL = (
    r"(?:итого(?:\s+к\s+оплате)?|(?:всего\s+)?к\s+оплате|(?:общая\s+)?сумм[аыу](?:\s+(?:договора|контракта|сделки|платежа|долга|кредита|займа"
    r"|сч[её]та|штрафа|иска))?|(?:общая\s+)?стоимость(?:\s+(?:договора|контракта|работ|услуг|товара|имущества|лота))?"
    r"|(?:начальная\s+)?(?:\(максимальная\)\s+)?цена(?:\s+(?:договора|контракта|лота|иска|сделки))?|нмцк|уставный\s+капитал"
    r"|задолженность|недоимка|аванс|штраф|пени|неустойка|ущерб|убыток|убытки|выручка|прибыль|госпошлина|взятка|ндс)"
)
_LINK = r"(?:\s*[:—–]\s*|\s+(?:составля(?:ет|ла|ли)|составил[аио]?|равн[ао]|в\s+размере|в\s+сумме)\s+)"
_AFTER = r"(?=\s*(?:[.;)\n]|,(?!\d)|$)|\s+(?:и|а|из|за|по|с|без|на|в|не|плюс|включая)(?!\w))"
_SMALLEST = 1000  # a smaller number without a part or magnitude may count anything


@functools.cache
def _pattern() -> re.Pattern[str]:
    spelt = r"(?:\s*\([а-яё\s]{3,120}\))?"
    return re.compile(
        rf"(?<!\w){_LABEL}{_LINK}(?P<sum>(?P<low>{FIGURE}(?P<size>\s?{size()})?){spelt}){_AFTER}",
        re.IGNORECASE,
    )


def labelled(text: str) -> Iterator[tuple[int, int, Amount]]:
    """Yield start, end and amount, whose currency is None."""
    for match in _pattern().finditer(text):
        number = read(match["low"])
        if number is None or number.low is None:
            continue
        if match["size"] or number.low >= _SMALLEST or re.search(r",\d\d$", match["low"]):
            start, end = match.span("sum")
            yield start, end, Amount(minimum=number.low, maximum=number.high, currency=None)
