"""`casegraph serve`: the one command of this face."""

from __future__ import annotations

from pathlib import Path

import click

from casegraph.errors import UsageError

PORT = 8777
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="An address of this machine alone.")
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, show_default=True, help="Its port.")
def command(case: Path, host: str, port: int) -> None:
    """Open CASE in the browser.

    The server listens on this machine alone, and answers only under its own name. Ctrl-C ends it.
    """
    from casegraph.web.serving import serve  # noqa: PLC0415 - the help needs no server

    if host not in LOOPBACK:
        raise UsageError(f"{host} is not an address of this machine alone; the case is secret")
    shown = f"[{host}]" if ":" in host else host
    serve(
        case,
        host,
        port,
        lambda: click.echo(f"the case is at http://{shown}:{port}/ (Ctrl-C ends it)", err=True),
    )
