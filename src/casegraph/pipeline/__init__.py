"""The only impure part: clock, disk, order and engine. `casegraph.pipeline.case.Case` is its face."""
