"""Streams the crops of the data sets under the test conditions to extract.ts. Usage: score_sets.py CROPS_FOLDER SOURCES CONDITIONS [SHARE] | node extract.ts …

SOURCES and CONDITIONS are comma lists; SHARE 1/N keeps every Nth file (by digest), of the modern set every other frame, to bound cost."""
import sys

import cv2

import beauty
import upscale
from crops import Crops, conditioned, folds_of, write_record

cv2.setNumThreads(1)
# Faces that are brought under a condition at a time.
BATCH = 36
KEYS = ("id", "source", "repo", "identity", "method", "label", "frame", "box", "bytes", "width", "height")


def write(crops, folds, batch, conditions, networks):
    faces = [crops.read(i) for i in batch]
    for name in conditions:
        for i, (seen, mesh) in zip(batch, treated(faces, name, batch, networks)):
            meta = {k: crops.meta[i][k] for k in KEYS}
            write_record(sys.stdout.buffer, seen, mesh, dict(meta, index=i, fold=int(folds[i]), condition=name))


def treated(faces, name, seeds, networks):
    """Pictures and meshes under a condition; only `beauty` moves the parts of a face."""
    if name == "beauty":
        return [beauty.kept(image, mesh, seed) for (image, mesh), seed in zip(faces, seeds)]
    if name == "upscaled":
        seen = [networks.brought_back(upscale.brought_to(image, upscale.ENHANCED_SIDE), *upscale.ENHANCED) for image, _ in faces]
    else:
        seen = conditioned([image for image, _ in faces], name, seeds)
    return [(after, mesh * (after.shape[0] / image.shape[0])) for (image, mesh), after in zip(faces, seen)]


if __name__ == "__main__":
    folder, sources, conditions = sys.argv[1], sys.argv[2].split(","), sys.argv[3].split(",")
    every = int(sys.argv[4].split("/")[1]) if len(sys.argv) > 4 else 1
    crops = Crops(folder)
    left_out = lambda m: every > 1 and (m["frame"] % 2 if m["source"].startswith("modern/") else int(m["id"], 16) % every)
    wanted = [i for i, m in enumerate(crops.meta) if m["source"] in sources and not left_out(m)]
    folds = folds_of(crops.meta)
    networks = upscale.Networks(folder)
    for at in range(0, len(wanted), BATCH):
        write(crops, folds, wanted[at:at + BATCH], conditions, networks)
