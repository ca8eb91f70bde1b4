"""The command line: thin commands over `casegraph.pipeline`, and how records look in a terminal."""

from casegraph.cli.program import main, program

__all__ = ["main", "program"]
