"""Tests of typed relations."""
