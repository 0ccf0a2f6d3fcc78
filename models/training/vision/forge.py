"""Makes forged and untouched faces from real ones and writes them to stdout for extract.ts.

Self-blended images (Shiohara and Yamasaki, CVPR 2022) and relatives: both classes come from the same pictures and pass through the
same photo chain, so that nothing but the forgery tells them apart. Usage: forge.py CROPS_FOLDER PAIRS SEED [enhanced] | node extract.ts ...
With `enhanced` all pictures are those that `upscale.py make` left in the folder: a picture enhanced by a network is not forged for that.
"""
import json
import sys

import cv2
import numpy as np

from crops import OVAL, POINTS, Crops, folds_of, jpeg, webp, write_record
from upscale import Upscaled

cv2.setNumThreads(1)

CORE = [33, 7, 163, 144, 145, 153, 154, 155, 133, 263, 249, 390, 373, 374, 380, 381, 382, 362,
        70, 63, 105, 66, 107, 300, 293, 334, 296, 336, 1, 2, 98, 327, 64, 294,
        61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185]
LOWER = [234, 454, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361, 323, 5]
UPPER = [70, 63, 105, 66, 107, 336, 296, 334, 293, 300, 117, 118, 101, 36, 1, 266, 330, 347, 346, 234, 454]
MOUTH = [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 164, 200, 206, 426, 212, 432]

# Share of each real source among the bases; in each the draw is by identity first, so that many frames of one person weigh little.
SOURCES = {"real/dfdc": .3, "real/lfw": .3, "real/congress": .2, "modern/real": .2}
KINDS = {"self": .38, "cross": .25, "resample": .13, "filter": .08, "compress": .16}
# Larger crops are first shrunk to at most a random side in this range: bounds cost, varies the native resolution.
SIDES = (150, 330)


