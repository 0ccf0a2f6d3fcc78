"""Streams the crops of the data sets under the test conditions to extract.ts. Usage: score_sets.py CROPS_FOLDER SOURCES CONDITIONS [SHARE] | node extract.ts …

SOURCES and CONDITIONS are comma lists; SHARE 1/N keeps every Nth file (by digest), of the modern set every other frame, to bound cost."""
import sys

import cv2

from crops import Crops, condition, folds_of, write_record

cv2.setNumThreads(1)

if __name__ == "__main__":
    folder, sources, conditions = sys.argv[1], sys.argv[2].split(","), sys.argv[3].split(",")
    every = int(sys.argv[4].split("/")[1]) if len(sys.argv) > 4 else 1
    crops = Crops(folder)
    folds = folds_of(crops.meta)
    for i, m in enumerate(crops.meta):
        modern = m["source"].startswith("modern/")
        left_out = every > 1 and (m["frame"] % 2 if modern else int(m["id"], 16) % every)
        if m["source"] not in sources or left_out:
            continue
        image, mesh = crops.read(i)
        for name in conditions:
            seen = condition(image, name, seed=i)
            scale = seen.shape[0] / image.shape[0]
            keys = ("id", "source", "repo", "identity", "method", "label", "frame", "box", "bytes", "width", "height")
            write_record(sys.stdout.buffer, seen, mesh * scale, dict({k: m[k] for k in keys}, index=i, fold=int(folds[i]), condition=name))
