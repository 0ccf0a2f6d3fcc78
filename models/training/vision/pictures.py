"""Streams whole pictures to extract_patches.ts: `pictures.py train AUTOENCODERS_FOLDER COUNT SEED` the training mixture, generated, recorded
and redrawn pictures through one photo chain; `pictures.py test` each picture of the data sets under the test conditions."""
import csv
import hashlib
import json
import os
import struct
import sys

import cv2
import numpy as np

from autoencoders import load, redraw
from crops import CONDITIONS, FOLDS, conditioned, jpeg, webp

cv2.setNumThreads(1)

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../../shared/data")
# Captions and neighbours of collages reach up to 12 px into the cut pictures.
INSET = 12
SHARES = {"fake/t2i_sfhq": .24, "fake/stylegan2_sfhq": .1, "redrawn": .22, "real/lfw": .18, "real/congress": .08, "real/dfdc": .1, "modern/real": .08}
REDRAWN_FROM = ("real/lfw", "real/congress", "real/dfdc", "modern/real")
# One file in so many of a source is tested; all of the modern set.
TESTED = {"real/lfw": 12, "real/dfdc": 10, "real/congress": 6, "fake/t2i_sfhq": 8, "fake/stylegan2_sfhq": 3}
# Pictures that are brought under a condition at a time, and the pixels of the film that they may be put into together.
BATCH, FILM = 16, 4_000_000
LEAST = 128


def fold_of(name):
    return int(hashlib.md5(name.encode()).hexdigest(), 16) % FOLDS


def pictures():
    out = []
    for r in csv.DictReader(open(f"{DATA}/faces/manifest.csv")):
        source = "/".join(r["file"].split("/")[:2]).replace("lfw_orig", "lfw").replace("congress_hq", "congress")
        if source != "fake/dfdc":
            out.append(dict(file="faces/" + r["file"], source=source, label=r["label"], method=r["method"], repo=r["source_repo"],
                            fold=fold_of((r["identity"] or r["file"]).replace("dfdc_actor_", "actor:"))))
    for r in csv.DictReader(open(f"{DATA}/modern/manifest.csv")):
        if r["label"] == "real" or r["class"] == "generated":
            source = "modern/real" if r["label"] == "real" else "modern/generated"
            out.append(dict(file="modern/" + r["file"], source=source, label=r["label"], method=r["method"], repo=r["repo"], fold=fold_of(r["repo"])))
    return out


def read(p):
    """RGB; the middle frame of a clip; None where OpenCV cannot decode it."""
    path = f"{DATA}/{p['file']}"
    if path.endswith((".mp4", ".webm", ".gif", ".mov")):
        clip = cv2.VideoCapture(path)
        clip.set(cv2.CAP_PROP_POS_FRAMES, int(clip.get(cv2.CAP_PROP_FRAME_COUNT)) // 2)
        image = clip.read()[1]
    else:
        image = cv2.imread(path, cv2.IMREAD_COLOR)
    if image is None:
        return None
    if "_sfhq" in p["source"]:
        image = image[INSET:-INSET, INSET:-INSET]
    return np.ascontiguousarray(image[..., ::-1])


def write(image, meta):
    head = json.dumps(dict(meta, width=image.shape[1], height=image.shape[0])).encode()
    sys.stdout.buffer.write(struct.pack("<I", len(head)) + head + np.ascontiguousarray(image).tobytes())


def chain(rng, image):
    u = lambda low, high: low + (high - low) * rng.random()
    compress = lambda im: webp(im, u(45, 95)) if rng.random() < .15 else jpeg(im, u(40, 96))
    if rng.random() < .5:
        image = compress(image)
    h, w = image.shape[:2]
    least = LEAST / min(h, w)
    factor = u(max(least, .6), max(1.15, least)) if rng.random() < .75 else max(1, least)
    if abs(factor - 1) > 1e-6:
        how = [cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC][rng.integers(3)] if factor < 1 else cv2.INTER_CUBIC
        image = cv2.resize(image, (max(LEAST, round(w * factor)), max(LEAST, round(h * factor))), interpolation=how)
    if rng.random() < .15:
        image = cv2.GaussianBlur(image, (0, 0), u(.3, .8))
    if rng.random() < .15:
        image = np.clip(image + rng.standard_normal(image.shape, dtype=np.float32) * u(1, 4), 0, 255).astype(np.uint8)
    return compress(image) if rng.random() < .85 else image


def train(folder, count, seed):
    rng, nets, all_ = np.random.default_rng(seed), load(folder), pictures()
    pools = {s: [p for p in all_ if p["source"] == s] for s in {p["source"] for p in all_}}
    kinds, shares = list(SHARES), np.array(list(SHARES.values()))
    for _ in range(count):
        kind = kinds[rng.choice(len(kinds), p=shares / shares.sum())]
        source = REDRAWN_FROM[rng.integers(len(REDRAWN_FROM))] if kind == "redrawn" else kind
        p = pools[source][rng.integers(len(pools[source]))]
        image = read(p)
        if image is None:
            continue
        if max(image.shape) > 400:  # a part of it at its own resolution
            y, x = (int(rng.integers(0, max(1, n - 300))) for n in image.shape[:2])
            image = image[y:y + 300, x:x + 300]
        net = -1
        if kind == "redrawn":
            net = int(rng.integers(len(nets)))
            image = redraw(*nets[net], image)
        image = chain(rng, image)
        write(image, dict(kind=kind, source=source, net=net, fold=p["fold"], y=int(kind == "redrawn" or p["label"] == "fake"), most=2))


def tested():
    """Pictures of the test, each with its number (the seed of what is drawn for it) and what is known of it."""
    for n, p in enumerate(pictures()):
        if int(hashlib.md5(p["file"].encode()).hexdigest(), 16) // 7 % TESTED.get(p["source"], 1):
            continue
        image = read(p)
        if image is None:
            continue
        file = hashlib.sha256(open(f"{DATA}/{p['file']}", "rb").read()).hexdigest()[:16]
        looks = [os.path.getsize(f"{DATA}/{p['file']}"), image.shape[0], image.shape[1], float(image.mean()), float(cv2.Laplacian(image[..., 1], cv2.CV_64F).var())]
        meta = {k: p[k] for k in ("source", "repo", "method", "label", "fold")}
        yield n, image, dict(meta, id=file, most=9, trivial=looks)


def batches(items):
    batch, side = [], 0
    for item in items:
        longest = max(item[1].shape)
        if batch and (len(batch) == BATCH or (len(batch) + 1) * max(side, longest) ** 2 > FILM):
            yield batch
            batch, side = [], 0
        batch, side = batch + [item], max(side, longest)
    if batch:
        yield batch


def test():
    for batch in batches(tested()):
        seeds, images, metas = zip(*batch)
        for name in CONDITIONS:
            for seen, meta in zip(conditioned(images, name, seeds), metas):
                write(seen, dict(meta, condition=name))


if __name__ == "__main__":
    if sys.argv[1] == "train":
        train(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        test()
