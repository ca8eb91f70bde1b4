"""A language model that you serve: MODEL_SERVER=http://127.0.0.1:8080/v1 MODEL_NAME=name, then pytest."""

from __future__ import annotations

import os

import msgspec
import pytest

from casegraph.model import PassageRead
from casegraph.pipeline.asking import ModelServer
from casegraph.pipeline.endpoint import Endpoint

URL = os.environ.get("MODEL_SERVER", "")
PASSAGES = {
    "en": "Nine cranes of Selm Harbour ended up with the Wexley people, Mia Holt said on Monday.",
    "ru": "Анна Керн сообщила, что завод «Купол» поставил девять кранов компании «Орлан».",
    "zh": "安娜表示，库波尔公司向奥兰公司交付了九台起重机。",
}

pytestmark = [
    pytest.mark.loopback,
    pytest.mark.skipif(not URL, reason="MODEL_SERVER names no server of a language model on this machine"),
]


@pytest.mark.parametrize("language", PASSAGES)
def test_a_model_answers_in_the_form_or_is_cut_off(language: str) -> None:
    server = ModelServer(URL, os.environ.get("MODEL_NAME", "model"), timeout=1800.0, retries=0)
    reply = Endpoint(server).ask(PASSAGES[language])
    assert reply.failure in {"", "answer-cut-off"}  # a small model repeats itself to the end of its answer
    if reply.body:
        read = msgspec.json.decode(reply.body, type=PassageRead)
        assert read.names or read.claims
