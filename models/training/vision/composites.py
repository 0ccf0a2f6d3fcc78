"""Is the place of generated pixels found inside a picture? Measured on composites of our own, so that a map is shown only if it is.

`composites.py make AUTOENCODERS_FOLDER` streams composites to extract_patches.ts with patches every STRIDE pixels at the picture's own resolution;
`composites.py measure FEATURES_FOLDER MODEL_FOLDER` scores them and writes localisation.json and its part of card.md.

A real picture of one of four sources has one region (an elastic polygon, a tenth to two fifths of the picture, feathered) filled in turn with
a generated picture at its own scale (`t2i`, `stylegan2`), with itself redrawn by an autoencoder (`redrawn`), and, as controls, with a real picture
of another source (`real`), with itself shrunk and enlarged (`resampled`) and with itself (`none`). What is laid in is brought to the mean colour
of what it covers; everything then passes the same JPEG. Scores come from models that saw neither the fold of any of these pictures nor the generator.

Rule, fixed before the first look: a map is shown only if for every generator and JPEG quality the AUC of the map inside a picture (mean over pictures)
has a lower 95 % end above LEAST_AUC, and lies above that of a pasted real region in the same place by at least LEAST_GAIN (lower 95 % end):
otherwise the map would call every edit generated."""
import hashlib
import json
import re
import sys

import cv2
import numpy as np

from autoencoders import load, redraw
from crops import jpeg
from images import rows, variant_scores
from measure import BOOTSTRAPS, auc
from pictures import pictures, read, write

LEAST_AUC, LEAST_GAIN = .75, .1
SOURCES = ("real/lfw", "real/dfdc", "real/congress", "modern/real")
BASES = 32
# Sides of the bases in pixels; larger ones are cut.
SIDES = (192, 256)
# Largest side of the region's box: generated pictures of the data are hardly larger.
BOX = 170
SHARES = (.1, .4)
QUALITIES = (90, 70)
PATCH, STRIDE, CELL = 128, 32, 8
GENERATORS = {"t2i": "fake/t2i_sfhq", "stylegan2": "fake/stylegan2_sfhq"}
KINDS = ("t2i", "stylegan2", "redrawn", "real", "resampled", "none")
CONTROLS = ("real", "resampled", "none")
# The variant that never saw what was laid in.
UNSEEN = {"t2i": "without-t2i", "stylegan2": "without-stylegan2", "redrawn": "no-redrawn"}


def region_of(number, height, width):
    """Share of each pixel, 0..1 float32 [height, width], that is taken from elsewhere; the same for the same number."""
    rng = np.random.default_rng([7, number])
    area = rng.uniform(*SHARES) * height * width
    angles = np.sort(rng.uniform(0, 2 * np.pi, rng.integers(7, 13)))
    corners = np.stack([np.cos(angles), np.sin(angles)], 1) * rng.uniform(.6, 1, len(angles))[:, None] * [1, rng.uniform(.7, 1.4)]
    corners = cv2.convexHull(corners.astype(np.float32))[:, 0]
    corners *= np.sqrt(area / cv2.contourArea(corners))
    low, high = corners.min(0), corners.max(0)
    corners = (corners - low) * min(1, (min(BOX, height, width) - 16) / (high - low).max())
    room = np.array([width, height]) - corners.max(0) - 16
    corners += 8 + rng.uniform(0, 1, 2) * room
    flat = np.zeros((height, width), np.float32)
    cv2.fillPoly(flat, [np.round(corners).astype(np.int32)], 1.)
    wave = [cv2.GaussianBlur(rng.standard_normal((height, width), dtype=np.float32), (0, 0), 10) for _ in range(2)]
    y, x = np.mgrid[:height, :width].astype(np.float32)
    x, y = (at + 5 * w / (w.std() + 1e-6) for at, w in zip((x, y), wave))
    bent = cv2.remap(flat, np.clip(x, 0, width - 1), np.clip(y, 0, height - 1), cv2.INTER_LINEAR)
    return cv2.GaussianBlur(bent, (0, 0), rng.uniform(1.5, 4))


def ranked(items):
    """In an order that is always the same and follows nothing of the pictures."""
    return sorted(items, key=lambda p: hashlib.md5(f"composite {p['file']}".encode()).digest())


def bases():
    """Real pictures, the same count of each source, of the modern set in turn from each repository."""
    for source in SOURCES:
        own = ranked(p for p in pictures() if p["source"] == source)
        if source == "modern/real":
            turns, seen = [], {}
            for p in own:
                seen[p["repo"]] = seen.get(p["repo"], 0) + 1
                turns.append(seen[p["repo"]])
            own = [own[i] for i in np.argsort(turns, kind="stable")]
        taken = 0
        for p in own:
            image = read(p)
            if image is None or min(image.shape[:2]) < SIDES[0]:
                continue
            yield p, cut(image, [min(n, SIDES[1]) for n in image.shape[:2]], np.random.default_rng([8, taken]))
            taken += 1
            if taken == BASES:
                break


