"""With a person's own pictures at hand: does a swapped face lie outside the person's own variation, and how far?

`references.py make CROPS SEED | node embed.ts OUT references` draws the pictures and embeds each as the product does;
`references.py faces CROPS SEED | node extract.ts OUT questioned` measures the genuine and swapped ones for the trees of synthetic-face;
`references.py report OUT TREES MODEL_FOLDER` writes references.json and the table of the card; TREES holds what `faces.py train … swap` fitted.

DFDC actors with LEAST real crops or more, each crop from another clip. The gap of a questioned face is the mean likeness of the enrolled samples to
each other less its mean likeness to them (`gapOf` in main/identity/comparison.ts, which also leaves out samples that stand apart). Positives are swaps made here with the
actor as *donor*: the donor's face warped to the target's landmarks, matched in colour and blended in, so that the picture claims to show the donor. A
genuine questioned face and a swap's donor picture are never among the enrolled samples, and both pass through the same photo chain. Donor and target
are of one fold, so that there are trees which were taught by neither.
DFDC's own fakes are asked about the person *filmed*: there the gap tells that the face is not that person's, which is another question."""
import json
import re
import struct
import sys

import cv2
import numpy as np
from scipy.spatial import Delaunay
from sklearn.linear_model import LogisticRegression

from crops import OVAL, Crops, folds_of, write_record
from faces import SHIPS, kept, out_of_fold
from forge import CORE, Forge, poisson, similarity
from measure import auc, interval

cv2.setNumThreads(1)

LEAST = 6
ENROLLED = 5
ASKED = 3
SWAPS = 4
FILMED = 3
SPLITS = 10
# Points of the mesh that are warped one triangle at a time: the inner face and every other point of the oval.
WARPED = sorted(set(CORE + OVAL[::2]))


