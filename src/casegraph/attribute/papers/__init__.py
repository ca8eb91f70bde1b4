"""Contracts, letters, minutes and powers of attorney: what their forms say, by a language's `papers.toml`."""

from casegraph.attribute.papers.run import Papers

__all__ = ["Papers"]