def cut(image, size, rng):
    y, x = (int(rng.integers(0, n - s + 1)) for n, s in zip(image.shape[:2], size))
    return np.ascontiguousarray(image[y:y + size[0], x:x + size[1]])


def box_of(region):
    (y0, y1), (x0, x1) = ((at.min(), at.max() + 1) for at in np.nonzero(region > 1e-3))
    return int(y0), int(y1), int(x0), int(x1)


def donor(pool, region, rng):
    """Part of a picture of the pool that covers the region's box, at its own scale; None if none is large enough."""
    y0, y1, x0, x1 = box_of(region)
    for at in rng.permutation(len(pool)):
        image = read(pool[at])
        if image is not None and image.shape[0] >= y1 - y0 and image.shape[1] >= x1 - x0:
            whole = np.zeros((*region.shape, 3), np.uint8)
            whole[y0:y1, x0:x1] = cut(image, (y1 - y0, x1 - x0), rng)
            return whole
    return None


def laid(image, other, region):
    inside = region > .5
    shift = image[inside].astype(np.float32).mean(0) - other[inside].astype(np.float32).mean(0)
    share = region[..., None]
    return np.clip(image * (1 - share) + (other + shift) * share + .5, 0, 255).astype(np.uint8)


def resampled(image, rng):
    h, w = image.shape[:2]
    factor = rng.uniform(.5, .8)
    small = cv2.resize(image, (round(w * factor), round(h * factor)), interpolation=cv2.INTER_AREA)
    return cv2.resize(small, (w, h), interpolation=cv2.INTER_CUBIC)


def make(folder):
    cv2.setNumThreads(1)
    nets, everything = load(folder), pictures()
    for number, (p, image) in enumerate(bases()):
        rng = np.random.default_rng([9, number])
        region = region_of(number, *image.shape[:2])
        same_fold = [q for q in everything if q["fold"] == p["fold"]]
        others = {k: donor([q for q in same_fold if q["source"] == s], region, rng) for k, s in GENERATORS.items()}
        others["real"] = donor([q for q in same_fold if q["source"] in SOURCES and q["source"] != p["source"]], region, rng)
        others.update(redrawn=redraw(*nets[number % len(nets)], image), resampled=resampled(image, rng), none=image)
        steps = [[*range(0, n - PATCH, STRIDE), n - PATCH] for n in image.shape[:2]]
        corners = [(x, y) for y in steps[0] for x in steps[1]]
        for kind in KINDS:
            if others[kind] is None:
                continue
            for quality in QUALITIES:
                meta = dict(number=number, kind=kind, quality=quality, source=p["source"], repo=p["repo"], fold=p["fold"])
                write(jpeg(laid(image, others[kind], region), quality), dict(meta, corners=corners))


