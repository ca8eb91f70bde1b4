"""What is where in a case folder."""

TOML = "case.toml"
JOURNAL = "journal.sqlite"
ORIGINALS = "originals"
MAPPINGS = "mappings"  # what a person says that tables are
DERIVED = "derived"
WORK = "work"  # in DERIVED, while a build runs: a folder for each worker, with what it has made
UNPACKED = "unpacked"  # in DERIVED: what containers held, by SHA-256
SPILL = "spill"  # in the folder of the build in WORK: rows between two steps of a global stage
BETWEEN = "between"  # in DERIVED: what lies between the steps of `trace`, for the next build
PASSING = (
    "originals"  # in the folder of the build in WORK: originals from an object store, for a worker to read
)
