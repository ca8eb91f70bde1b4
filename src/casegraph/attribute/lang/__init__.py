"""Languages with reporting cues: each a folder of data beside this file, named by ISO 639-1 code."""

LANGUAGES = frozenset({"en"})