class Forge:
    def __init__(self, crops, seed, sources=SOURCES, allowed=lambda meta: True, pictures=None):
        self.crops, self.pictures = crops, pictures or crops
        # Faces that may be used at all: as base, donor or in the compression basis.
        self.allowed = np.array([bool(allowed(m)) for m in crops.meta])
        self.rng = np.random.default_rng(seed)
        self.names = [s for s in sources if any(m["source"] == s and a for m, a in zip(crops.meta, self.allowed))]
        share = np.array([sources[s] for s in self.names])
        self.share = share / share.sum()
        self.people = {}
        for i, m in enumerate(crops.meta):
            if m["source"] in self.names and self.allowed[i]:
                self.people.setdefault(m["source"], {}).setdefault(m["identity"], []).append(i)
        self.keys = {s: sorted(self.people[s]) for s in self.names}
        self.fold = folds_of(crops.meta)
        self.shapes = {}
        self.basis = self.compression_basis()
        # Share of the forged picture in each pixel of the last forgery, before the photo chain.
        self.forged = None

    def u(self, low, high):
        return low + (high - low) * self.rng.random()

    def chance(self, p):
        return self.rng.random() < p

    def draw(self):
        source = self.names[self.rng.choice(len(self.names), p=self.share)]
        person = self.keys[source][self.rng.integers(len(self.keys[source]))]
        at = self.people[source][person]
        return at[self.rng.integers(len(at))]

    def load(self, i):
        image, mesh = self.pictures.read(i)
        side = image.shape[0]
        limit = self.u(*SIDES)
        if side > limit:
            to = int(limit)
            image = cv2.resize(image, (to, to), interpolation=cv2.INTER_AREA)
            mesh = mesh * (to / side)
        return image, mesh

    def pair(self):
        """A forged and an untouched face of the same person, and what was done."""
        i = self.draw()
        image, mesh = self.load(i)
        kind = list(KINDS)[self.rng.choice(len(KINDS), p=list(KINDS.values()))]
        fake, base = getattr(self, kind)(i, image, mesh)
        real = base if self.chance(.5) else image
        shared = dict(base=i, fold=int(self.fold[i]), source=self.crops.meta[i]["source"], kind=kind)
        return [(*self.photo(fake, mesh), dict(shared, y=1)), (*self.photo(real, mesh), dict(shared, y=0))]

    # Kinds of forgery. Each returns the forgery and the picture it was laid into.

    def self(self, i, image, mesh):
        source = target = image
        if self.chance(.5):
            source = self.recolour(source)
        else:
            target = self.recolour(target)
        r = self.rng.random()
        if r < .55:
            source = self.refine(source)
        elif r < .75:
            target = self.refine(target)
        side = image.shape[0]
        move = cv2.getRotationMatrix2D((side / 2, side / 2), self.u(-2, 2), self.u(.95, 1.05))
        move[:, 2] += [self.u(-.025, .025) * side, self.u(-.025, .025) * side]
        source = cv2.warpAffine(source, move, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
        return self.blend(source, target, self.mask(side, mesh)), target

    def cross(self, i, image, mesh):
        j = self.neighbour(i, mesh)
        if j is None:
            return self.self(i, image, mesh)
        other, its = self.load(j)
        side = image.shape[0]
        move = similarity(its[CORE, :2], mesh[CORE, :2])
        donor = cv2.warpAffine(other, move, (side, side), flags=[cv2.INTER_LINEAR, cv2.INTER_CUBIC][self.rng.integers(2)],
                               borderMode=cv2.BORDER_REFLECT_101)
        if self.chance(.5):
            donor = self.refine(donor)
        mask = self.mask(side, mesh)
        where = mask > .5
        if where.sum() < 100:
            return self.self(i, image, mesh)
        if self.chance(.12):
            cloned = poisson(donor, image, mask)
            if cloned is not None:
                self.forged = (mask > .3).astype(np.float32)
                return cloned, image
        a, b = donor[where].astype(np.float32), image[where].astype(np.float32)
        donor = donor.astype(np.float32)
        if self.chance(.9):
            gain = np.clip((b.std(0) + 1) / (a.std(0) + 1), .5, 2)
            donor = (donor - a.mean(0)) * gain + b.mean(0) + self.rng.uniform(-8, 8, 3).astype(np.float32)
        return self.blend(donor, image, mask), image

    def resample(self, i, image, mesh):
        """The face rendered at another size and brought back, as swappers with a fixed output size do."""
        side = image.shape[0]
        small = max(24, int(side * self.u(.25, .9)))
        down = [cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC][self.rng.integers(3)]
        up = [cv2.INTER_NEAREST, cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_LANCZOS4][self.rng.choice(4, p=[.1, .35, .35, .2])]
        source = cv2.resize(cv2.resize(image, (small, small), interpolation=down), (side, side), interpolation=up)
        if self.chance(.5):
            source = self.sharpen(source)
        return self.blend(source, image, self.mask(side, mesh), full=True), image

    def filter(self, i, image, mesh):
        r = self.rng.random()
        if r < .3:
            source = cv2.bilateralFilter(image, 5, self.u(15, 45), 3)
        elif r < .5:
            source = cv2.medianBlur(image, 3 if self.chance(.7) else 5)
        elif r < .75:
            source = self.sharpen(image)
        else:
            noise = self.rng.standard_normal(image.shape, dtype=np.float32) * self.u(2, 7)
            source = np.clip(cv2.GaussianBlur(image, (0, 0), self.u(.6, 1.6)) + noise, 0, 255).astype(np.uint8)
        return self.blend(source, image, self.mask(image.shape[0], mesh), full=True), image

    def compress(self, i, image, mesh):
        """The face as a linear autoencoder remembers it: identity kept, detail gone, laid back over the original."""
        mean, axes, canon, size = self.basis
        side = image.shape[0]
        move = similarity(mesh[OVAL + CORE, :2], canon)
        face = cv2.warpAffine(image, move, (size, size), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REFLECT_101).astype(np.float32)
        keep = int(self.u(40, len(axes)))
        x = face.ravel() - mean
        code = axes[:keep] @ x
        code *= 1 + self.rng.normal(0, self.u(0, .08), keep)
        again = (code @ axes[:keep] + mean).reshape(size, size, 3)
        if self.chance(.5):  # most of the detail restored, as a good decoder would
            again += (face - again) * self.u(.2, .7)
        if self.chance(.4):
            again = again + (again - cv2.GaussianBlur(again, (0, 0), 1.5)) * self.u(.3, 1.5)
        back = cv2.warpAffine(np.clip(again, 0, 255).astype(np.uint8), cv2.invertAffineTransform(move), (side, side),
                              flags=[cv2.INTER_LINEAR, cv2.INTER_CUBIC][self.rng.integers(2)], borderMode=cv2.BORDER_REFLECT_101)
        return self.blend(back, image, self.mask(side, mesh), full=True), image

    # What the kinds share.

    def compression_basis(self, size=96, faces=900, axes=220):
        """Principal axes of aligned LFW and Congress faces; none of them is in the sources that are tested for transfer."""
        pool = [i for i, m in enumerate(self.crops.meta) if m["source"] in ("real/lfw", "real/congress") and self.allowed[i]]
        pick = np.random.default_rng(1).choice(pool, min(faces, len(pool)), replace=False)
        canon = None
        rows = []
        for i in pick:
            image, mesh = self.crops.read(i)
            points = mesh[OVAL + CORE, :2]
            if canon is None:
                low, high = points.min(0), points.max(0)
                canon = (points - (low + high) / 2) / (high - low).max() * (size * .86) + size / 2
            move = similarity(points, canon)
            rows.append(cv2.warpAffine(image, move, (size, size), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REFLECT_101).ravel())
        x = np.array(rows, np.float32)
        mean = x.mean(0)
        x -= mean
        values, vectors = np.linalg.eigh(x @ x.T)
        order = np.argsort(values)[::-1][:min(axes, len(values) - 1)]
        return mean, (vectors[:, order].T @ x) / np.sqrt(values[order])[:, None], canon.astype(np.float32), size

    def neighbour(self, i, mesh):
        m = self.crops.meta[i]
        key = (m["source"], int(self.fold[i]))
        if key not in self.shapes:
            pool = [k for k, n in enumerate(self.crops.meta) if n["source"] == key[0] and self.fold[k] == key[1] and self.allowed[k]]
            self.shapes[key] = np.array(pool), np.array([self.crops.shape(k) for k in pool])
        pool, shapes = self.shapes[key]
        pick = self.rng.integers(0, len(pool), 150)
        near = pick[np.argsort(np.abs(shapes[pick] - self.crops.shape(i)).sum((1, 2)))]
        good = [pool[k] for k in near[:12] if self.crops.meta[pool[k]]["identity"] != m["identity"]][:6]
        return good[self.rng.integers(len(good))] if good else None

    def mask(self, side, mesh):
        points = mesh[:, :2]
        r = self.rng.random()
        if r < .38:
            hull = points[OVAL]
        elif r < .62:
            hull = points[CORE]
            hull = hull.mean(0) + (hull - hull.mean(0)) * self.u(1, 1.35)
        elif r < .76:
            hull = np.vstack([points[CORE], points[[152, 148, 377]] * .7 + points[[17, 17, 17]] * .3])
        elif r < .86:
            hull = points[LOWER]
        elif r < .93:
            hull = points[UPPER]
        else:
            hull = points[MOUTH]
        mask = np.zeros((side, side), np.float32)
        cv2.fillConvexPoly(mask, cv2.convexHull(np.round(hull).astype(np.int32)), 1.)
        grid = int(self.u(3, 7))
        reach = self.u(0, .05) * side
        dx, dy = (cv2.resize(self.rng.uniform(-1, 1, (grid, grid)).astype(np.float32), (side, side), interpolation=cv2.INTER_CUBIC) * reach
                  for _ in range(2))
        y, x = np.meshgrid(np.arange(side, dtype=np.float32), np.arange(side, dtype=np.float32), indexing="ij")
        mask = cv2.remap(mask, x + dx, y + dy, cv2.INTER_LINEAR)
        if self.chance(.6):
            k = int(self.u(.01, .06) * side) * 2 + 1
            kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (k, k))
            mask = cv2.erode(mask, kernel) if self.chance(.7) else cv2.dilate(mask, kernel)
        return cv2.GaussianBlur(mask, (0, 0), max(.5, self.u(.004, .045) * side))

    def blend(self, source, target, mask, full=False):
        weight = 1. if full else [.25, .5, .75, 1, 1, 1][self.rng.integers(6)]
        self.forged = mask * weight
        m = self.forged[..., None]
        return np.clip(source * m + target * (1 - m), 0, 255).astype(np.uint8)

    def recolour(self, image):
        f = image.astype(np.float32)
        if self.chance(.7):
            f += self.rng.uniform(-18, 18, 3).astype(np.float32)
        if self.chance(.5):
            f = (f - f.mean()) * self.u(.85, 1.15) + f.mean() + self.u(-15, 15)
        f = np.clip(f, 0, 255).astype(np.uint8)
        if self.chance(.4):
            h = cv2.cvtColor(f, cv2.COLOR_RGB2HSV).astype(np.float32)
            h[..., 1] *= self.u(.7, 1.3)
            h[..., 0] = (h[..., 0] + self.u(-6, 6)) % 180
            f = cv2.cvtColor(np.clip(h, 0, 255).astype(np.uint8), cv2.COLOR_HSV2RGB)
        return f

    def refine(self, image):
        side = image.shape[0]
        r = self.rng.random()
        if r < .45:
            t = int(side * self.u(.3, .8))
            down = [cv2.INTER_AREA, cv2.INTER_LINEAR][self.rng.integers(2)]
            up = [cv2.INTER_LINEAR, cv2.INTER_CUBIC][self.rng.integers(2)]
            return cv2.resize(cv2.resize(image, (t, t), interpolation=down), (side, side), interpolation=up)
        if r < .6:
            return cv2.GaussianBlur(image, (0, 0), self.u(.6, 2.) * side / 160)
        if r < .75:
            return self.sharpen(image)
        if r < .85:
            return cv2.medianBlur(image, 3)
        if r < .93:
            return jpeg(image, self.u(30, 80))
        return cv2.bilateralFilter(image, 5, self.u(10, 35), 3)

    def sharpen(self, image):
        k = self.u(.3, 1.2)
        return cv2.addWeighted(image, 1 + k, cv2.GaussianBlur(image, (0, 0), self.u(1, 2.5)), -k, 0)

    def photo(self, image, mesh):
        """What happens to a picture on its way: the same for both classes. Also the small errors of landmarks."""
        side = image.shape[0]
        mesh = mesh.copy()
        points = mesh[:POINTS, :2]
        centre = points.mean(0)
        points = (points - centre) * self.u(.985, 1.015) + centre + self.rng.normal(0, .006 * side, 2)
        mesh[:POINTS, :2] = points + self.rng.normal(0, .0015 * side, points.shape)
        if self.chance(.15):
            image = self.refine(image)
        if self.chance(.35):
            lut = np.clip(255 * (np.arange(256) / 255) ** self.u(.7, 1.4) * self.u(.9, 1.1) + self.u(-8, 8), 0, 255).astype(np.uint8)
            image = cv2.LUT(image, lut)
        if self.chance(.55):
            to = int(np.clip(side * self.u(.5, 1.1), 64, 400))
            how = [cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC][self.rng.integers(3)] if to < side else cv2.INTER_LINEAR
            image = cv2.resize(image, (to, to), interpolation=how)
            mesh *= to / side
        if self.chance(.2):
            image = cv2.GaussianBlur(image, (0, 0), self.u(.3, 1.))
        if self.chance(.2):
            image = np.clip(image + self.rng.standard_normal(image.shape, dtype=np.float32) * self.u(1, 5), 0, 255).astype(np.uint8)
        r = self.rng.random()
        if r < .6:
            image = jpeg(image, self.u(40, 95))
        elif r < .7:
            image = webp(image, self.u(40, 95))
        return image, mesh


