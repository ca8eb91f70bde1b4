"""Write the gold pairs: invented names in blocks of look-alikes; a third of the blocks is held out.

A block is a group and bearers that must be told apart; a bearer is one line, its names parted by "|". All names of a line
are one (same), names of different lines of a block are not. The spellings follow the schemes named in
`resolve/matching/schemes.toml`, written by hand.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path

HERE = Path(__file__).parent

BLOCKS = """
Person
Зубаревский Аркадий Львович | Arkady Zubarevsky | Arkadij Subarewskij | Arkadiy Lvovich Zubarevskiy | Zubarevskii A. L. | 阿尔卡季·祖巴列夫斯基
Зубаревский Леонид Львович | Leonid Zubarevsky | Leonid Subarewski | Zubarevskii L. L. | 列昂尼德·祖巴列夫斯基
Зубаревич Аркадий Павлович | Arkady Zubarevich

Person
Щербатюк Ярослав Игоревич | Yaroslav Shcherbatyuk | Jaroslaw Schtscherbatjuk | Iaroslav Chtcherbatiouk | Jarosław Szczerbatiuk | Shcherbatiuk Iaroslav
Щербатов Ярослав Игоревич | Yaroslav Shcherbatov | Jaroslaw Schtscherbatow
Щербатюк Роман Игоревич | Roman Shcherbatyuk | R. I. Shcherbatyuk

Person
Хвостиков Егор Юрьевич | Yegor Khvostikov | Egor Hvostikov | Jegor Chwostikow | Khvostikov, Egor Yuryevich | 叶戈尔·赫沃斯季科夫
Хвостиков Юрий Егорович | Yuri Khvostikov | Juri Chwostikow | Khvostikov, Yuriy Yegorovich
Хвостов Егор Юрьевич | Yegor Khvostov

Person
Жемчужин Вячеслав | Vyacheslav Zhemchuzhin | Wjatscheslaw Schemtschuschin | Viatcheslav Jemtchoujine | Viacheslav Zhemchuzhin | V. Zhemchuzhin
Жемчугов Вячеслав | Vyacheslav Zhemchugov
Жемчужин Станислав | Stanislav Zhemchuzhin | S. Zhemchuzhin

Person
陆启航 | Lu Qihang | Lu Qi-hang | Qihang Lu | Лу Цихан | 陸啟航
陆启汉 | Lu Qihan | Лу Цихань
鲁冀翰 | Lu Jihan

Person
欧阳慕寒 | Ouyang Muhan | Muhan Ouyang | Оуян Мухань | 歐陽慕寒
欧阳慕云 | Ouyang Muyun | Оуян Муюнь

Person
褚景珩 | Chu Jingheng | Jingheng Chu | Чу Цзинхэн | Ch'u Ching-heng
褚景恒明 | Chu Jinghengming
瞿景珩 | Qu Jingheng | Цюй Цзинхэн

Person
Margaret Ellinwood | Margaret J. Ellinwood | Peggy Ellinwood | Ellinwood, Margaret | Maragret Ellinwood | Маргарет Эллинвуд | 玛格丽特·埃林伍德
Marjorie Ellinwood | Ellinwood, Marjorie | Марджори Эллинвуд
Margaret Ellingsen | Маргарет Эллингсен

Person
Tobias Hartwell-Crane | Tobias Hartwell Crane | Hartwell-Crane, Tobias | Тобиас Хартвелл-Крейн | 托拜厄斯·哈特韦尔-克兰
Tobias Hartwell Crowe | Тобиас Хартвелл Кроу
Thomas Hartwell-Crane | Томас Хартвелл-Крейн

Person
Abd al-Karim al-Durrani | Abdul Karim Durrani | Abdulkarim Al-Durrani | Абд аль-Карим ад-Дуррани | عبد الكريم الدراني
Abd al-Rahim al-Durrani | Abdul Rahim Durrani | Абд ар-Рахим ад-Дуррани
Abd al-Karim al-Duri | Abdul Karim Al-Duri

Person
Юсуф бин Халид аль-Мазруи | Yusuf bin Khalid al-Mazrui | Youssef ibn Khaled Al Mazrouei | Yousuf Khalid Almazrui
Юсуф бин Хамад аль-Мазруи | Yusuf bin Hamad al-Mazrui

