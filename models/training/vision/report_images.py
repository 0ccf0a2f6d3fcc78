"""Redraws the tables of models/synthetic-image: `report_images.py SCORES.json TREES.json MODEL_FOLDER`."""
import json
import re
import sys

import numpy as np
from scipy.stats import beta

from crops import CONDITIONS
from images import REALS, VARIANTS as HELD_OUT
from measure import auc, interval
from report_faces import parity, weighted

FAKES = ("fake/t2i_sfhq", "fake/stylegan2_sfhq", "modern/generated")
VARIANTS = (*HELD_OUT, "permissive", "trivial")


def scores(records, source, variant, condition):
    return np.array([r["scores"][variant] for r in records if r["source"] == source and r["condition"] == condition])


def evaluate(records):
    by_source, by_condition, alarms = [], [], []
    for v in VARIANTS:
        for fake in FAKES:
            for real in REALS:
                f, r = scores(records, fake, v, "clean"), scores(records, real, v, "clean")
                by_source.append(dict(variant=v, generator=fake, real=real, fakes=len(f), reals=len(r), auc=round(auc(f, r), 3), interval=interval(f, r)))
    for c in CONDITIONS:
        for fake, v in (("fake/t2i_sfhq", "without-t2i"), ("fake/stylegan2_sfhq", "without-stylegan2"), ("modern/generated", "shipped")):
            for real in REALS:
                f, r = scores(records, fake, v, c), scores(records, real, v, c)
                if len(f) and len(r):
                    by_condition.append(dict(condition=c, variant=v, generator=fake, real=real, fakes=len(f), reals=len(r), auc=round(auc(f, r), 3), interval=interval(f, r)))
    parts = {s: scores(records, s, "shipped", "clean") for s in REALS}
    grid = np.unique(np.concatenate(list(parts.values())))
    share = np.mean([1 - np.searchsorted(np.sort(p), grid, "right") / len(p) for p in parts.values()], 0)
    for rate in (.01, .05):
        threshold = float(grid[np.argmax(share <= rate)])
        for s in REALS + FAKES:
            p = scores(records, s, "shipped", "clean")
            k = int((p > threshold).sum())
            row = dict(rate=rate, threshold=round(threshold, 3), source=s, above=k, of=len(p))
            if s in REALS:
                row["upper95"] = round(float(beta.ppf(.975, k + 1, len(p) - k)) if k < len(p) else 1., 4)
            alarms.append(row)
    return dict(schema=1, bySource=by_source, byCondition=by_condition, alarms=alarms)


# Fakes are calibrated by the score of the model that never saw their generator.
UNSEEN = {"fake/t2i_sfhq": "without-t2i", "fake/stylegan2_sfhq": "without-stylegan2", "modern/generated": "shipped"}


def calibrate(records):
    """Cross-fitted by fold, sources of a class weighted alike."""
    rows = [r for r in records if r["condition"] == "clean" and (r["source"] in REALS or r["source"] in FAKES)]
    s, y = np.array([r["scores"][UNSEEN.get(r["source"], "shipped")] for r in rows]), np.array([r["label"] == "fake" for r in rows])
    source, fold = np.array([r["source"] for r in rows]), np.array([r["fold"] for r in rows])
    w = np.zeros(len(rows))
    for group in (FAKES, REALS):
        for g in group:
            w[source == g] = 1 / (source == g).sum() / len(group)
    llr = np.zeros(len(rows))
    for f in np.unique(fold):
        a, b = weighted(s[fold != f], y[fold != f], w[fold != f])
        llr[fold == f] = a * s[fold == f] + b
    a, b = weighted(s, y, w)
    counts = {g: int((source == g).sum()) for g in FAKES + REALS}
    cap = round(float(np.log(min(counts.values()) / 3)), 2)
    llr = np.clip(llr, -cap, cap)
    half = {g: round(float(np.mean(np.log2(1 + np.exp(-llr[source == g] if g in FAKES else llr[source == g])))), 3) for g in FAKES + REALS}
    cost = round(float(np.mean([half[g] for g in FAKES]) / 2 + np.mean([half[g] for g in REALS]) / 2), 3)
    return dict(schema=1, model="synthetic-image", usable=cost < .95, usableReason="Cllr of 1 says nothing: above .95 no likelihood ratio should be drawn from this score", unit="natural logarithm of a likelihood ratio",
                method="logistic, cross-fitted by file, sources of a class weighted alike; fakes scored by models that never saw their generator",
                slope=round(a, 4), offset=round(b, 4), cap=cap, cllrHalf=half, counts=counts,
                cllr=cost,
                domain=dict(minSidePx=128, maxSidePx=512, content="portraits and faces; pictures without a face were never tested"))


def tables(e):
    pair = lambda d: f"{d['auc']:.3f} [{d['interval'][0]:.2f}, {d['interval'][1]:.2f}]"
    lines = ["### Clean, AUC by generator and real source, by models that never saw the file, person or repository", "",
             "| variant | generator (n) | " + " | ".join(REALS) + " |", "|---|---|" + "---|" * len(REALS)]
    seen, counts = {}, {}
    for d in e["bySource"]:
        seen.setdefault((d["variant"], d["generator"], d["fakes"]), []).append(pair(d))
        counts[d["real"]] = d["reals"]
    lines += [f"| {v} | {g} ({n}) | " + " | ".join(cells) + " |" for (v, g, n), cells in seen.items()]
    lines += ["", "Reals: " + ", ".join(f"{s} {n}" for s, n in counts.items()) + ".", "", "### Under conditions, generator unseen in training", "",
              "| condition | generator, variant | " + " | ".join(REALS) + " |", "|---|---|" + "---|" * len(REALS)]
    seen = {}
    for d in e["byCondition"]:
        seen.setdefault((d["condition"], f"{d['generator']}, {d['variant']}"), {})[d["real"]] = pair(d)
    lines += [f"| {c} | {g} | " + " | ".join(cells.get(r, "-") for r in REALS) + " |" for (c, g), cells in seen.items()]
    lines += ["", "### Pictures above the thresholds that 1 % and 5 % of all reals exceed (sources weighted alike, clean)", "", "| rate | threshold | source | above | of | 95 % upper bound |", "|---|---|---|---|---|---|"]
    lines += [f"| {a['rate']:.2f} | {a['threshold']} | {a['source']} | {a['above']} | {a['of']} | {a.get('upper95', '')} |" for a in e["alarms"]]
    return "\n".join(lines)


def main(path, trees, folder):
    data = json.load(open(path))
    records = data["records"]
    e = dict(evaluate(records), scale=data["scale"])
    print(tables(e))
    e["files"] = [dict(id=r["id"], source=r["source"], repo=r["repo"], condition=r["condition"], fold=r["fold"], synthetic=r["label"] == "fake", patches=r["patches"],
                       score=round(r["scores"]["shipped"], 3)) for r in records]
    json.dump(e, open(f"{folder}/evaluation.json", "w"), separators=(",", ":"))
    calibration = calibrate(records)
    json.dump(calibration, open(f"{folder}/calibration.json", "w"), indent=2)
    print({k: calibration[k] for k in ("slope", "offset", "cap", "cllr")})
    json.dump(parity(json.load(open(trees))), open(f"{folder}/parity.json", "w"), indent=2)
    card = open(f"{folder}/card.md").read()
    card = re.sub(r"(<!-- figures -->\n).*?(<!-- end of figures -->)", lambda m: m.group(1) + tables(e) + "\n" + m.group(2), card, flags=re.S)
    open(f"{folder}/card.md", "w").write(card)


if __name__ == "__main__":
    main(*sys.argv[1:4])