def similarity(a, b):
    """Least-squares rotation, scale and shift from points a to points b, as a 2 x 3 matrix."""
    ma, mb = a.mean(0), b.mean(0)
    x, y = a - ma, b - mb
    d = (x * x).sum()
    c, s = (x * y).sum() / d, (x[:, 0] * y[:, 1] - x[:, 1] * y[:, 0]).sum() / d
    m = np.array([[c, -s], [s, c]])
    return np.hstack([m, (mb - m @ ma)[:, None]]).astype(np.float32)


def poisson(donor, image, mask):
    m = (mask > .3).astype(np.uint8) * 255
    m[:2] = m[-2:] = 0
    m[:, :2] = m[:, -2:] = 0
    x, y, w, h = cv2.boundingRect(m)
    if w < 8 or h < 8:
        return None
    try:
        return cv2.seamlessClone(donor, image, m, (x + w // 2, y + h // 2), cv2.NORMAL_CLONE)
    except cv2.error:
        return None


if __name__ == "__main__":
    folder, pairs, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    crops, enhanced = Crops(folder), sys.argv[4:] == ["enhanced"]
    if enhanced:
        pictures = Upscaled(folder, crops)
        there = {crops.meta[i]["offset"] for i in pictures.rows}
        forge = Forge(crops, seed, allowed=lambda m: m["offset"] in there, pictures=pictures)
    else:
        forge = Forge(crops, seed)
    for n in range(pairs):
        for image, mesh, meta in forge.pair():
            write_record(sys.stdout.buffer, image, mesh, dict(meta, n=n, seed=seed, kind="enhanced" if enhanced else meta["kind"]))
    print(json.dumps(dict(pairs=pairs)), file=sys.stderr)
