"""Perceptrons beside or in place of the boosted trees of synthetic-face: the comparison after which the generated head took them in and the swap
head did not (its card says why).

`compare_perceptrons.py train FEATURES OUT` fits those of the swap head; `compare_perceptrons.py compare FEATURES OUT EVALUATION.json` prints both
heads' beside the scores of the trees alone, version 1.2.0 (in the history of models/synthetic-face/evaluation.json). OUT holds what
`faces.py train … generated` fitted; FEATURES is a copy of what run.sh makes, with more draws: forged* of forge.py CROPS 7000 with the seeds 3, 4, 5,
6, and of forge.py CROPS 6000 13 enhanced."""
import json
import pickle
import sys

import numpy as np

import perceptron
from faces import EACH, GENERATORS, KEPT_BACK, REALS, THREE, Rows, held_out, kept, mixed, out_of_fold, strict_name
from measure import BOOTSTRAPS, auc, within
from report_faces import Files

SWAP = dict(width=384, epochs=16)
# A DFDC face counts as often as this many forged ones: there are few, and each in one look.
DFDC_LOOKS = 4
# Pairs that the settings were chosen on.
CHOSEN_ON = {("stylegan2", "real/lfw"), ("stylegan2", "real/dfdc")}


def train(features, out):
    """Keeps the scores of every clean face by both variants of the swap head, from networks that were taught nothing of its fold."""
    forged, clean = Rows(features, "forged*"), Rows(features, "clean*")
    y, fold = forged["y"], forged["fold"]
    dfdc = np.repeat(np.flatnonzero(np.isin(clean["source"], ["real/dfdc", "fake/dfdc"])), DFDC_LOOKS)
    x, x_y, x_fold = np.concatenate([forged.x, clean.x[dfdc]]), np.r_[y, clean["source"][dfdc] == "fake/dfdc"], np.r_[fold, clean["fold"][dfdc]]
    models = {"self-blended": held_out(perceptron, forged.x, y, fold, EACH, **SWAP), "with-dfdc-fakes": held_out(perceptron, x, x_y, x_fold, THREE, **SWAP)}
    pickle.dump({k: out_of_fold(v, clean.x, clean["fold"]) for k, v in models.items()}, open(f"{out}/swap-perceptrons.pickle", "wb"))


def compare(features, out, evaluation):
    """Prints the perceptrons and the mean of both beside the committed scores of the trees, on clean files that both scored."""
    scores, clean = pickle.load(open(f"{out}/swap-perceptrons.pickle", "rb")), Rows(features, "clean*")
    source, fold = clean["source"], clean["fold"]
    scores |= {k: out_of_fold(v, clean.x, fold) for k, v in kept(out, "generated").items() if k.startswith("perceptron")}
    known = {r: source == r for r in REALS}
    swap = {k: mixed(scores, [k], list(known.values()))[0] for k in ("self-blended", "with-dfdc-fakes")}
    swap["shipped"] = mixed(scores, list(swap), list(known.values()))[0]
    generated = {strict_name(g, r): mixed(scores, [f"perceptron-{view}:{strict_name(g, r)}" for view in ("every-value", "relative")],
                                          [at & (fold == KEPT_BACK) for s, at in known.items() if s != r])[0] for g in GENERATORS for r in REALS}
    records = [dict({k: m[k] for k in ("id", "source", "repo", "condition", "identity")}, trivial={}, swap={k: v[i] for k, v in swap.items()},
                    generated={k: v[i] for k, v in generated.items()}) for i, m in enumerate(clean.meta)]
    committed = json.load(open(evaluation))["files"]
    place = {name: i for i, name in enumerate(committed["columns"])}
    before = {row[place["id"]]: row for row in committed["rows"] if committed["conditions"][row[place["condition"]]] == "clean"}
    rows = [r for r in Files(records).rows if r["id"] in before]
    for r in rows:
        r["trees"] = {k: before[r["id"]][i] for k, i in place.items()}
    print(len(rows), "files")
    for what, fake, real, key, new, old in (("modern swaps, own source", "modern/swap", "modern/real", "repo", "shipped", "swap"),
                                            ("DFDC within actor, self-blended", "fake/dfdc", "real/dfdc", "identity", "self-blended", "swapSelfBlended"),
                                            ("DFDC within actor, both", "fake/dfdc", "real/dfdc", "identity", "shipped", "swap")):
        asked = [r for r in rows if r["source"] in (fake, real)]
        y, group = np.array([r["source"] == fake for r in asked]), np.array([r[key] for r in asked])
        both = np.array([[r["swap"][new], r["trees"][old]] for r in asked])
        told(what, both, lambda v, at: within(v[at], y[at], group[at])[0], [np.flatnonzero(group == g) for g in np.unique(group)])
    strict_scores = np.array([[r["generated"]["strict"], r["trees"]["generatedUnseen"]] for r in rows])
    place_of = {s: np.array([r["source"] == s for r in rows]) for s in (*GENERATORS.values(), *REALS, "modern/generated")}
    decided = [(s, r) for g, s in GENERATORS.items() for r in REALS if (g, r) not in CHOSEN_ON]
    people = np.array([r["identity"] for r in rows])
    owned = [np.flatnonzero(people == p) for p in np.unique(people)]
    pairs = lambda asked: lambda v, at: np.mean([auc(v[at][place_of[f][at]], v[at][place_of[r][at]]) for f, r in asked])
    told("generated, six pairs both unseen, by mean scores of the strict variants", strict_scores, pairs(decided), owned, 200)
    told("14 portraits", strict_scores, pairs([("modern/generated", "modern/real")]), None)


def told(what, scores, figure, groups, draws=BOOTSTRAPS):
    """Prints a figure of perceptrons, trees and the mean of both, and what either gains over the trees, with intervals drawn by group."""
    everyone, rng = np.arange(len(scores)), np.random.default_rng(0)
    sets = [scores[:, 0], scores[:, 1], scores.mean(1)]
    found = [figure(v, everyone) for v in sets]
    print(f"{what}: trees {found[1]:.3f}, perceptrons {found[0]:.3f}, mean of both {found[2]:.3f}")
    if groups is None:
        return
    drawn = []
    for _ in range(draws):
        at = np.concatenate([groups[k] for k in rng.integers(len(groups), size=len(groups))])
        values = [figure(v, at) for v in sets]
        drawn.append([values[0] - values[1], values[2] - values[1]])
    for name, v in zip(("perceptrons", "mean of both"), np.percentile(drawn, [2.5, 97.5], axis=0).T):
        print(f"  {name} less trees [{v[0]:+.3f}, {v[1]:+.3f}]")


if __name__ == "__main__":
    {"train": train, "compare": compare}[sys.argv[1]](*sys.argv[2:])
