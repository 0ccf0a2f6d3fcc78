"""Trains the two heads of synthetic-face, and scores every file by models that have not seen its person or repository.

`faces.py train FEATURES OUT swap|generated` keeps the fitted variants; `faces.py score CROPS FEATURES OUT` writes `scores.json`
(all out-of-fold scores) and `heads.json` (what ships).

FEATURES_FOLDER holds what extract.ts wrote: clean*, cond_* (score_sets.py), forged* (forge.py), gen* (generated.py)."""
import glob
import hashlib
import json
import os
import pickle
import sys

import cv2
import numpy as np

import perceptron
import trees
from crops import FOLDS, Crops

# Fixed after one comparison on 5,840 forged faces, see the card.
SWAP = dict(trees=160, leaves=24)
# Of each classifier of the generated head: what it is fitted on and how.
GENERATED = {"trees": ("gen1", trees, dict(trees=160, leaves=12)), "perceptron": ("gen*", perceptron, dict(width=192, epochs=40))}
# What ships is the mean of these variants, each in standard deviations of genuine faces.
SHIPS = {"swap": ["self-blended", "with-dfdc-fakes"], "generated": [f"{kind}-{view}" for kind in GENERATED for view in ("every-value", "relative")]}
REALS = ("real/dfdc", "real/lfw", "real/congress", "modern/real")
GENERATORS = {"t2i": "fake/t2i_sfhq", "stylegan2": "fake/stylegan2_sfhq"}
# The fold whose persons a strict variant keeps back, to be measured in standard deviations of genuine faces of known sources.
KEPT_BACK = 4


def strict_name(generator, real):
    """Variant that saw neither the generator nor any picture of the genuine source."""
    return f"without-{generator}-and-{real.replace('/', '-')}"


def strict_variants(source):
    """The variants by which a file of this source is scored as one of a source and generator that nothing was trained on."""
    if source in REALS:
        return [strict_name(g, source) for g in GENERATORS]
    generator = next((g for g, s in GENERATORS.items() if s == source), None)
    if generator:
        return [strict_name(generator, r) for r in REALS]
    return [strict_name(g, "modern/real") for g in GENERATORS]  # the modern set shares its repositories


