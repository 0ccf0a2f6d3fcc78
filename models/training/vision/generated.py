"""Streams faces for the head that looks for fully generated faces: generated portraits and real ones, both through one chain of camera-like
processing and forwarding. Usage: generated.py CROPS_FOLDER COUNT SEED | node extract.ts OUT_FOLDER NAME"""
import sys

import cv2
import numpy as np

from crops import POINTS, Crops, folds_of, jpeg, webp, write_record

cv2.setNumThreads(1)

# Share of each kind of record; reals outweigh a single generator because they have more looks.
SHARES = {"fake/t2i_sfhq": .27, "fake/stylegan2_sfhq": .13, "real/lfw": .2, "real/congress": .13, "real/dfdc": .17, "modern/real": .1}
# A larger crop is first brought to this side.
LARGEST = 300
# Every face leaves the chain with a side in this range, whatever it had before.
SIDES = (90, 260)
# Largest side at which a face is developed: as if it had been taken at a higher resolution than it came in.
DEVELOPED = 320


class Chain:
    """Development as in a camera or an editor, then shrinking, blur, noise and one or two compressions, drawn alike for both classes."""

    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)

    def u(self, low, high):
        return low + (high - low) * self.rng.random()

    def chance(self, p):
        return self.rng.random() < p

    def compress(self, image):
        return webp(image, self.u(45, 95)) if self.chance(.15) else jpeg(image, self.u(40, 96))

    def develop(self, image, mesh):
        """Enlargement, noise reduction, sharpening and tone: without it, sharp pictures of today's cameras read as generated."""
        if self.chance(.5):
            to = min(DEVELOPED, int(self.u(1, 1.8) * image.shape[0]))
            how = [cv2.INTER_CUBIC, cv2.INTER_LANCZOS4, cv2.INTER_LINEAR][self.rng.integers(3)]
            mesh, image = mesh * (to / image.shape[0]), cv2.resize(image, (to, to), interpolation=how)
        if self.chance(.35):
            image = cv2.bilateralFilter(image, 5, self.u(8, 35), self.u(1, 3)) if self.chance(.5) else cv2.medianBlur(image, 3)
        if self.chance(.45):
            soft, amount = cv2.GaussianBlur(image, (0, 0), self.u(.6, 2)).astype(np.float32), self.u(.2, 1.2)
            image = np.clip(image * (1 + amount) - soft * amount, 0, 255).astype(np.uint8)
        if self.chance(.5):
            tone = (image.astype(np.float32) / 255) ** self.u(.75, 1.35)
            tone = (tone - .5) * self.u(.85, 1.2) + .5
            grey = tone.mean(2, keepdims=True)
            image = np.clip((grey + (tone - grey) * self.u(.6, 1.4)) * 255 + .5, 0, 255).astype(np.uint8)
        return image, mesh

    def __call__(self, image, mesh):
        if self.chance(.7):
            image, mesh = self.develop(image, mesh)
        if self.chance(.5):
            image = self.compress(image)
        side = image.shape[0]
        to = int(self.u(SIDES[0], min(SIDES[1], 1.1 * side)))
        how = [cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC][self.rng.integers(3)] if to < side else cv2.INTER_CUBIC
        image = cv2.resize(image, (to, to), interpolation=how)
        mesh = mesh * (to / side)
        if self.chance(.2):
            image = cv2.GaussianBlur(image, (0, 0), self.u(.3, .9))
        if self.chance(.2):
            noise = self.rng.standard_normal(image.shape, dtype=np.float32) * self.u(1, 4)
            image = np.clip(image + noise, 0, 255).astype(np.uint8)
        if self.chance(.85):
            image = self.compress(image)
        points = mesh[:POINTS, :2]
        mesh[:POINTS, :2] = points + self.rng.normal(0, .006 * to, 2) + self.rng.normal(0, .0015 * to, points.shape)
        return image, mesh


if __name__ == "__main__":
    folder, count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    crops, chain = Crops(folder), Chain(seed)
    folds = folds_of(crops.meta)
    pools = {s: np.array([i for i, m in enumerate(crops.meta) if m["source"] == s]) for s in SHARES}
    kinds, shares = list(SHARES), np.array(list(SHARES.values()))
    for n in range(count):
        kind = kinds[chain.rng.choice(len(kinds), p=shares / shares.sum())]
        i = int(pools[kind][chain.rng.integers(len(pools[kind]))])
        image, mesh = crops.read(i)
        if image.shape[0] > LARGEST:
            mesh, image = mesh * (LARGEST / image.shape[0]), cv2.resize(image, (LARGEST, LARGEST), interpolation=cv2.INTER_AREA)
        image, mesh = chain(image, mesh)
        write_record(sys.stdout.buffer, image, mesh, dict(kind=kind, source=kind, base=i, fold=int(folds[i]), y=int(kind.startswith("fake/"))))