class Swapper(Forge):
    """Classical swaps: another person's face on this picture."""

    def swap(self, donor, target):
        """The target's picture with the donor's face, RGB; `donor` and `target` are (image, mesh). None where the faces do not fit."""
        (face, its), (image, mesh) = donor, target
        side = image.shape[0]
        kind = self.rng.random()
        if kind < .7:
            warped = warp(face, its[WARPED, :2], mesh[WARPED, :2], side)
        else:
            warped = cv2.warpAffine(face, similarity(its[CORE, :2], mesh[CORE, :2]), (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
        hull = mesh[OVAL, :2] if self.chance(.6) else mesh[CORE, :2]
        centre = hull.mean(0)
        hull = centre + (hull - centre) * (self.u(.88, .98) if len(hull) == len(OVAL) else self.u(1, 1.25))
        mask = np.zeros((side, side), np.float32)
        cv2.fillConvexPoly(mask, cv2.convexHull(np.round(hull).astype(np.int32)), 1.)
        mask = cv2.GaussianBlur(mask, (0, 0), max(.5, self.u(.008, .035) * side))
        where = mask > .5
        if where.sum() < 100:
            return None
        if self.chance(.25):
            cloned = poisson(warped, image, mask)
            if cloned is not None:
                return cloned
        a, b = warped[where].astype(np.float32), image[where].astype(np.float32)
        gain = np.clip((b.std(0) + 1) / (a.std(0) + 1), .5, 2)
        warped = np.clip((warped.astype(np.float32) - a.mean(0)) * gain + b.mean(0), 0, 255).astype(np.uint8)
        if self.chance(.5):
            warped = self.refine(warped)
        return self.blend(warped, image, mask, full=True)


def warp(image, points, to, side):
    """The picture with `points` moved to `to`, triangle by triangle; black outside their hull."""
    out = np.zeros((side, side, 3), np.uint8)
    for corners in Delaunay(to).simplices:
        a, b = points[corners].astype(np.float32), to[corners].astype(np.float32)
        x, y, w, h = cv2.boundingRect(np.round(b).astype(np.int32))
        x0, y0, x1, y1 = max(0, x - 1), max(0, y - 1), min(side, x + w + 1), min(side, y + h + 1)
        if x1 <= x0 or y1 <= y0:
            continue
        local = b - np.float32([x0, y0])
        piece = cv2.warpAffine(image, cv2.getAffineTransform(a, local), (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
        inside = np.zeros((y1 - y0, x1 - x0), np.uint8)
        cv2.fillConvexPoly(inside, np.round(local).astype(np.int32), 1)
        out[y0:y1, x0:x1][inside > 0] = piece[inside > 0]
    return out


def write(image, _mesh, meta):
    head = json.dumps(dict(meta, width=image.shape[1], height=image.shape[0])).encode()
    sys.stdout.buffer.write(struct.pack("<I", len(head)) + head + np.ascontiguousarray(image, np.uint8).tobytes())


def pictures(folder, seed, give):
    """Calls `give` with each RGB picture, the mesh of its face and what it is, always the same ones in the same order."""
    crops = Crops(folder)
    forge = Swapper(crops, seed, {"real/dfdc": 1})
    rng = forge.rng
    fakes = {}
    for i, m in enumerate(crops.meta):
        if m["source"] == "fake/dfdc":
            fakes.setdefault(m["identity"], []).append(i)
    people = {p: at for p, at in forge.people["real/dfdc"].items() if len(at) >= LEAST}
    everyone = sorted(i for at in forge.people["real/dfdc"].values() for i in at)
    shapes = np.array([crops.shape(i) for i in everyone])
    fold = folds_of(crops.meta)
    for person in sorted(people):
        at = [int(i) for i in rng.permutation(people[person])]
        enrolled, rest = at[:ENROLLED], at[ENROLLED:]
        send = lambda image, mesh, kind, i, **more: give(image, mesh, dict(person=person, kind=kind, id=crops.meta[i]["id"], fold=int(fold[i]), **more))
        for i in enrolled:
            send(*crops.read(i), "enrolled", i)
        for i in rest[:ASKED]:
            send(*forge.photo(*crops.read(i)), "genuine", i)
        for n in range(SWAPS):
            donor = rest[n % len(rest)]
            near = np.argsort(np.abs(shapes - crops.shape(donor)).sum((1, 2)))
            others = [everyone[k] for k in near if crops.meta[everyone[k]]["identity"] != person and fold[everyone[k]] == fold[donor]][:20]
            target = others[rng.integers(len(others))]
            image, mesh = crops.read(target)
            swapped = forge.swap(crops.read(donor), (image, mesh))
            if swapped is None:
                continue
            send(*forge.photo(swapped, mesh), "swap", donor, target=crops.meta[target]["id"], targetPerson=crops.meta[target]["identity"])
            if n < ASKED:  # the untouched target: another person
                send(*forge.photo(image, mesh), "other", target)
        for i in rng.permutation(fakes.get(person, []))[:FILMED]:
            send(*forge.photo(*crops.read(int(i))), "filmed", int(i))


def faces(folder, seed):
    count = 0

    def give(image, mesh, meta):
        nonlocal count
        if meta["kind"] in ASKED_OF_TREES:
            write_record(sys.stdout.buffer, image, mesh, dict(meta, n=count))
        count += 1

    pictures(folder, seed, give)


# From embeddings to figures.

# Kinds of pictures that the trees are asked about: the question is whether a face was blended in, not whose it is.
ASKED_OF_TREES = ("genuine", "swap")
# Likeness to the nearest other sample below which a sample stands apart (main/contract/samples.ts).
APART = .3


def used(samples):
    """The samples that `findOutliers` keeps."""
    own = samples @ samples.T - 2 * np.eye(len(samples))
    near = own.max(1) >= APART
    return samples[near] if near.any() else samples


def gap(question, samples):
    """Mean cosine of the samples (unit vectors, two or more) to each other less the question's to them."""
    own = samples @ samples.T
    among = (own.sum() - len(samples)) / (len(samples) * (len(samples) - 1))
    return float(among - (samples @ question).mean())


def tree_scores(out, trees):
    """Mean of the variants that ship, each by the trees that were taught by nobody of the picture's fold and in standard deviations of the genuine; by number of the picture."""
    meta = [json.loads(line) for line in open(f"{out}/questioned.jsonl")]
    x = np.fromfile(f"{out}/questioned.f32", np.float32).reshape(len(meta), -1)
    fold, genuine = (np.array([m[k] for m in meta]) for k in ("fold", "kind"))
    fitted, mean = kept(trees, "swap"), np.zeros(len(meta))
    for name in SHIPS["swap"]:
        scores = out_of_fold(fitted[name], x, fold)
        own = scores[genuine == "genuine"]
        mean += (scores - own.mean()) / own.std() / len(SHIPS["swap"])
    return {m["n"]: float(v) for m, v in zip(meta, mean)}


def together(rows):
    """Log odds of gap and tree score, fitted without the person asked about."""
    x = np.array([[r["gap"], r["score"]] for r in rows])
    x = (x - x.mean(0)) / x.std(0)
    y, person = np.array([r["kind"] == "swap" for r in rows]), np.array([r["person"] for r in rows])
    names = np.random.default_rng(5).permutation(np.unique(person))
    part = np.array([dict(zip(names, np.arange(len(names)) % SPLITS))[p] for p in person])
    out = np.zeros(len(rows))
    for k in range(SPLITS):
        out[part == k] = LogisticRegression(class_weight="balanced").fit(x[part != k], y[part != k]).decision_function(x[part == k])
    return out


def figure(rows, positive, key):
    """AUC of one kind of picture against the person's own, with an interval by person."""
    value = lambda kind: np.array([r[key] for r in rows if r["kind"] == kind])
    group = lambda kind: np.array([r["person"] for r in rows if r["kind"] == kind])
    return dict(auc=round(auc(value(positive), value("genuine")), 3), interval=interval(value(positive), value("genuine"), group(positive), group("genuine")))


def gained(rows, key, over, draws=500):
    """95 % interval of the AUC of swaps by `key` less that by `over`, people drawn alike for both."""
    swapped, person = np.array([r["kind"] == "swap" for r in rows]), np.array([r["person"] for r in rows])
    own = [np.flatnonzero(person == p) for p in np.unique(person)]
    values = {k: np.array([r[k] for r in rows]) for k in (key, over)}
    rng, found = np.random.default_rng(6), []
    for _ in range(draws):
        at = np.concatenate([own[k] for k in rng.integers(len(own), size=len(own))])
        y = swapped[at]
        found.append(np.subtract(*(auc(values[k][at][y], values[k][at][~y]) for k in (key, over))))
    return [round(float(v), 3) for v in np.percentile(found, [2.5, 97.5])]


KINDS = ("genuine", "swap", "filmed", "other")
RATES = (.01, .05)


def report(out, trees, folder):
    meta = [json.loads(line) for line in open(f"{out}/references.jsonl")]
    vectors = np.fromfile(f"{out}/references.f32", np.float32).reshape(len(meta), -1)
    score = tree_scores(out, trees)
    samples = {}
    for m, v in zip(meta, vectors):
        if m["kind"] == "enrolled" and m["found"]:
            samples.setdefault(m["person"], []).append(v)
    samples = {p: used(np.stack(own)) for p, own in samples.items()}
    rows = []
    for n, (m, v) in enumerate(zip(meta, vectors)):
        own = samples.get(m["person"], ())
        if m["kind"] != "enrolled" and m["found"] and len(own) >= 4:
            rows.append(dict(person=m["person"], kind=m["kind"], gap=gap(v, own), score=score.get(n)))
    of = {k: np.array([r["gap"] for r in rows if r["kind"] == k]) for k in KINDS}
    found = lambda k: [round(float(np.mean(of[k] > np.quantile(of["genuine"], 1 - rate))), 3) for rate in RATES]
    table = dict(schema=1, people=len({r["person"] for r in rows}), enrolled=sorted({len(s) for s in samples.values()}), noFace=sum(not m["found"] for m in meta),
                 kinds={k: dict(count=len(of[k]), medianGap=round(float(np.median(of[k])), 3), **({} if k == "genuine" else dict(figure(rows, k, "gap"), found=found(k)))) for k in KINDS})
    asked = [r for r in rows if r["kind"] in ASKED_OF_TREES]
    for r, value in zip(asked, together(asked)):
        r["both"] = float(value)
    both = np.array([r["both"] for r in asked])
    swapped = np.array([r["kind"] == "swap" for r in asked])
    table["together"] = dict(**{k: figure(asked, "swap", k) for k in ("gap", "score", "both")}, gained=gained(asked, "both", "gap"), found=[round(float(np.mean(both[swapped] > np.quantile(both[~swapped], 1 - rate))), 3) for rate in RATES])
    json.dump(table, open(f"{folder}/references.json", "w"), indent=1)
    card = open(f"{folder}/card.md").read()
    card = re.sub(r"(<!-- references -->\n).*?(<!-- end of references -->)", lambda m: m.group(1) + text(table) + m.group(2), card, flags=re.S)
    open(f"{folder}/card.md", "w").write(card)
    print(text(table))


def text(table):
    """The table of the card."""
    names = dict(genuine="the person's own, another clip", swap="swap with the person as donor (made here)", filmed="DFDC fake, asked about the person filmed", other="another person")
    show = lambda f: f"{f['auc']:.3f} [{f['interval'][0]:.3f}, {f['interval'][1]:.3f}]"
    lines = ["| questioned face | faces | median gap | AUC against the person's own | found at 1 % / 5 % |", "|---|---|---|---|---|"]
    for k, v in table["kinds"].items():
        told = f"{show(v)} | {v['found'][0]:.3f} / {v['found'][1]:.3f}" if "auc" in v else "- | -"
        lines.append(f"| {names[k]} | {v['count']} | {v['medianGap']:.3f} | {told} |")
    lines += ["", f"{table['people']} people; intervals by person. No face found in {table['noFace']} of the pictures."]
    t = table["together"]
    lines += ["", f"The same genuine faces and swaps: gap {show(t['gap'])}, swap head of synthetic-face without reference, by trees taught by neither donor nor target {show(t['score'])}, "
              f"both by logistic regression fitted without the person asked about {show(t['both'])} (over the gap alone {t['gained'][0]:+.3f} to {t['gained'][1]:+.3f}), found at 1 % / 5 % {t['found'][0]:.3f} / {t['found'][1]:.3f}."]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    command, *rest = sys.argv[1:]
    if command == "make":
        pictures(rest[0], int(rest[1]), write)
    elif command == "faces":
        faces(rest[0], int(rest[1]))
    else:
        report(*rest)
