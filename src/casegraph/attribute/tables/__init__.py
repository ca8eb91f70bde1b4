"""Claims of tables: what each is taken for, and a claim for each row that fits."""

from casegraph.attribute.tables.ftm import read_mapping, write_mapping
from casegraph.attribute.tables.run import find_table_claims

__all__ = ["find_table_claims", "read_mapping", "write_mapping"]
