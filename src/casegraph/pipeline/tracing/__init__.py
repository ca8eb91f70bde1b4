"""Tracing a case: the steps of `trace` on the engine, their tables, and questions to these."""
