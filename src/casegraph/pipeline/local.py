"""The model in a folder that a case's settings name: found, hashed, handed to the workers."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

from casegraph.errors import MissingPartError, SettingsError
from casegraph.model import LocalModel
from casegraph.settings import Settings

NEEDED = ("tokenizer.json", "onnx/model.onnx")
"""Files without which a folder holds no model: nothing else of a machine is opened to workers by its name."""


def folders(settings: Settings) -> tuple[str, ...]:
    """Return the folders of models, which workers must be able to read."""
    if not (settings.extractor and settings.model_folder):
        return ()
    place = Path(settings.model_folder).expanduser().resolve()
    return (str(place),) if all((place / name).is_file() for name in NEEDED) else ()


def local_model(settings: Settings) -> LocalModel | None:
    """Return the model of the settings, None where there is none.

    Raises SettingsError for a folder that holds none, MissingPartError where what loads it is not installed.
    """
    if settings.extractor != "gliner2":
        return None
    if not settings.model_folder:
        raise SettingsError('extractor = "gliner2" needs model_folder, the folder of the model')
    found = folders(settings)
    if not found:
        raise SettingsError(f"model_folder holds no GLiNER 2 model: it lacks {' or '.join(NEEDED)}")
    if find_spec("fast_gliner") is None:
        raise MissingPartError('fast_gliner is not installed; install "casegraph[gliner2]"')
    (place,) = found
    digest = hashlib.sha256()
    for path in sorted(one for home in (Path(place), Path(place) / "onnx") for one in home.iterdir()):
        if path.is_file():
            name = str(path.relative_to(place)).encode("utf-8", "surrogatepass")
            with path.open("rb") as stream:
                own = hashlib.file_digest(stream, "sha256").digest()
            digest.update(len(name).to_bytes(8, "big") + name + own)
    return LocalModel(kind="gliner2", folder=place, digest=digest.hexdigest())
