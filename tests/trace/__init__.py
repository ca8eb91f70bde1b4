# ruff: noqa: A005 - mirrors the package that it tests
