"""Trains synthetic-image on patch rows and scores the test pictures by models that have not seen their file, person or repository.
Usage: images.py FEATURES_FOLDER OUT_FOLDER; reads pic_train and pic_test, writes image_scores.json and image_trees.json."""
import json
import sys

import numpy as np

from crops import FOLDS
from trees import fit, margin, written

OPTIONS = dict(trees=120, leaves=8)
REALS = ("real/lfw", "real/congress", "real/dfdc", "modern/real")
TRIM = .25
EACH = [[f] for f in range(FOLDS)]
TWO = [[0, 1, 2], [3, 4]]
# What each variant never saw, and the parts into which the folds are cut for it.
VARIANTS = {"shipped": ([], EACH), "without-t2i": (["fake/t2i_sfhq"], TWO), "without-stylegan2": (["fake/stylegan2_sfhq"], TWO),
            "redrawn-only": (["fake/t2i_sfhq", "fake/stylegan2_sfhq"], TWO), "no-redrawn": (["redrawn"], TWO)}


def rows(folder, name):
    meta = [json.loads(line) for line in open(f"{folder}/{name}.jsonl")]
    x = np.fromfile(f"{folder}/{name}.f32", np.float32)
    width = len(x) // len(meta)
    return x[:width * len(meta)].reshape(len(meta), width), meta


def trimmed(values):
    v = np.sort(values)
    cut = int(len(v) * TRIM)
    return float(v[cut:len(v) - cut].mean())


def moments(parts):
    """Mean and standard deviation over sources that weigh alike."""
    parts = [np.array(p) for p in parts]
    mean = float(np.mean([p.mean() for p in parts]))
    return mean, float(np.sqrt(np.mean([((p - mean) ** 2).mean() for p in parts])))


def held_out(x, y, fold, test_x, test_fold, parts, **options):
    scores = np.zeros(len(test_x))
    for part in parts:
        keep, at = ~np.isin(fold, part), np.isin(test_fold, part)
        scores[at] = margin(fit(x[keep], y[keep], **options), test_x[at])
    return scores


def variant_scores(taught, names, test_x, test_fold):
    """Scores of patches by each variant, by models that were taught by such `rows` and saw nothing of the patch's fold."""
    x, meta = taught
    y, fold, kind = (np.array([m[k] for m in meta]) for k in ("y", "fold", "kind"))
    scores = {}
    for name in names:
        left, parts = VARIANTS[name]
        keep = ~np.isin(kind, left)
        scores[name] = held_out(x[keep], y[keep], fold[keep], test_x, test_fold, parts, **OPTIONS)
    return scores


def main(features, out):
    x, meta = taught = rows(features, "pic_train")
    test_x, test = rows(features, "pic_test")
    y, fold, kind, source = (np.array([m[k] for m in meta]) for k in ("y", "fold", "kind", "source"))
    test_fold = np.array([m["fold"] for m in test])
    scores = variant_scores(taught, VARIANTS, test_x, test_fold)
    free = np.isin(source, ["real/congress", "fake/t2i_sfhq", "fake/stylegan2_sfhq"]) & (kind != "redrawn")
    scores["permissive"] = held_out(x[free], y[free], fold[free], test_x, test_fold, TWO, **OPTIONS)
    looks = np.array([m["trivial"] for m in test], float)
    label = np.array([m["label"] == "fake" for m in test])
    clean = np.array([m["condition"] == "clean" for m in test])
    scores["trivial"] = held_out(looks[clean], label[clean], test_fold[clean], looks, test_fold, EACH, trees=60, leaves=8)

    groups = {}
    for i, m in enumerate(test):
        groups.setdefault((m["id"], m["condition"]), []).append(i)
    records = [dict({k: test[g[0]][k] for k in ("id", "source", "repo", "method", "label", "fold", "condition")}, patches=len(g),
                    **{"scores": {k: round(trimmed(v[g]), 4) for k, v in scores.items()}}) for g in groups.values()]
    mean, sd = moments([r["scores"]["shipped"] for r in records if r["source"] == s and r["condition"] == "clean"] for s in REALS)
    for v in scores:
        middle, spread = (mean, sd) if v == "shipped" else moments([r["scores"][v] for r in records if r["source"] == s and r["condition"] == "clean"] for s in REALS)
        for r in records:
            r["scores"][v] = round((r["scores"][v] - middle) / spread, 4)
    json.dump(dict(features=x.shape[1], heads=[written(fit(x, y, **OPTIONS), mean, sd)]), open(f"{out}/image_trees.json", "w"))
    json.dump(dict(scale=dict(mean=mean, sd=sd, rows=len(x)), records=records), open(f"{out}/image_scores.json", "w"))
    print("scored", len(records), "pictures; trained on", len(x), "patches")


if __name__ == "__main__":
    main(*sys.argv[1:3])
