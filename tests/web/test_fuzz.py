"""The JSON of every page, asked by schemathesis from the description what no person would ask."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from casegraph.pipeline.case import open_case
from casegraph.web.app import Room, application
from casegraph.web.base import File, View
from casegraph.web.guard import named
from casegraph.web.views import FILES, VIEWS
from tests.web.conftest import CHAIN

CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
]
POSITIVE, NEGATIVE = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
EVERY: tuple[View | File, ...] = (*VIEWS, *FILES)
BY_NAME = {one.name: one for one in EVERY}
FEW = settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_nothing_that_is_asked_in_json_is_a_fault(folder: Path) -> None:
    room = Room(lambda: open_case(folder, chain=CHAIN))
    app = application(room, named(["here"]))
    schema = schemathesis.openapi.from_asgi("/openapi.json", app, headers={"host": "here"})
    asked = set()
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        name = operation.definition.raw["operationId"]
        for mode in (POSITIVE, NEGATIVE) if BY_NAME[name].query else (POSITIVE,):

            @FEW
            @given(operation.as_strategy(generation_mode=mode))
            def ask(case: schemathesis.Case[Any]) -> None:
                case.call_and_validate(checks=CHECKS, headers={"host": "here"})

            ask()
        asked.add(name)
    assert asked == BY_NAME.keys()
