"""Gold sets and their measures: what `casegraph gate` prints."""
