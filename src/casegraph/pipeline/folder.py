"""What is where in a case folder."""

TOML = "case.toml"
JOURNAL = "journal.sqlite"
ORIGINALS = "originals"
DERIVED = "derived"
UNPACKED = "unpacked"  # in DERIVED: what containers held, by SHA-256
