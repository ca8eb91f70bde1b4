"""`casegraph serve`: the one command of this face."""

from __future__ import annotations

import socket
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from casegraph.errors import UsageError

PORT = 8777
_TRIED = 20  # ports from it on, one of which is free unless as many cases are open
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port", type=click.IntRange(1, 65535),
    help=f"Its port.  [default: {PORT}, or the next that is free]",
)  # fmt: skip
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="HOST",
    help="A name that others call it by; repeatable.",
)
@click.option(
    "--password-file",
    type=_FILE,
    help="Of the password or its hash; a new one is asked for and made.",
)
@click.option("--token", "with_token", is_flag=True, help="Ask for a token, told once, on this machine too.")
@click.option("--certificate", type=_FILE, help="Encrypt: PEM file of the certificate.")
@click.option("--key", type=_FILE, help="PEM file of its key.")
def command(
    case: Path,
    host: str,
    port: int | None,
    names: tuple[str, ...],
    password_file: Path | None,
    certificate: Path | None,
    key: Path | None,
    *,
    with_token: bool,
) -> None:
    """Open CASE in the browser.

    The server listens on this machine alone, and answers only under its own name. At another address it asks
    everybody for the password of --password-file, or for a token that it tells once. Ctrl-C ends it.
    """
    from casegraph.web import access  # noqa: PLC0415 - the help needs no server
    from casegraph.web.listening import Place  # noqa: PLC0415 - a command loads what it uses
    from casegraph.web.serving import serve  # noqa: PLC0415 - a command loads what it uses

    port = free_port(host) if port is None else port
    place = Place(host=host, port=port, names=names, certificate=certificate, key=key)
    token = None
    kept = None if password_file is None else password_of(password_file)
    if kept is None and (with_token or not place.alone):
        token = access.new_token()
        kept = access.hashed(token)
    place = Place(host=host, port=port, names=names, kept=kept, certificate=certificate, key=key)

    def ready() -> None:
        click.echo(f"the case is at {place.address} (Ctrl-C ends it)", err=True)
        if token is not None:
            click.echo(f"its token, told this once: {token}", err=True)
        if not place.alone and certificate is None:
            click.echo(
                "what goes over the network is not encrypted: whoever is on the way can read it, the password"
                " too; give --certificate and --key, or let a server in front of it encrypt",
                err=True,
            )
        if open_to_others(case):
            click.echo("other accounts of this machine can read the case folder: chmod 700 it", err=True)

    serve(case, place, ready)


def free_port(host: str, ports: Iterable[int] = range(PORT, PORT + _TRIED)) -> int:
    """Return the first port at an address that nobody listens at; PORT where all are taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in ports:
        with socket.socket(family, socket.SOCK_STREAM) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind((host, port))
            except OSError:
                continue
            return port
    return PORT


def open_to_others(folder: Path) -> bool:
    """Whether other accounts of the machine may look into a folder."""
    return bool(stat.S_IMODE(folder.stat().st_mode) & 0o077)


def password_of(file: Path) -> str:
    """Return the hash of the password of a file, which holds one of both; a new file gets the hash.

    Raises UsageError for a file that others can read.
    """
    from casegraph.web import access  # noqa: PLC0415 - the help needs no server

    try:
        if not file.exists():
            if not sys.stdin.isatty():
                raise UsageError("there is no such password file, and nobody to ask for a password")
            kept = access.hashed(
                click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
            )
            file.touch(mode=0o600, exist_ok=False)
            file.write_text(kept + "\n")
            return kept
        if open_to_others(file):
            raise UsageError("other accounts of this machine can read the password file: chmod 600 it")
        line = file.read_text("utf-8").partition("\n")[0].removesuffix("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the password file cannot be used: {type(error).__name__}") from None
    return line if access.is_hash(line) else access.hashed(line)
