"""What is where in a case folder."""

TOML = "case.toml"
JOURNAL = "journal.sqlite"
ORIGINALS = "originals"
DERIVED = "derived"
