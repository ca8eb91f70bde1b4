"""The model in a folder that a case's settings name: found, hashed, handed to the workers."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

from casegraph.errors import MissingPartError, SettingsError
from casegraph.model import LocalModel
from casegraph.settings import Settings


def folders(settings: Settings) -> tuple[str, ...]:
    """Return the folders that workers must be able to read."""
    return (str(Path(settings.model_folder).expanduser().resolve()),) if settings.extractor else ()


def local_model(settings: Settings) -> LocalModel | None:
    """Return the model of the settings, None where there is none.

    Raises SettingsError for a folder that is none or holds nothing, MissingPartError where what loads the
    model is not installed.
    """
    if settings.extractor != "gliner2":
        return None
    if not settings.model_folder:
        raise SettingsError('extractor = "gliner2" needs model_folder, the folder of the model')
    (place,) = folders(settings)
    files = sorted(path for path in Path(place).rglob("*") if path.is_file()) if Path(place).is_dir() else []
    if not files:
        raise SettingsError("model_folder is no folder, or an empty one")
    if find_spec("fast_gliner") is None:
        raise MissingPartError(
            'fast_gliner is not installed; install casegraph with its part: "casegraph[gliner2]"'
        )
    digest = hashlib.sha256()
    for path in files:
        name = str(path.relative_to(place)).encode("utf-8", "surrogatepass")
        with path.open("rb") as stream:
            own = hashlib.file_digest(stream, "sha256").digest()
        digest.update(len(name).to_bytes(8, "big") + name + own)
    return LocalModel(kind="gliner2", folder=place, digest=digest.hexdigest())
