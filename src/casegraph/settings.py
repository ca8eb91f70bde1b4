"""Settings: case.toml, then CASEGRAPH_* variables, then what a caller says; read once, frozen, handed down.

`SETTINGS` names every setting; the reference page of the docs is made from it. `[sources]` in case.toml is a
table of its own: a host or publisher and the reliability that you give it (Admiralty code, A to F). So are
`passwords`, a list: they stand in that file alone, and no message or record names them. `[[publishers]]` says
which outlets belong together.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from casegraph.errors import SettingsError

PREFIX = "CASEGRAPH_"
GRADES = "ABCDEF"
ENGINES = ("embedded", "ray")

Value = str | int


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `stages` names the stages whose output it changes: their cache keys hold its value."""

    name: str
    default: Value
    help: str
    least: int = 0
    choices: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return PREFIX + self.name.upper()


SETTINGS: tuple[Setting, ...] = (
    Setting("name", "", "What the case is called. Empty: the folder's name."),
    Setting("pen_name", "", "Who signs additions and decisions. Chosen by you, never the login name."),
    Setting(
        "engine",
        "embedded",
        "What runs the work: worker processes on this machine, or those of a Ray cluster at `address`.",
        choices=ENGINES,
    ),
    Setting("address", "", 'Where the head of the cluster of engine "ray" is reached: host:port.'),
    Setting(
        "originals",
        "",
        "Where the originals lie: s3://bucket/prefix of the store at `endpoint`. Empty: in the case folder.",
    ),
    Setting(
        "derived",
        "",
        "Where a copy of what is derived is kept: s3://bucket/prefix. Empty: in the case folder alone.",
    ),
    Setting(
        "endpoint", "", "Address of the object store: https://host or http://host:port; no other is asked."
    ),
    Setting("region", "us-east-1", "Region of the object store, as it wants it in signatures."),
    Setting(
        "workers", 0, "Worker processes. 0: one for each processor core, of this machine or of the cluster."
    ),
    Setting(
        "time_limit", 300, "Seconds that one stage may take for one document (and each MiB of it).", least=1
    ),
    Setting("memory_limit", 4096, "MiB of address space that one worker process may use.", least=512),
    Setting(
        "output_limit", 16384, "MiB that the documents inside one document may come to, unpacked.", least=1
    ),
    Setting(
        "ask_endpoint",
        "",
        "Address of the server of a language model that `casegraph ask` asks, http://127.0.0.1:port/v1. "
        "A build asks nobody.",
    ),
    Setting("ask_model", "", "Name of the model there."),
    Setting(
        "extractor",
        "",
        "A model that finds names beside the rules, from `model_folder`: gliner2. Empty: none.",
        choices=("", "gliner2"),
    ),
    Setting("model_folder", "", "Where that model lies on this machine."),
    Setting(
        "answers",
        "used",
        "Whether builds use what language models answered. The answers stay in the journal.",
        choices=("used", "unused"),
    ),
)


PUBLISHER_KINDS = ("outlet", "agency", "aggregator", "mirror", "pen-name", "register")


@dataclass(frozen=True, slots=True)
class Publisher:
    """An outlet as the user knows it: its other names and hosts, who owns it, whose partner it is."""

    name: str
    names: tuple[str, ...] = ()  # other names, and hosts
    owner: str = ""  # outlets of one owner are one family
    partner: str = ""  # whose texts it prints by agreement, or whose mirror or pen name it is
    kind: str = "outlet"


@dataclass(frozen=True, slots=True)
class Settings:
    """The values of SETTINGS, by name, the grades of sources, and what is known of publishers."""

    name: str = ""
    pen_name: str = ""
    engine: str = "embedded"
    address: str = ""
    originals: str = ""
    derived: str = ""
    endpoint: str = ""
    region: str = "us-east-1"
    workers: int = 0
    time_limit: int = 300
    memory_limit: int = 4096
    output_limit: int = 16384
    ask_endpoint: str = ""
    ask_model: str = ""
    extractor: str = ""
    model_folder: str = ""
    answers: str = "used"
    sources: tuple[tuple[str, str], ...] = ()
    publishers: tuple[Publisher, ...] = ()
    passwords: tuple[str, ...] = field(default=(), repr=False)

    def worker_count(self) -> int:
        """Return how many worker processes to use."""
        return self.workers or len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else (0,))

    def digest_values(self, stage: str, known: tuple[Setting, ...] = SETTINGS) -> tuple[str, ...]:
        """Return `name=value` of each setting that changes the output of `stage`, in order."""
        return tuple(f"{one.name}={getattr(self, one.name)}" for one in known if stage in one.stages)


def read_settings(
    path: Path | None,
    *,
    environ: Mapping[str, str] | None = None,
    explicit: Mapping[str, object] | None = None,
) -> Settings:
    """Return the settings of a case.toml (None: defaults), the environment and `explicit`; the last wins.

    Raises SettingsError that names the key, and the line of the file where there is one.
    """
    values: dict[str, Value] = {one.name: one.default for one in SETTINGS}
    sources: tuple[tuple[str, str], ...] = ()
    publishers: tuple[Publisher, ...] = ()
    passwords: tuple[str, ...] = ()
    if path is not None:
        text, table = _load(path)
        sources = _sources(table.pop("sources", {}), path, text)
        publishers = _publishers(table.pop("publishers", []), _place(path, text, "publishers"))
        passwords = _passwords(table.pop("passwords", []), _place(path, text, "passwords"))
        for key, value in table.items():
            values[_known(key, _place(path, text, key)).name] = _checked(key, value, _place(path, text, key))
    for variable, written in sorted((os.environ if environ is None else environ).items()):
        if variable.startswith(PREFIX):
            one = _known(variable.removeprefix(PREFIX).lower(), f"environment variable {variable}")
            values[one.name] = _checked(one.name, _number(one, written), f"environment variable {variable}")
    for key, value in (explicit or {}).items():
        if value is not None:
            values[_known(key, "argument").name] = _checked(key, value, "argument")
    known = {"sources": sources, "publishers": publishers, "passwords": passwords}
    return Settings(**values, **known)  # type: ignore[arg-type]  # checked one by one above


