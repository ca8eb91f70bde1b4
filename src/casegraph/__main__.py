"""`python -m casegraph` is the command `casegraph`."""

from __future__ import annotations

from casegraph.cli import main

if __name__ == "__main__":
    main()
