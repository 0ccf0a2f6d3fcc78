"""Forged and untouched faces for the network, with the region that was forged: the kinds of forge.py and some that only a network can use.

What comes out is the window of `faceWindow` (main/detectors/face-features.ts) at SIDE pixels, RGB 0-255."""
import cv2
import numpy as np

from crops import OVAL, jpeg
from forge import Forge
from holdout import BASES, part_of

SIDE = 160
# Cells of the dense head along a side.
CELLS = 20
WINDOW = 1.4
SHARES = {"real/dfdc": .27, "real/lfw": .3, "real/congress": .25, "fake/t2i_sfhq": .13, "fake/stylegan2_sfhq": .05}
assert set(SHARES) == set(BASES)
# `self`, `cross`, `resample`, `filter`, `compress` are those of forge.py.
KINDS = {"self": .32, "cross": .2, "resample": .1, "filter": .05, "compress": .12, "restored": .08, "decoded": .07, "lit": .06}


def window_of(mesh):
    """Left, top and side of the measured square, as `faceWindow` in main/detectors/face-features.ts."""
    p = mesh[OVAL, :2]
    low, high = p.min(0), p.max(0)
    side = WINDOW * (high - low).max()
    x, y = (low + high - side) / 2
    return x, y, side


def taps(start, length, count, limit):
    """Weights [count, limit] of a triangle filter: `taps` of main/detectors/planes.ts."""
    step = length / count
    reach = max(1., step)
    centre = start + (np.arange(count) + .5) * step - .5
    low, high = int(np.floor(centre[0] - reach)), int(np.ceil(centre[-1] + reach))
    at = np.arange(low, high + 1)
    w = np.maximum(0, 1 - np.abs(at[None] - centre[:, None]) / reach)
    w /= w.sum(1, keepdims=True)
    out = np.zeros((count, limit), np.float32)
    inside = (at >= 0) & (at < limit)
    out[:, at[inside]] = w[:, inside]
    out[:, 0] += w[:, at < 0].sum(1)
    out[:, -1] += w[:, at >= limit].sum(1)
    return out


def cut(image, window, side=SIDE):
    """The window of an RGB picture [h, w, 3] (or a plane [h, w]) at `side` pixels, float32."""
    x, y, length = window
    h, w = image.shape[:2]
    flat = image.reshape(h, -1).astype(np.float32)
    rows = (taps(y, length, side, h) @ flat).reshape(side, w, -1)
    return np.einsum("xw,ywc->yxc", taps(x, length, side, w), rows, optimize=True).squeeze()