def default_toml(name: str, pen_name: str = "") -> str:
    """Return the case.toml of a new case: each key with its meaning above it."""
    own = {"name": name, "pen_name": pen_name}
    lines = [
        "# A casegraph case. Each setting can also be given as an environment variable, CASEGRAPH_<NAME>.",
        "",
    ]
    for one in SETTINGS:
        value = own.get(one.name, one.default)
        lines += [f"# {one.help}", f"{one.name} = {_toml(value)}", ""]
    lines += [
        "# Passwords to try on encrypted documents. Whoever may read this file knows them.",
        "passwords = []",
        "",
        "# How reliable each source is (Admiralty code): A completely, B usually, C fairly, D not usually,",
        "# E unreliable, F cannot be judged. By host or by the publisher's name. Sources not listed are F.",
        "[sources]",
        '# "news.example.org" = "B"',
        "",
        "# Outlets that belong together: in a family nothing is a further source. One [[publishers]] each;",
        f"# kind is one of {', '.join(PUBLISHER_KINDS)}; all but name may be left out.",
        "# [[publishers]]",
        '# name = "The Example Post"',
        '# names = ["post.example.org", "Example Post Weekend"]',
        '# owner = "Example Media Group"',
        '# partner = "Example News Agency"',
        '# kind = "outlet"',
        "",
    ]
    return "\n".join(lines)


def _toml(value: Value) -> str:
    if isinstance(value, int):
        return str(value)
    plain = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else f"\\U{ord(char):08X}" for char in plain) + '"'


def _load(path: Path) -> tuple[str, dict[str, object]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return text, tomllib.loads(text)
    except OSError as error:
        raise SettingsError(f"{path.name} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{path.name} is not UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path.name} is not valid TOML: {error}") from None


def _place(path: Path, text: str, key: str) -> str:
    """Say where a key stands: tomllib gives no line numbers, so look for it."""
    wanted = re.compile(rf"""\s*(?:\[\s*)?["']?{re.escape(key)}["']?\s*(?:=|\])""")
    for number, line in enumerate(text.splitlines(), 1):
        if wanted.match(line):
            return f"{path.name}, line {number}"
    return path.name


def _known(key: str, place: str) -> Setting:
    for one in SETTINGS:
        if one.name == key:
            return one
    names = ", ".join(one.name for one in SETTINGS)
    raise SettingsError(
        f"{place}: unknown setting {key!r}; there are {names}, passwords, [sources] and [[publishers]]"
    )


def _number(one: Setting, written: str) -> object:
    if isinstance(one.default, int) and re.fullmatch(r"\s*\d{1,9}\s*", written):
        return int(written)
    return written


def _checked(key: str, value: object, place: str) -> Value:
    one = _known(key, place)
    if isinstance(one.default, int):
        if not isinstance(value, int) or isinstance(value, bool) or value < one.least:
            raise SettingsError(f"{place}: {key} must be a whole number, at least {one.least}, not {value!r}")
        return value
    if not isinstance(value, str):
        raise SettingsError(f"{place}: {key} must be text, not {value!r}")
    if one.choices and value not in one.choices:
        raise SettingsError(
            f"{place}: {key} must be one of {', '.join(filter(None, one.choices))}, not {value!r}"
        )
    return value


def _passwords(given: object, place: str) -> tuple[str, ...]:
    """Return the passwords, each once; the error names none of them."""
    if not isinstance(given, list) or not all(
        isinstance(one, str) and one and "\0" not in one for one in given
    ):
        raise SettingsError(f"{place}: passwords must be a list of texts, none of them empty")
    return tuple(dict.fromkeys(given))


def _sources(table: object, path: Path, text: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(table, dict):
        raise SettingsError(f"{_place(path, text, 'sources')}: sources must be a table")
    for source, grade in table.items():
        if not isinstance(grade, str) or len(grade) != 1 or grade not in GRADES:
            raise SettingsError(
                f"{_place(path, text, source)}: the grade of {source!r} must be A to F, not {grade!r}"
            )
    return tuple(sorted(table.items()))


def _publishers(given: object, place: str) -> tuple[Publisher, ...]:
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise SettingsError(f"{place}: publishers must be tables, each under [[publishers]]")
    return tuple(_publisher(one, place) for one in given)


def _publisher(table: dict[str, object], place: str) -> Publisher:
    known = ("name", "names", "owner", "partner", "kind")
    for key in table:
        if key not in known:
            raise SettingsError(f"{place}: a publisher has {', '.join(known)}, not {key!r}")
    texts = {key: table.get(key, "") for key in ("name", "owner", "partner")}
    texts["kind"] = table.get("kind", "outlet")
    for key, value in texts.items():
        if not isinstance(value, str):
            raise SettingsError(f"{place}: {key} of a publisher must be text, not {value!r}")
    names = table.get("names", [])
    if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
        raise SettingsError(f"{place}: names of a publisher must be a list of texts")
    if not texts["name"]:
        raise SettingsError(f"{place}: a publisher needs a name")
    if texts["kind"] not in PUBLISHER_KINDS:
        raise SettingsError(
            f"{place}: kind must be one of {', '.join(PUBLISHER_KINDS)}, not {texts['kind']!r}"
        )
    return Publisher(names=tuple(names), **{key: str(value) for key, value in texts.items()})