Person
Nagyváradi Gergely | Gergely Nagyváradi | Dr. Gergely Nagyvaradi | Гергей Надьваради
Nagyváradi György | György Nagyváradi

Person
Пилипчук Олександр Тарасович | Oleksandr Pylypchuk | Aleksandr Pilipchuk | Александр Пилипчук | Alexander Pilipchuk
Пилипенко Олександр Тарасович | Oleksandr Pylypenko
Пилипчук Олексій Тарасович | Oleksii Pylypchuk | Алексей Пилипчук

Person
Гайдукевіч Віталь | Vital Haidukevich | Виталий Гайдукевич | Vitaly Gaidukevich | Vitalij Hajdukevič
Гайдукевіч Віктар | Viktar Haidukevich | Виктор Гайдукевич

Person
Ilse van der Meulenkamp | I. van der Meulenkamp | Ilse Vandermeulenkamp | Ильзе ван дер Мёленкамп
Elsa van der Meulen | Эльза ван дер Мёлен

Person
Дроздецкая Наталья Сергеевна | Natalia Drozdetskaya | Natalja Drosdezkaja | Natalya S. Drozdetskaya | Н. С. Дроздецкая
Дроздецкая Надежда Сергеевна | Nadezhda Drozdetskaya | Nadeschda Drosdezkaja
Дроздова Наталья Сергеевна | Natalia Drozdova

Person
Кобзев-Ланской Пётр | Pyotr Kobzev-Lanskoy | Petr Kobzev-Lanskoi | Пётр Кобзев-Ланской | Kobzev-Lanskoy P.
Кобзев Пётр Ланович | Petr Kobzev

Person
Sir Rupert Ashdown-Vane | Rupert Ashdown-Vane | Rupret Ashdown-Vane | Руперт Эшдаун-Вейн
Rupert Ashworth | Руперт Эшуорт

Organization
АО «Ижмаш-Вектор» | Izhmash-Vector JSC | JSC Izhmash Vektor | Акционерное общество «Ижмаш-Вектор»
ООО «Ижмаш-Вектор Трейд» | Izhmash-Vector Trade LLC
ООО «Ижмаш-Вектор Логистик» | Izhmash-Vector Logistics LLC

Organization
14-й научно-исследовательский институт | 14th Research Institute | 第十四研究所 | Fourteenth Research Institute | Research Institute No. 14
38-й научно-исследовательский институт | 38th Research Institute | 第三十八研究所 | Research Institute No. 38
4-й научно-исследовательский институт | 4th Research Institute | 第四研究所

Organization
Завод № 7 | Plant No. 7 | Factory No 7 | 第七工厂
Завод № 17 | Plant No. 17 | 第十七工厂
Завод № 70 | Plant No 70

Organization
深圳市赤隼无人机科技有限公司 | Shenzhen Chisun UAV Technology Co., Ltd. | Shenzhen Chisun Drone Technology Limited | ООО «Шэньчжэнь Чисунь Дрон Технологии» | 深圳赤隼無人機科技有限公司
深圳市赤隼国际物流有限公司 | Shenzhen Chisun International Logistics Co., Ltd.
深圳市赤峻电子有限公司 | Shenzhen Chijun Electronics Co., Ltd.

Organization
厦门云岭发动机有限公司 | Xiamen Yunling Engine Co., Ltd. | Xiamen Yunling Engines Limited | Сямэнь Юньлин Двигатели
厦门云岭贸易有限公司 | Xiamen Yunling Trading Co., Ltd.
厦门云林发动机有限公司 | Xiamen Yunlin Engine Co Ltd

Organization
Brackwater Trading LLC | Brackwater Trading Limited Liability Company | ООО «Брэкуотер Трейдинг» | Brackwater Trading
Brackwater Logistics LLC | ООО «Брэкуотер Логистика»
Blackwater Trading LLC

Organization
ПАО «Северный приборостроительный завод» | Severny Instrument-Making Plant PJSC | Публичное акционерное общество «Северный приборостроительный завод»
АО «Северский приборостроительный завод» | Seversky Instrument-Making Plant JSC
ПАО «Северный машиностроительный завод» | Severny Machine-Building Plant PJSC