class NetForge(Forge):
    def __init__(self, crops, seed, part="train", shares=SHARES):
        super().__init__(crops, seed, shares, lambda m: part_of(m) == part)
        self.kinds, self.weights = list(KINDS), np.array(list(KINDS.values()))
        self.weights = self.weights / self.weights.sum()

    def sample(self):
        """Inputs uint8 [2, SIDE, SIDE, 3] (forged, untouched), shares of forged picture float32 [CELLS, CELLS], kind, source."""
        i = self.draw()
        image, mesh = self.load(i)
        kind = self.kinds[self.rng.choice(len(self.kinds), p=self.weights)]
        fake, base = getattr(self, kind)(i, image, mesh)
        forged = self.forged
        real = base if self.chance(.7) else image
        # Mostly the same photograph of both, so that only the forgery differs.
        same = self.chance(.7)
        state = self.rng.bit_generator.state
        a, mesh_a = self.photo(fake, mesh)
        after = self.rng.bit_generator.state
        if same:
            self.rng.bit_generator.state = state
        b, mesh_b = self.photo(real, mesh)
        self.rng.bit_generator.state = after
        zoom, dx, dy, flip = self.u(.92, 1.1), self.rng.normal(0, .015), self.rng.normal(0, .015), self.chance(.5)

        def window(mesh):
            x, y, side = window_of(mesh)
            return x + (1 - zoom) * side / 2 + dx * side, y + (1 - zoom) * side / 2 + dy * side, side * zoom

        wa = window(mesh_a)
        scale = image.shape[0] / a.shape[0]
        out = np.stack([cut(a, wa), cut(b, window(mesh_b))])
        mask = cut(forged, tuple(v * scale for v in wa), CELLS)
        if flip:
            out, mask = out[:, :, ::-1], mask[:, ::-1]
        return np.clip(np.round(out), 0, 255).astype(np.uint8), np.ascontiguousarray(mask), kind, self.crops.meta[i]["source"]

    def mask(self, side, mesh):
        """Also the rotated or upright square that swappers of aligned crops paste back, with a soft rim."""
        if not self.chance(.1):
            return super().mask(side, mesh)
        p = mesh[OVAL, :2]
        low, high = p.min(0), p.max(0)
        centre, reach = (low + high) / 2, (high - low) / 2 * self.rng.uniform(.8, 1.15, 2)
        turn = cv2.boxPoints((tuple(map(float, centre)), tuple(map(float, 2 * reach)), float(self.rng.normal(0, 4))))
        mask = np.zeros((side, side), np.float32)
        cv2.fillConvexPoly(mask, np.round(turn).astype(np.int32), 1.)
        return cv2.GaussianBlur(mask, (0, 0), max(.5, self.u(.004, .06) * side))

    # Kinds of forgery beside those of forge.py.

    def restored(self, i, image, mesh):
        """Inner face as after a restoration network: smoothed along its edges and made too sharp."""
        side = image.shape[0]
        small = int(side * self.u(.4, .9))
        face = cv2.resize(cv2.resize(image, (small, small), interpolation=cv2.INTER_AREA), (side, side), interpolation=cv2.INTER_CUBIC)
        face = cv2.bilateralFilter(face, 5, self.u(10, 40), self.u(1.5, 4))
        gain = self.u(.5, 2.)
        face = cv2.addWeighted(face, 1 + gain, cv2.GaussianBlur(face, (0, 0), self.u(.7, 2.2)), -gain, 0)
        if self.chance(.5):
            face = self.recolour(face)
        return self.blend(face, image, self.mask(side, mesh), full=self.chance(.7)), image

    def decoded(self, i, image, mesh):
        """Inner face enlarged as a decoder does: each phase of the finer grid by its own small kernel, so that a faint lattice stays."""
        side = image.shape[0]
        factor = 2 if self.chance(.75) else 4
        small = max(16, round(side * self.u(.7, 1.6) / factor))
        face = cv2.resize(image, (small, small), interpolation=cv2.INTER_AREA).astype(np.float32)
        big = np.zeros((small * factor, small * factor, 3), np.float32)
        strength = self.u(.01, .12)
        smooth = cv2.resize(face, (small * factor, small * factor), interpolation=cv2.INTER_CUBIC)
        for a in range(factor):
            for b in range(factor):
                kernel = self.rng.normal(0, strength, (3, 3)).astype(np.float32)
                kernel -= kernel.mean() * self.u(.7, 1)
                big[a::factor, b::factor] = smooth[a::factor, b::factor] + cv2.filter2D(face, -1, kernel)
        big = np.clip(big, 0, 255).astype(np.uint8)
        how = cv2.INTER_AREA if big.shape[0] > side else cv2.INTER_CUBIC
        back = cv2.resize(big, (side, side), interpolation=how)
        if self.chance(.4):
            back = self.recolour(back)
        return self.blend(back, image, self.mask(side, mesh), full=True), image

    def lit(self, i, image, mesh):
        """Inner face under another light: a slow ramp of brightness and tint, as left by a face brought over from another scene."""
        side = image.shape[0]
        turn = self.u(0, 2 * np.pi)
        y, x = np.mgrid[0:side, 0:side].astype(np.float32) / side - .5
        ramp = (np.cos(turn) * x + np.sin(turn) * y)[..., None] * self.rng.normal(0, 1, 3).astype(np.float32) * self.u(5, 25)
        ramp += (np.cos(turn) * x + np.sin(turn) * y)[..., None] * self.u(-45, 45)
        face = np.clip(image * self.u(.9, 1.1) + ramp + self.rng.uniform(-6, 6, 3), 0, 255).astype(np.uint8)
        if self.chance(.6):
            face = self.refine(face)
        return self.blend(face, image, self.mask(side, mesh), full=self.chance(.6)), image

    def photo(self, image, mesh):
        """Also the blocky softness of a low-rate video codec."""
        if self.chance(.12):
            image = cv2.GaussianBlur(jpeg(image, self.u(18, 45)), (0, 0), self.u(.4, .8))
        return super().photo(image, mesh)


