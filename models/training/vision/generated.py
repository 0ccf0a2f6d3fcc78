"""Streams faces for the head that looks for fully generated faces: generated portraits, real ones, and real ones redrawn by our own
autoencoders (so that some fakes share source and camera with the reals), all through the same photo chain.
Usage: generated.py CROPS_FOLDER AUTOENCODERS_FOLDER COUNT SEED | node extract.ts OUT_FOLDER NAME"""
import sys

import cv2
import numpy as np

from autoencoders import load, redraw
from crops import POINTS, Crops, folds_of, jpeg, webp, write_record

cv2.setNumThreads(1)

# Share of each kind of record; reals outweigh a single generator because they have more looks.
SHARES = {"fake/t2i_sfhq": .2, "fake/stylegan2_sfhq": .1, "redrawn": .25, "real/lfw": .15, "real/congress": .1, "real/dfdc": .13, "modern/real": .07}
REDRAWN_FROM = ("real/lfw", "real/congress", "real/dfdc", "modern/real")
# Every face leaves the chain with a side in this range, whatever it had before.
SIDES = (90, 260)


class Chain:
    """Shrinking, blur, noise and one or two compressions, drawn alike for both classes."""

    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)

    def u(self, low, high):
        return low + (high - low) * self.rng.random()

    def compress(self, image):
        return webp(image, self.u(45, 95)) if self.rng.random() < .15 else jpeg(image, self.u(40, 96))

    def __call__(self, image, mesh):
        if self.rng.random() < .5:
            image = self.compress(image)
        side = image.shape[0]
        to = int(self.u(SIDES[0], min(SIDES[1], 1.1 * side)))
        how = [cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC][self.rng.integers(3)] if to < side else cv2.INTER_CUBIC
        image = cv2.resize(image, (to, to), interpolation=how)
        mesh = mesh * (to / side)
        if self.rng.random() < .2:
            image = cv2.GaussianBlur(image, (0, 0), self.u(.3, .9))
        if self.rng.random() < .2:
            noise = self.rng.standard_normal(image.shape, dtype=np.float32) * self.u(1, 4)
            image = np.clip(image + noise, 0, 255).astype(np.uint8)
        if self.rng.random() < .85:
            image = self.compress(image)
        points = mesh[:POINTS, :2]
        mesh[:POINTS, :2] = points + self.rng.normal(0, .006 * to, 2) + self.rng.normal(0, .0015 * to, points.shape)
        return image, mesh


if __name__ == "__main__":
    folder, nets, count, seed = sys.argv[1], load(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    crops, chain = Crops(folder), Chain(seed)
    folds = folds_of(crops.meta)
    pools = {s: np.array([i for i, m in enumerate(crops.meta) if m["source"] == s]) for s in set(SHARES) | set(REDRAWN_FROM)}
    kinds, shares = list(SHARES), np.array(list(SHARES.values()))
    for n in range(count):
        kind = kinds[chain.rng.choice(len(kinds), p=shares / shares.sum())]
        source = REDRAWN_FROM[chain.rng.integers(len(REDRAWN_FROM))] if kind == "redrawn" else kind
        i = int(pools[source][chain.rng.integers(len(pools[source]))])
        image, mesh = crops.read(i)
        if image.shape[0] > 300:
            mesh, image = mesh * (300 / image.shape[0]), cv2.resize(image, (300, 300), interpolation=cv2.INTER_AREA)
        net = -1
        if kind == "redrawn":
            net = int(chain.rng.integers(len(nets)))
            image = redraw(*nets[net], image)
        image, mesh = chain(image, mesh)
        y = int(kind == "redrawn" or kind.startswith("fake/"))
        write_record(sys.stdout.buffer, image, mesh, dict(kind=kind, source=source, net=net, base=i, fold=int(folds[i]), y=y))
