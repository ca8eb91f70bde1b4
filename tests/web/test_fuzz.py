"""The JSON of every page, asked by schemathesis from the description what no person would ask."""

from __future__ import annotations

from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from casegraph.pipeline.case import open_case
from casegraph.web.app import Room, application
from casegraph.web.guard import named
from tests.web.conftest import CHAIN

CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
]


@pytest.fixture
def described(folder: Path) -> object:
    room = Room(lambda: open_case(folder, chain=CHAIN))
    app = application(room, named(["localhost", "testserver"]))
    return schemathesis.openapi.from_asgi("/openapi.json", app, headers={"host": "localhost"})


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_nothing_asked_in_json_is_a_fault(case: schemathesis.Case) -> None:
    case.call_and_validate(checks=CHECKS, headers={"host": "localhost"})
