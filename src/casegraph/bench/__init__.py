"""Measurements that anyone can repeat: `python -m casegraph.bench build --pages 2000`."""
