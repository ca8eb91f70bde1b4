"""Names compared across scripts: taken apart, sounded out, aligned, scored with reasons, and blocked."""