def located(corners, scores, region):
    """Of one picture: AUC of the map (mean of the patches over each cell, as the viewer lays it over the picture), AUC of the patches by
    whether their middle lies in the region, whether that of the strongest does, and the share of middles that do; NaN where a class is missing."""
    height, width = region.shape
    total, count = (np.zeros((height // CELL, width // CELL)) for _ in range(2))
    for (x, y), s in zip(corners, scores):
        at = np.s_[-(-y // CELL):(y + PATCH) // CELL, -(-x // CELL):(x + PATCH) // CELL]
        total[at] += s
        count[at] += 1
    seen = count > 0
    inside = region[CELL // 2::CELL, CELL // 2::CELL][:height // CELL, :width // CELL][seen] > .5
    level = total[seen] / count[seen]
    middle = np.array([region[y + PATCH // 2, x + PATCH // 2] > .5 for x, y in corners])
    hit = float(middle[int(np.argmax(scores))])
    return dict(map=auc(level[inside], level[~inside]), patches=auc(scores[middle], scores[~middle]), hit=hit, chance=float(middle.mean()), share=float((region > .5).mean()))


def interval(values, groups):
    """Mean with the ends of its 95 % bootstrap interval over whole groups; pictures without a value are left out."""
    known = np.isfinite(values)
    values, groups = values[known], groups[known]
    if len(values) == 0:
        return None
    names, code = np.unique(groups, return_inverse=True)
    sums, counts = np.bincount(code, values), np.bincount(code)
    rng = np.random.default_rng(0)
    drawn = [rng.integers(0, len(names), len(names)) for _ in range(BOOTSTRAPS)]
    ends = np.percentile([sums[d].sum() / counts[d].sum() for d in drawn], [2.5, 97.5])
    return [round(float(v), 3) for v in (values.mean(), *ends)]


def located_by(features):
    """By variant, number, kind and quality: what `located` tells; and of each number its source, and the group it is drawn by."""
    x, meta = rows(features, "composites")
    scores = variant_scores(rows(features, "pic_train"), ["shipped", *UNSEEN.values()], x, np.array([m["fold"] for m in meta]))
    groups, about = {}, {}
    for i, m in enumerate(meta):
        groups.setdefault((m["number"], m["kind"], m["quality"]), []).append(i)
        about[m["number"]] = (m["source"], m["repo"] if m["source"] == "modern/real" else str(m["number"]))
    found = {}
    for (number, kind, quality), at in groups.items():
        head = meta[at[0]]
        region = region_of(number, head["height"], head["width"])
        for variant, values in scores.items():
            found[variant, number, kind, quality] = located([meta[i]["at"] for i in at], values[at], region)
    return found, about


def figures(found, about):
    out = []
    for variant in ("unseen", "seen"):
        for kind in UNSEEN:
            by = UNSEEN[kind] if variant == "unseen" else "shipped"
            for quality in QUALITIES:
                for source in ("all", *SOURCES):
                    numbers = [n for n, (s, _) in about.items() if source in ("all", s) and (by, n, kind, quality) in found and (by, n, "real", quality) in found]
                    at = lambda k, key: np.array([found[by, n, k, quality][key] for n in numbers])
                    groups = np.array([about[n][1] for n in numbers])
                    row = dict(laidIn=kind, generator=variant, quality=quality, source=source, pictures=len(numbers), regionShare=round(float(at(kind, "share").mean()), 3),
                               map=interval(at(kind, "map"), groups), patches=interval(at(kind, "patches"), groups),
                               pointing=dict(hits=int(at(kind, "hit").sum()), chance=round(float(at(kind, "chance").mean()), 3), gain=interval(at(kind, "hit") - at(kind, "chance"), groups)))
                    for control in CONTROLS:
                        row[control] = dict(map=interval(at(control, "map"), groups), gain=interval(at(kind, "map") - at(control, "map"), groups))
                    out.append(row)
    return out


def shown(rows_):
    return all(r["map"][1] > LEAST_AUC and r["real"]["gain"][1] >= LEAST_GAIN for r in rows_ if r["generator"] == "unseen" and r["source"] == "all")


def table(e):
    pair = lambda v: "-" if v is None else f"{v[0]:.3f} [{v[1]:.2f}, {v[2]:.2f}]"
    gain = lambda v: "-" if v is None else f"{v[0]:+.3f} [{v[1]:+.2f}, {v[2]:+.2f}]"
    lines = ["| laid in | generator | JPEG | real source | pictures | AUC of the map | AUC of the patches | strongest patch in it (chance) | map less that of a pasted real region | of a resampled region | of the untouched picture |",
             "|---|---|---|---|---|---|---|---|---|---|---|"]
    for r in e["figures"]:
        if r["source"] != "all" and r["generator"] != "unseen":
            continue
        lines.append(f"| {r['laidIn']} | {r['generator']} | {r['quality']} | {r['source']} | {r['pictures']} | {pair(r['map'])} | {pair(r['patches'])} | {r['pointing']['hits']} ({r['pointing']['chance'] * r['pictures']:.0f}) | "
                     + " | ".join(gain(r[c]["gain"]) for c in CONTROLS) + " |")
    return "\n".join(lines)


def measure(features, folder):
    rule = f"for every generator left out of training and JPEG quality the AUC of the map inside a picture has a lower 95 % end above {LEAST_AUC} and lies above that of a pasted real region by at least {LEAST_GAIN} (lower 95 % end)"
    rows_ = figures(*located_by(features))
    e = dict(schema=1, model="synthetic-image", fact="picture.patch.generatedScore", rule=rule, leastAuc=LEAST_AUC, leastGain=LEAST_GAIN, shown=shown(rows_), patch=PATCH, stride=STRIDE, figures=rows_)
    json.dump(e, open(f"{folder}/localisation.json", "w"), indent=1)
    card = open(f"{folder}/card.md").read()
    card = re.sub(r"(<!-- localisation -->\n).*?(<!-- end of localisation -->)", lambda m: m.group(1) + table(e) + "\n" + m.group(2), card, flags=re.S)
    open(f"{folder}/card.md", "w").write(card)
    print(table(e), "shown:", e["shown"])


if __name__ == "__main__":
    {"make": make, "measure": measure}[sys.argv[1]](*sys.argv[2:])