Organization
ФГУП «НИИ Кварц-Дельта» | FGUP NII Kvarts-Delta | FSUE NII Kvarts Delta
ООО «Кварц-Дельта Сервис» | Kvarts-Delta Service LLC

Organization
库里巴克集团 | Kuribak Group | Группа «Курибак» | Kuribak Holding | Курибак Холдинг
库里丹集团 | Kuridan Group | Группа «Куридан»

Organization
Хальден Шиппинг | Halden Shipping | Halden Shipping Co. | Halden Shipping Ltd
Hallen Shipping | Hallen Shipping Ltd
Halden Insurance | Halden Insurance plc

Organization
Merrow & Pike Engineering GmbH | Merrow and Pike Engineering | Merrow & Pike Engineering Gesellschaft mit beschränkter Haftung
Merrow & Pike Capital GmbH | Merrow and Pike Capital
Marlow & Pike Engineering GmbH

Organization
第二十七机电设备厂 | 27th Electromechanical Equipment Plant | 27-й завод электромеханического оборудования
第二十八机电设备厂 | 28th Electromechanical Equipment Plant

Organization
Банк «Тавровский» | Tavrovsky Bank | Bank Tavrovskiy | ПАО «Банк Тавровский» | Tavrovskiy Bank PJSC
Банк «Тавринский» | Tavrinsky Bank
Тавровская страховая компания | Tavrovsky Insurance Company

Organization
Orlovat Fund II LP | Orlovat Fund 2 LP | Orlovat Fund II, L.P.
Orlovat Fund III LP | Orlovat Fund 3 LP

Organization
天津鸣沙贸易有限公司 | Tianjin Mingsha Trading Co., Ltd. | Тяньцзинь Минша Трейдинг | 天津鳴沙貿易有限公司
天津鸣山贸易有限公司 | Tianjin Mingshan Trading Co., Ltd.
上海鸣沙贸易有限公司 | Shanghai Mingsha Trading Co., Ltd.

Organization
ТОВ «Дніпрокабель» | Dniprokabel LLC | ТОВ Дніпрокабель | Dniprokabel Ltd
ТОВ «Дніпрометал» | Dniprometal LLC

Organization
НПО «Радонеж-Спектр» | NPO Radonezh-Spektr | NPO Radonezh Spectr | АО «НПО «Радонеж-Спектр»
НПО «Радонеж-Сектор» | NPO Radonezh-Sektor

Organization
Vessler Aero Systems Inc. | Vessler Aero Systems | Vessler AeroSystems Inc
Vessler Marine Systems Inc. | Vessler Marine Systems
Kessler Aero Systems Inc.

Vessel
MV Corvane Star | CORVANE STAR | Corvane Star
MV Corvane Spirit | Corvane Spirit
Corvane Star 2 | MV Corvane Star II
"""


def blocks() -> Iterator[tuple[str, list[list[str]]]]:
    """Yield group and bearers, each the names of one line."""
    for block in BLOCKS.strip().split("\n\n"):
        group, *lines = block.splitlines()
        yield group, [[name.strip() for name in line.split("|")] for line in lines]


def pairs(group: str, bearers: list[list[str]]) -> Iterator[dict[str, object]]:
    """Yield all pairs of a block."""
    for names in bearers:
        for one, other in combinations(names, 2):
            yield {"group": group, "one": one, "other": other, "same": True}
    for first, second in combinations(bearers, 2):
        for one, other in product(first, second):
            yield {"group": group, "one": one, "other": other, "same": False}


def main() -> None:
    """Write both parts."""
    parts: dict[bool, list[str]] = {False: [], True: []}
    for group, bearers in blocks():
        held_out = hashlib.sha256(bearers[0][0].encode()).digest()[-1] % 3 == 0
        parts[held_out] += [json.dumps(pair, ensure_ascii=False) for pair in pairs(group, bearers)]
    for held_out, lines in parts.items():
        folder = HERE / "heldout" if held_out else HERE
        folder.mkdir(exist_ok=True)
        (folder / "pairs.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
