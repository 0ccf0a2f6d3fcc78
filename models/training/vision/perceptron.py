"""Perceptrons in place of the boosted trees of synthetic-face, and the mean of both: measured, not shipped (its card says why).

`perceptron.py train FEATURES OUT` fits the variants that are compared; `perceptron.py compare FEATURES OUT EVALUATION.json` prints them beside
the committed scores. FEATURES holds what run.sh leaves there, with more draws: forged* of forge.py CROPS 7000 with the seeds 1, 3, 4, 5, 6, of
forge.py CROPS 1500 2 enhanced and CROPS 6000 13 enhanced, and gen* of generated.py CROPS 7500 with the seeds 1 to 6.

Values are brought to the median and the spread of their quartiles among the rows fitted on, and held within LIMIT: nothing far outside what was
seen weighs more than the furthest seen. Rows are mixed two by two in shares drawn alike (mixup; Zhang et al., ICLR 2018)."""
import json
import os
import pickle
import sys
from typing import NamedTuple

import numpy as np
import torch
from torch import nn

from crops import FOLDS
from faces import EACH, GENERATORS, KEPT_BACK, REALS, THREE, Rows, generated_columns, mixed, strict_name
from measure import BOOTSTRAPS, auc, within
from report_faces import Files

LIMIT = 4.
BATCH = 512
RATE, DECAY = 2e-3, .02
# Share of the inputs and of the hidden values that a step leaves out.
DROP_INPUT, DROP = .2, .4
SECOND = 64  # hidden values of the second layer
QUARTILES_OF_NORMAL = 1.349  # between the quartiles of a normal distribution, in standard deviations
SWAP = dict(width=384, epochs=16)
GENERATED = dict(width=192, epochs=40)
# A DFDC face counts as often as this many forged ones: there are few, and each in one look.
DFDC_LOOKS = 4
# Pairs that the settings were chosen on.
CHOSEN_ON = {("stylegan2", "real/lfw"), ("stylegan2", "real/dfdc")}


class Perceptron(NamedTuple):
    """Columns that are looked at, middle and spread of each, and of each of three layers weight [out, in] and bias [out]."""
    columns: np.ndarray
    middle: np.ndarray
    spread: np.ndarray
    layers: list


def margin(model, x, block=20000):
    """Log odds [n] of rows x [n, values] before any calibration."""
    return np.concatenate([_margin(model, x[i:i + block]) for i in range(0, len(x), block)])


def _margin(model, x):
    *inner, (last, bias) = model.layers
    h = scaled(x[:, model.columns], model.middle, model.spread)
    for weight, shift in inner:
        h = np.maximum(h @ weight.T + shift, 0)
    return (h @ last.T + bias)[:, 0]


def scaled(x, middle, spread):
    return np.clip((x - middle) / spread, -LIMIT, LIMIT)


def fit(x, y, width, epochs, columns=None, seed=0):
    """A perceptron that tells rows x [n, values] of class 1 from those of class 0."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    columns = np.arange(x.shape[1]) if columns is None else np.asarray(columns)
    part = x[:, columns]
    middle = np.median(part, 0).astype(np.float32)
    spread = (np.subtract(*np.percentile(part, [75, 25], axis=0)) / QUARTILES_OF_NORMAL + 1e-6).astype(np.float32)
    rows, target = torch.from_numpy(scaled(part, middle, spread)), torch.tensor(np.asarray(y), dtype=torch.float32)
    net = nn.Sequential(nn.Dropout(DROP_INPUT), nn.Linear(len(columns), width), nn.BatchNorm1d(width), nn.ReLU(), nn.Dropout(DROP),
                        nn.Linear(width, SECOND), nn.ReLU(), nn.Dropout(DROP), nn.Linear(SECOND, 1))
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    steps, step = epochs * (len(rows) // BATCH), 0
    for _ in range(epochs):
        order = torch.randperm(len(rows))
        for i in range(0, len(rows) - BATCH + 1, BATCH):
            for group in optimiser.param_groups:
                group["lr"] = RATE / 2 * (1 + np.cos(np.pi * step / steps))
            batch, share = order[i:i + BATCH], float(rng.random())
            other = batch[torch.randperm(BATCH)]
            out = net(share * rows[batch] + (1 - share) * rows[other])[:, 0]
            loss = nn.functional.binary_cross_entropy_with_logits(out, share * target[batch] + (1 - share) * target[other])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            step += 1
    return Perceptron(columns, middle, spread, folded(net.eval()))


def folded(net):
    """Layers of the fitted network, its batch norm taken into the first."""
    first, norm, second, third = net[1], net[2], net[5], net[8]
    gain = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    layers = [(first.weight * gain[:, None], (first.bias - norm.running_mean) * gain + norm.bias), (second.weight, second.bias), (third.weight, third.bias)]
    return [(weight.detach().numpy(), bias.detach().numpy()) for weight, bias in layers]


def train(features, out):
    """Keeps the score of every clean face by each variant, from networks that were taught nothing of its fold or, where strict, of its source."""
    clean = Rows(features, "clean*")
    at = f"{out}/perceptrons.pickle"
    scores = pickle.load(open(at, "rb")) if os.path.exists(at) else {}
    for name, fitted in {**swap_variants(Rows(features, "forged*"), clean), **generated_variants(features)}.items():
        if name not in scores:
            scores[name] = np.full(len(clean), np.nan)
            for part, model in fitted():
                asked = np.isin(clean["fold"], part)
                scores[name][asked] = margin(model, clean.x[asked])
            pickle.dump(scores, open(at, "wb"))
            print(name, flush=True)


def swap_variants(forged, clean):
    y, fold = forged["y"], forged["fold"]
    dfdc = np.repeat(np.flatnonzero(np.isin(clean["source"], ["real/dfdc", "fake/dfdc"])), DFDC_LOOKS)
    all_y, all_fold = np.r_[y, clean["source"][dfdc] == "fake/dfdc"], np.r_[fold, clean["fold"][dfdc]]
    without = lambda x, y, fold, parts: [(part, fit(x[~np.isin(fold, part)], y[~np.isin(fold, part)], **SWAP)) for part in parts]
    return {"self-blended": lambda: without(forged.x, y, fold, EACH),
            "with-dfdc-fakes": lambda: without(np.concatenate([forged.x, clean.x[dfdc]]), all_y, all_fold, THREE)}


def generated_variants(features):
    made, columns = Rows(features, "gen*"), generated_columns(json.load(open(f"{features}/names.json")))
    y, fold, source = (made[k] for k in ("y", "fold", "source"))

    def fitted(view, generator, real):
        keep = (source != GENERATORS[generator]) & (source != real) & (fold != KEPT_BACK)
        return [(list(range(FOLDS)), fit(made.x[keep], y[keep], columns=columns[view], **GENERATED))]

    return {f"{view}:{strict_name(g, r)}": lambda view=view, g=g, r=r: fitted(view, g, r) for view in columns for g in GENERATORS for r in REALS}


def compare(features, out, evaluation):
    """Prints the perceptrons and the mean of both beside the committed scores of the trees, on clean files that both scored."""
    scores, clean = pickle.load(open(f"{out}/perceptrons.pickle", "rb")), Rows(features, "clean*")
    source, fold = clean["source"], clean["fold"]
    known = {r: source == r for r in REALS}
    swap = {k: mixed(scores, [k], list(known.values()))[0] for k in ("self-blended", "with-dfdc-fakes")}
    swap["shipped"] = mixed(scores, list(swap), list(known.values()))[0]
    generated = {strict_name(g, r): mixed(scores, [f"{view}:{strict_name(g, r)}" for view in ("every-value", "relative")],
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
