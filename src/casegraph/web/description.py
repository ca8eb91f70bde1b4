"""The description of the API (OpenAPI 3.1), from the views and their records."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

import msgspec

from casegraph.web.base import File, View

_NAME = re.compile(r"\{(\w+)(?::\w+)?\}")


def description(views: Sequence[View], files: Sequence[File]) -> dict[str, Any]:
    """Return the document that describes the JSON twins of all pages, and what gives bytes."""
    given = [view.gives for view in views] + [file.gives for file in files if file.gives is not None]
    _, components = msgspec.json.schema_components(given, ref_template="#/components/schemas/{name}")
    failure = {
        "type": "object",
        "required": ["status", "message"],
        "properties": {"status": {"type": "integer"}, "message": {"type": "string"}},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "casegraph", "version": version("casegraph")},
        "paths": {
            **{_path(view): {"get": _operation(view)} for view in views},
            **{_NAME.sub(r"{\1}", file.path): {"get": _operation(file)} for file in files},
        },
        "components": {"schemas": {**components, "Failure": failure}},
    }


def _path(view: View) -> str:
    return "/home.json" if view.path == "/" else _NAME.sub(r"{\1}", view.path) + ".json"


def _operation(view: View | File) -> dict[str, Any]:
    names = [{"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
             for name in _NAME.findall(view.path)]  # fmt: skip
    query = [
        {"name": one.name, "in": "query", "description": one.help, "schema": dict(one.schema)}
        for one in view.query
    ]
    return {
        "operationId": view.name,
        "summary": view.summary,
        "parameters": [*names, *query],
        "responses": {
            "200": _answer(view),
            "default": _plain("A page that says what went wrong.", "text/html")
            if isinstance(view, File)
            else _response("What went wrong.", "Failure"),
        },
    }


def _answer(view: View | File) -> dict[str, Any]:
    if isinstance(view, View):
        return _response("What the page shows.", view.gives.__name__)
    if view.gives is not None:
        return _response("The file.", view.gives.__name__)
    return _plain("The file.", view.media_type)


def _response(words: str, schema: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": words, "content": content}


def _plain(words: str, media_type: str) -> dict[str, Any]:
    return {
        "description": words,
        "content": {media_type: {"schema": {"type": "string"}}},
    }
