"""Records to HTML. What comes from a document is escaped; nothing is marked as safe but our own drawings."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

import jinja2

from casegraph.model import Record
from casegraph.web.drawing import band, chart
from casegraph.web.wording import FILTERS, language

TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"


@functools.cache
def environment() -> jinja2.Environment:
    """Return the environment of all templates; a name that a template misspells is an error."""
    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(FILTERS)
    found.globals.update(link=link, language=language, without=without, built=built, band=band, chart=chart)
    return found


@functools.cache
def built(name: str) -> str | None:
    """Return the address of a file that `make` builds from frontend/, None where it was not built."""
    return f"/static/built/{name}" if (STATIC / "built" / name).is_file() else None


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around what a page shows."""

    path: str  # its address
    token: str  # what its forms send along
    session: bool = False  # somebody has logged in, and may log out
    busy: bool = False  # the case is being brought up to date


def page(name: str, record: Record, frame: Frame) -> str:
    """Return a page as HTML."""
    template = environment().get_template(f"{name}.html")
    return template.render(
        it=record, path=frame.path, token=frame.token, session=frame.session, busy=frame.busy
    )


def link(*parts: str, **query: object) -> str:
    """Return an address of ours, its parts and values quoted; values that are None are left out."""
    where = "/" + "/".join(quote(part, safe=":") for part in parts)
    values = {name: value for name, value in query.items() if value is not None}
    return f"{where}?{urlencode(values, doseq=True)}" if values else where


def without(values: Mapping[str, str], name: str) -> dict[str, str]:
    """Return the fields of an address but one."""
    return {key: value for key, value in values.items() if key != name}
