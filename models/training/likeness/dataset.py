"""Rows that extract.ts wrote: features of the product, the teacher's target, and what the picture was."""

import json
from pathlib import Path

import numpy as np

POOLED, WIDE, TARGET = 256, 1024, 128
ROW = POOLED + WIDE + TARGET


class Part:
    """`x` [n, 1280] features, `y` [n, 128] unit targets, `meta` one record a row, `missed` records without a face."""

    def __init__(self, folder, name):
        records = [json.loads(line) for line in (Path(folder) / f'{name}.jsonl').read_text().splitlines()]
        self.missed = [r for r in records if not r['row']]
        self.meta = [r for r in records if r['row']]
        rows = np.fromfile(Path(folder) / f'{name}.f32', np.float32)
        rows = rows[: len(rows) // ROW * ROW].reshape(-1, ROW)[: len(self.meta)]
        self.meta = self.meta[: len(rows)]
        self.x = rows[:, : POOLED + WIDE]
        target = rows[:, POOLED + WIDE:]
        self.y = target / np.linalg.norm(target, axis=1, keepdims=True)

    def keep(self, mask):
        """Drops every row whose mask is false."""
        chosen = [n for n, k in enumerate(mask) if k]
        self.meta, self.x, self.y = [self.meta[n] for n in chosen], self.x[chosen], self.y[chosen]