class Rows:
    """Feature rows and what is known of each."""

    def __init__(self, folder, pattern):
        self.x, self.meta = [], []
        width = len(json.load(open(f"{folder}/names.json")))
        for path in sorted(glob.glob(f"{folder}/{pattern}.f32")):
            meta = [json.loads(line) for line in open(path[:-3] + "jsonl")]
            x = np.fromfile(path, np.float32)
            n = min(len(meta), len(x) // width)
            self.x.append(x[:n * width].reshape(n, width))
            self.meta += meta[:n]
        self.x = np.concatenate(self.x)

    def __getitem__(self, key):
        return np.array([m[key] for m in self.meta])

    def __len__(self):
        return len(self.meta)


def held_out(kind, x, y, fold, parts, **options):
    """One model of the kind (trees or perceptron) for each part of the folds, trained without it."""
    return [(part, kind.fit(x[~np.isin(fold, part)], y[~np.isin(fold, part)], **options)) for part in parts]


def kind_of(model):
    return perceptron if isinstance(model, perceptron.Perceptron) else trees


def out_of_fold(models, x, fold):
    """Scores of each row by the model that was trained without its fold."""
    scores = np.full(len(x), np.nan)
    for part, model in models:
        at = np.isin(fold, part)
        if at.any():
            scores[at] = kind_of(model).margin(model, x[at])
    return scores


EACH = [[f] for f in range(FOLDS)]
# Comparisons that ship nothing are cut into fewer parts: less time, slightly less training data.
THREE = [[0, 1], [2, 3], [4]]
TWO = [[0, 1, 2], [3, 4]]
NONE = [[]]


def swap_models(forged, clean):
    """Each variant by name, fitted when asked for."""
    y, fold, source, kind = (forged[k] for k in ("y", "fold", "source", "kind"))
    dfdc = np.isin(clean["source"], ["real/dfdc", "fake/dfdc"])
    x = np.concatenate([forged.x, clean.x[dfdc]])
    x_y, x_fold = np.r_[y, clean["source"][dfdc] == "fake/dfdc"], np.r_[fold, clean["fold"][dfdc]]
    # Not the kinds that rest on other pictures: the compression basis on LFW, the networks of upscale.py on DIV2K (for research).
    free = (source == "real/congress") & ~np.isin(kind, ["compress", "enhanced"])
    strict = source != "real/dfdc"
    return {
        "self-blended": lambda: held_out(trees, forged.x, y, fold, EACH, **SWAP),
        "self-blended-final": lambda: held_out(trees, forged.x, y, fold, NONE, **SWAP),
        "with-dfdc-fakes": lambda: held_out(trees, x, x_y, x_fold, THREE, **SWAP),
        "with-dfdc-fakes-final": lambda: held_out(trees, x, x_y, x_fold, NONE, **SWAP),
        "permissive": lambda: held_out(trees, forged.x[free], y[free], fold[free], TWO, **SWAP),
        "no-dfdc-at-all": lambda: [(list(range(FOLDS)), trees.fit(forged.x[strict], y[strict], **SWAP))],
    }


def generated_columns(names):
    """Two views of a face: every value, and only comparisons of one part with another or with its surroundings, since what a part is by itself
    is also the look of a source. Native size and turn are circumstances that differ between the generated sets and the reals: for neither."""
    looks = [i for i, n in enumerate(names) if not n.startswith("pose.")]
    return {"every-value": looks, "relative": [i for i in looks if "-" in names[i].split(".")[0] or names[i].startswith("steepest")]}


def generated_models(features, columns):
    """Variants `<classifier>-<view>` or `<classifier>-<view>:<what was left out>`."""
    return {f"{name}-{variant}": models for name, (rows, kind, options) in GENERATED.items()
            for variant, models in generated_by(kind, options, Rows(features, rows), columns).items()}


def generated_by(kind, options, made, columns):
    y, fold, source = (made[k] for k in ("y", "fold", "source"))
    left_out = {
        "": (source != "", EACH),
        "final": (source != "", NONE),
        "without-t2i": (source != GENERATORS["t2i"], TWO),
        "without-stylegan2": (source != GENERATORS["stylegan2"], TWO),
        "permissive": (np.isin(source, ["real/congress", *GENERATORS.values()]), TWO),
        **{strict_name(g, r): ((source != s) & (source != r) & (fold != KEPT_BACK), None) for g, s in GENERATORS.items() for r in REALS},
    }

    def fitted(view, keep, parts):
        if parts is None:
            return [(list(range(FOLDS)), kind.fit(made.x[keep], y[keep], columns=columns[view], **options))]
        return held_out(kind, made.x[keep], y[keep], fold[keep], parts, columns=columns[view], **options)

    return {f"{view}:{name}".rstrip(":"): lambda view=view, keep=keep, parts=parts: fitted(view, keep, parts)
            for view in columns for name, (keep, parts) in left_out.items()}


def mixed(scores, names, known):
    """Mean of variants, each in standard deviations of genuine faces of known sources, again on that scale; with the moments of each and of the mean."""
    moments = [moments_of([scores[k][at] for at in known]) for k in names]
    mean = np.mean([(scores[k] - m) / sd for k, (m, sd) in zip(names, moments)], 0)
    middle, spread = moments_of([mean[at] for at in known])
    return (mean - middle) / spread, moments, (middle, spread)


def train(features, out, head, *wanted):
    """Fits the variants of one head (all, or those named) and keeps each for scoring; one that is there already is not fitted again."""
    names = json.load(open(f"{features}/names.json"))
    variants = swap_models(Rows(features, "forged*"), Rows(features, "clean*")) if head == "swap" else generated_models(features, generated_columns(names))
    for name in wanted or variants:
        path = f"{out}/{head}.{name}.pickle"
        if not os.path.exists(path):
            models = variants[name]()
            pickle.dump(models, open(path, "wb"))
            print(head, name, "fitted", flush=True)


def kept(out, head):
    """Fitted variants of a head by name."""
    paths = glob.glob(f"{out}/{head}.*.pickle")
    return {os.path.basename(p).split(".")[1]: pickle.load(open(p, "rb")) for p in paths}


def trivial_scores(crops, sets):
    """A classifier that may only look at file size, picture size, face size, brightness and blur: the alarm for shortcuts."""
    clean = sets["condition"] == "clean"
    index = sets["index"]
    looks = {}
    for i in np.unique(index[clean]):
        m = crops.meta[i]
        grey = cv2.cvtColor(crops.read(i)[0], cv2.COLOR_RGB2GRAY)
        looks[i] = [m["bytes"], m["bytes"] / (m["width"] * m["height"]), m["width"], m["height"], m["box"], m["window"], grey.mean(), cv2.Laplacian(grey, cv2.CV_64F).var()]
    x = np.array([looks.get(i, [0] * 8) for i in index], np.float32)
    source, fold = sets["source"], sets["fold"]
    out = {}
    for name, fakes, reals in (("trivial-dfdc", ["fake/dfdc"], ["real/dfdc"]), ("trivial-modern", ["modern/swap"], ["modern/real"]),
                               ("trivial-generated", ["fake/t2i_sfhq", "fake/stylegan2_sfhq"], list(REALS))):
        use = clean & np.isin(source, fakes + reals)
        models = held_out(trees, x[use], np.isin(source[use], fakes).astype(int), fold[use], EACH, trees=80, leaves=8)
        out[name] = np.where(clean, out_of_fold(models, x, fold), np.nan)
    return out


def score(crops_folder, features, out):
    crops = Crops(crops_folder)
    names = json.load(open(f"{features}/names.json"))
    sets = Rows(features, "c[lo]*")
    fold, source = sets["fold"], sets["source"]
    clean = sets["condition"] == "clean"
    models = {head: kept(out, head) for head in ("swap", "generated")}
    scores = {head: {k: out_of_fold(v, sets.x, fold) for k, v in m.items() if "final" not in k} for head, m in models.items()}
    trivial = trivial_scores(crops, sets)
    rounded = lambda values, i: {k: round(float(v[i]), 4) for k, v in values.items() if np.isfinite(v[i])}
    known_real = {r: clean & (source == r) for r in REALS}
    heads = []
    for head, ships in SHIPS.items():
        final = "{}-final" if head == "swap" else "{}:final"
        scores[head], moments, (middle, spread) = finished(scores[head], ships, known_real, fold)
        parts = [kind_of(model).written(model, mean, sd * len(ships) * spread) for ((_, model),), (mean, sd) in zip([models[head][final.format(k)] for k in ships], moments)]
        base = sum(p.get("base", 0) for p in parts) - middle / spread
        heads.append(dict(base=base, trees=[t for p in parts for t in p.get("trees", [])], perceptrons=[p for p in parts if "layers" in p]))
    records = []
    for i, m in enumerate(sets.meta):
        known = {k: m[k] for k in ("id", "source", "repo", "method", "frame", "condition", "fold", "label")}
        person = hashlib.sha256(m["identity"].encode()).hexdigest()[:12]
        records.append(dict(known, person=person, swap=rounded(scores["swap"], i), generated=rounded(scores["generated"], i), trivial=rounded(trivial, i)))
    json.dump(dict(features=len(names), heads=heads), open(f"{out}/heads.json", "w"))
    json.dump(dict(missed=missed(crops), records=records), open(f"{out}/scores.json", "w"))
    print("scored", len(records))


def finished(scores, ships, known_real, fold):
    """Scores by name, all in standard deviations of genuine faces: `shipped`, the mean of the variants that ship, and what it is compared with:
    for the swap head each variant, for the generated head the same mean with something left out."""
    shipped, moments, whole = mixed(scores, ships, list(known_real.values()))
    out = {"shipped": shipped}
    if not any(":" in k for k in scores):
        return {**out, **{k: mixed(scores, [k], list(known_real.values()))[0] for k in scores}}, moments, whole
    for name in sorted({k.split(":")[1] for k in scores if ":" in k}):
        out[name] = mixed(scores, [f"{view}:{name}" for view in ships], known_to(name, known_real, fold))[0]
    return out, moments, whole


def known_to(name, known_real, fold):
    """The genuine rows that set the scale: for a strict variant those of its own sources whose persons it kept back."""
    left_out = {strict_name(g, r): r for g in GENERATORS for r in REALS}.get(name)
    if left_out is None:
        return list(known_real.values())
    rows = [at & (fold == KEPT_BACK) for r, at in known_real.items() if r != left_out]
    return [at for at in rows if at.any()]


def moments_of(parts):
    """Mean and standard deviation over sources that weigh alike."""
    mean = float(np.mean([p.mean() for p in parts]))
    return mean, float(np.sqrt(np.mean([((p - mean) ** 2).mean() for p in parts])))


def missed(crops):
    """Files in which no face was found, by source."""
    counts = {}
    for m in crops.missed:
        counts[m["source"]] = counts.get(m["source"], 0) + 1
    return counts


if __name__ == "__main__":
    if sys.argv[1] == "score":
        score(*sys.argv[2:5])
    else:
        train(*sys.argv[2:])
