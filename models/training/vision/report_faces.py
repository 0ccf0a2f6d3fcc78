"""Redraws the tables of models/synthetic-face from the out-of-fold scores: `report_faces.py SCORES.json HEADS.json MODEL_FOLDER`.

Writes evaluation.json (scores by file and the tables), calibration.json, parity.json and the figures between the markers of card.md."""
import json
import re
import sys

import numpy as np
from scipy.stats import beta

import perceptron
from crops import FACE_CONDITIONS, FOLDS
from faces import GENERATORS, REALS, SHIPS, strict_name, strict_variants
from measure import auc, cost_llr, detection, equal_error, interval, logistic, within, within_interval

TRIM = .25
RATES = (.01, .05)
# Conditions of genuine faces that are no re-encoding; `upscaled` is a condition of genuine files alone and enters no calibration.
RETOUCHED = ("beauty", "upscaled")
SHORT = " / ".join(r.split("/")[1].replace("real", "modern") for r in REALS)


class Files:
    """One row a file: scores of its frames brought together as the product does."""

    def __init__(self, records):
        groups = {}
        for r in records:
            groups.setdefault((r["id"], r["condition"]), []).append(r)
        self.rows = [dict(g[0], frames=len(g), **{h: {k: trimmed([r[h][k] for r in g if k in r[h]]) for k in g[0][h]} for h in ("swap", "generated", "trivial")})
                     for g in groups.values()]
        for r in self.rows:
            r["generated"]["strict"] = float(np.mean([r["generated"][v] for v in strict_variants(r["source"])]))

    def pick(self, sources, condition="clean"):
        return [r for r in self.rows if r["source"] in sources and r["condition"] == condition]


def trimmed(values):
    v = sorted(values)
    cut = int(len(v) * TRIM)
    return float(np.mean(v[cut:len(v) - cut]))


def column(rows, head, variant):
    return np.array([r[head].get(variant, np.nan) for r in rows])


def names(rows, key):
    return np.array([r[key] for r in rows])


def dfdc(files, head, variant, condition="clean"):
    fakes, reals = files.pick(["fake/dfdc"], condition), files.pick(["real/dfdc"], condition)
    f, r = column(fakes, head, variant), column(reals, head, variant)
    rows = fakes + reals
    people, fake = names(rows, "person"), np.arange(len(rows)) < len(fakes)
    inner, actors = within(np.r_[f, r], fake, people)
    return dict(fakes=len(f), reals=len(r), auc=round(auc(f, r), 3), interval=interval(f, r, names(fakes, "person"), names(reals, "person")),
                within=round(inner, 3), withinInterval=within_interval(np.r_[f, r], fake, people), actors=actors,
                eer=round(equal_error(f, r), 3), at1=round(detection(f, r, .01), 3), at5=round(detection(f, r, .05), 3))


def modern(files, head, variant, kind="modern/swap", condition="clean"):
    fakes, reals = files.pick([kind], condition), files.pick(["modern/real"], condition)
    f, r = column(fakes, head, variant), column(reals, head, variant)
    rows = fakes + reals
    repos, fake = names(rows, "repo"), np.arange(len(rows)) < len(fakes)
    own, used = within(np.r_[f, r], fake, repos)
    inside = sum(1 for x in fakes if x["repo"] in {y["repo"] for y in reals})
    return dict(fakes=len(f), reals=len(r), auc=round(auc(f, r), 3), interval=interval(f, r, names(fakes, "repo"), names(reals, "repo")),
                own=round(own, 3), ownInterval=within_interval(np.r_[f, r], fake, repos), repositories=used, ownFakes=inside,
                at1=round(detection(f, r, .01), 3), at5=round(detection(f, r, .05), 3))


def alarms(files, head):
    """False alarms of each real source at thresholds that a stated share of all reals, each source weighing the same, exceeds."""
    out = []
    parts = {s: column(files.pick([s]), head, "shipped") for s in REALS}
    grid = np.unique(np.concatenate(list(parts.values())))
    share = np.mean([1 - np.searchsorted(np.sort(p), grid, "right") / len(p) for p in parts.values()], 0)
    for rate in RATES:
        threshold = float(grid[np.argmax(share <= rate)])
        for s, p in parts.items():
            k = int((p > threshold).sum())
            out.append(dict(head=head, rate=rate, threshold=round(threshold, 3), source=s, alarms=k, of=len(p),
                            upper95=round(float(beta.ppf(.975, k + 1, len(p) - k)) if k < len(p) else 1., 4)))
        for s in ("fake/dfdc", "modern/swap", "modern/talking", "fake/t2i_sfhq", "fake/stylegan2_sfhq", "modern/generated"):
            p = column(files.pick([s]), head, "shipped")
            out.append(dict(head=head, rate=rate, threshold=round(threshold, 3), source=s, alarms=int((p > threshold).sum()), of=len(p)))
    return out


def retouched(files):
    """Files above the threshold that 5 % of clean genuine files exceed, sources weighted alike, as they were and after a beauty filter or a network.
    Of the generated head the scores of models that knew neither generator nor genuine source."""
    out = []
    for head, variant in (("swap", "shipped"), ("generated", "strict")):
        parts = [column(files.pick([s]), head, variant) for s in REALS]
        grid = np.unique(np.concatenate(parts))
        share = np.mean([1 - np.searchsorted(np.sort(p), grid, "right") / len(p) for p in parts], 0)
        threshold = float(grid[np.argmax(share <= RATES[-1])])
        for condition in RETOUCHED:
            for source in (*REALS, "fake/dfdc", "modern/swap", *GENERATORS.values(), "modern/generated"):
                after = {r["id"]: r for r in files.pick([source], condition)}
                before = [r for r in files.pick([source]) if r["id"] in after]
                if not before:
                    continue
                clean, seen = column(before, head, variant), column([after[r["id"]] for r in before], head, variant)
                out.append(dict(head=head, condition=condition, threshold=round(threshold, 3), source=source, of=len(before),
                                before=int((clean > threshold).sum()), above=int((seen > threshold).sum()), shift=round(float((seen - clean).mean()), 3)))
    return out


def calibrate(files, head, fakes, reals, genuine="shipped"):
    """Cross-fitted by fold; each source of a class weighs the same. `fakes` names for each source of fakes the variant that never saw that source,
    `genuine` the variant for the others: what is calibrated is the answer to methods, and where there are such variants to cameras, unknown to the model."""
    rows = files.pick(list(fakes) + reals)
    source, fold, y = names(rows, "source"), names(rows, "fold"), np.isin(names(rows, "source"), list(fakes))
    s = np.array([r[head][fakes.get(r["source"], genuine)] for r in rows])
    weight = np.zeros(len(rows))
    for group in (list(fakes), reals):
        for g in group:
            weight[source == g] = 1 / (source == g).sum() / len(group)
    llr = np.zeros(len(rows))
    for f in range(FOLDS):
        a, b = weighted(s[fold != f], y[fold != f], weight[fold != f])
        llr[fold == f] = a * s[fold == f] + b
    a, b = weighted(s, y, weight)
    smallest = min((source == g).sum() for g in list(fakes) + reals)
    cap = round(float(np.log(smallest / 3)), 2)
    llr = np.clip(llr, -cap, cap)
    each = lambda group: {g: dict(files=int((source == g).sum()), cllr=round(cost_half(llr[source == g], g in fakes), 3)) for g in group}
    balanced = np.mean([v["cllr"] for v in each(fakes).values()]) / 2 + np.mean([v["cllr"] for v in each(reals).values()]) / 2
    return dict(method="logistic, cross-fitted by person and repository, sources of a class weighted alike; fakes scored by models that never saw their source",
                slope=round(a, 4), offset=round(b, 4), cap=cap, capReason=f"natural logarithm of a third of the smallest source ({smallest} files)",
                cllr=round(float(balanced), 3), synthetic=each(fakes), genuine=each(reals), variants=fakes)


def cost_half(llr, fake):
    return float(np.mean(np.log2(1 + np.exp(-llr if fake else llr))))


def weighted(s, y, w):
    from sklearn.linear_model import LogisticRegression
    model = LogisticRegression(C=1e3).fit(s[:, None], y, sample_weight=w * len(w))
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def generated(files):
    """AUC of each generator against each genuine source, by every variant that scored both."""
    out = []

    def add(name, head, variant, fake, real):
        f, r = column(files.pick([fake]), head, variant), column(files.pick([real]), head, variant)
        if np.isfinite(f).all() and np.isfinite(r).all():
            out.append(dict(variant=name, generator=fake, real=real, fakes=len(f), reals=len(r), auc=round(auc(f, r), 3), interval=interval(f, r)))

    for fake in (*GENERATORS.values(), "modern/generated", "modern/talking"):
        for real in REALS:
            for name, source in GENERATORS.items():
                if fake == source:
                    add("both unseen", "generated", strict_name(name, real), fake, real)
            if fake not in GENERATORS.values() and real == "modern/real":
                add("both unseen", "generated", "strict", fake, real)
    for variant in ("shipped", "without-t2i", "without-stylegan2", "permissive", "trivial-generated"):
        for fake in (*GENERATORS.values(), "modern/generated", "modern/talking"):
            for real in REALS:
                add(variant, "trivial" if variant.startswith("trivial") else "generated", variant, fake, real)
    return out


def conditions(files):
    out = []
    for c in FACE_CONDITIONS:
        row = dict(condition=c)
        if files.pick(["fake/dfdc"], c):
            row["dfdc"] = dfdc(files, "swap", "self-blended", c)
            row["dfdcShipped"] = dfdc(files, "swap", "shipped", c)
        if files.pick(["modern/swap"], c):
            row["modern"] = modern(files, "swap", "shipped", condition=c)
        for name, fake in GENERATORS.items():
            for real in REALS:
                variant = strict_name(name, real)
                f, r = column(files.pick([fake], c), "generated", variant), column(files.pick([real], c), "generated", variant)
                if len(f) and len(r):
                    row[f"{name}:{real}"] = dict(fakes=len(f), reals=len(r), auc=round(auc(f, r), 3), interval=interval(f, r))
        out.append(row)
    return out


def pair(d, a="auc", i="interval"):
    return f"{d[a]:.3f} [{d[i][0]:.2f}, {d[i][1]:.2f}]"


def tables(e):
    lines = ["### Swap head, clean, models that never saw the tested person or repository", "",
             "| variant | DFDC pooled | DFDC within actor | found at 1 % / 5 % | modern swaps pooled | modern swaps, own source |", "|---|---|---|---|---|---|"]
    for v, r in e["swap"].items():
        d, m = r["dfdc"], r["modern"]
        known = lambda x, *k: pair(x, *k) if x else "-"
        lines.append(f"| {v} | {known(d)} | {known(d, 'within', 'withinInterval')} | {d['at1']:.3f} / {d['at5']:.3f} | {known(m)} | {known(m, 'own', 'ownInterval')} |"
                     if d else f"| {v} | - | - | - | {known(m)} | {known(m, 'own', 'ownInterval')} |")
    d, m, t = e["swap"]["shipped"]["dfdc"], e["swap"]["shipped"]["modern"], e["talking"]
    lines += ["", f"DFDC: {d['fakes']} fakes, {d['reals']} reals, {d['actors']} actors with both; intervals by actor. Modern: {m['fakes']} swaps, {m['reals']} reals, own source {m['ownFakes']} swaps in "
              f"{m['repositories']} repositories; intervals by repository. Talking heads under the same head: pooled {pair(t)}, own source {t['own']:.3f} ({t['ownFakes']} fakes, {t['repositories']} repositories): no opinion is held of them.", "",
              "### Under conditions (part of the files)", "",
              "| condition | DFDC n | pooled, self-blended alone | within, self-blended alone / shipped | modern n | pooled, shipped | own source | T2I, both unseen, " + SHORT + " | StyleGAN2, both unseen, " + SHORT + " |", "|---|---|---|---|---|---|---|---|---|"]
    for c in e["conditions"]:
        d, m = c.get("dfdc"), c.get("modern")
        cell = lambda v: " / ".join(f"{c[f'{v}:{s}']['auc']:.3f}" if f"{v}:{s}" in c else "-" for s in REALS)
        lines.append(f"| {c['condition']} | " + (f"{d['fakes']}/{d['reals']} | {pair(d)} | {d['within']:.3f} / {c['dfdcShipped']['within']:.3f}" if d else "- | - | -") + " | " +
                     (f"{m['fakes']}/{m['reals']} | {pair(m)} | {m['own']:.3f}" if m else "- | - | -") + f" | {cell('t2i')} | {cell('stylegan2')} |")
    lines += ["", "### Generated head, clean, AUC by generator and real source", "", "| variant | generator (n) | " + " | ".join(REALS) + " |", "|---|---|" + "---|" * len(REALS)]
    seen = {}
    for g in e["generated"]:
        seen.setdefault((g["variant"], g["generator"], g["fakes"]), {})[g["real"]] = pair(g)
    for (v, g, n), cells in seen.items():
        lines.append(f"| {v} | {g} ({n}) | " + " | ".join(cells.get(s, "-") for s in REALS) + " |")
    g = e["modernGenerated"]
    lines += ["", f"Modern generated portraits against the reals of their own repository: {g['own']:.3f} ({g['ownFakes']} fakes, {g['repositories']} repository)."]
    lines += ["", "### Files above the thresholds that 1 % and 5 % of all reals exceed (sources weighted alike, clean, out of fold)", "",
              "| head | rate | threshold | source | above | of | 95 % upper bound |", "|---|---|---|---|---|---|---|"]
    lines += [f"| {a['head']} | {a['rate']:.2f} | {a['threshold']} | {a['source']} | {a['alarms']} | {a['of']} | {a.get('upper95', '')} |" for a in e["alarms"]]
    lines += ["", "### Files above the threshold that 5 % of clean genuine files exceed, before and after a beauty filter and a network that enhances (same files, out of fold; generated head: both unseen)", "",
              "| head | condition | source | files | above as they were | above after | mean shift in standard deviations |", "|---|---|---|---|---|---|---|"]
    lines += [f"| {r['head']} | {r['condition']} | {r['source']} | {r['of']} | {r['before']} | {r['above']} | {r['shift']:+.2f} |" for r in e["retouched"]]
    return "\n".join(lines)


def parity(written, rows=6):
    """Inputs that anyone can compute again, and what these heads give: no feature of a real face is published."""
    count = written["features"]
    x = np.array([[1.5 * np.sin(.37 * (j + 1) * (i + 1)) for j in range(count)] for i in range(rows)]).astype(np.float32)
    outputs = []
    for row in x:
        learned = lambda head: sum(perceptron.margin(perceptron.read(p), row[None])[0] for p in head.get("perceptrons", []))
        outputs.append([round(float(head["base"] + sum(walk(t, row) for t in head["trees"]) + learned(head)), 6) for head in written["heads"]])
    return dict(input="features[i][j] = float32(1.5 * sin(0.37 * (j + 1) * (i + 1)))", rows=rows, features=count, output="scores", expected=outputs, tolerance=1e-4)


def walk(nodes, row):
    at = nodes[0]
    while "value" not in at:
        at = nodes[at["left"] if row[at["feature"]] <= at["at_most"] else at["right"]]
    return at["value"]


def compact(rows):
    """Held-out scores by file in columns. `generatedUnseen` is the mean score of the models that saw neither
    the file's generator nor its genuine source, and for a genuine file left out one generator each."""
    lists = {k: sorted({r[k] for r in rows}) for k in ("source", "repo", "condition")}
    at = {k: {v: i for i, v in enumerate(values)} for k, values in lists.items()}
    value = lambda r, v: round(r["generated"][v], 3)
    return dict(sources=lists["source"], repositories=lists["repo"], conditions=lists["condition"],
                columns=["id", "source", "repository", "group", "condition", "fold", "synthetic", "frames", "swap", "swapSelfBlended", "generated", "generatedUnseen"],
                rows=[[r["id"], at["source"][r["source"]], at["repo"][r["repo"]], r["person"][:8], at["condition"][r["condition"]], r["fold"], int(r["label"] == "fake"), r["frames"],
                       round(r["swap"]["shipped"], 3), round(r["swap"]["self-blended"], 3), value(r, "shipped"), value(r, "strict")] for r in rows])


def main(path, heads, folder):
    data = json.load(open(path))
    files = Files(data["records"])
    variants = ("shipped", "self-blended", "no-dfdc-at-all", "with-dfdc-fakes", "permissive")
    swap = {v: dict(dfdc=dfdc(files, "swap", v), modern=None if v == "no-dfdc-at-all" else modern(files, "swap", v)) for v in variants}
    swap["trivial"] = dict(dfdc=dfdc(files, "trivial", "trivial-dfdc"), modern=modern(files, "trivial", "trivial-modern"))
    e = dict(schema=1, ships=SHIPS, noFaceFound=data["missed"], swap=swap, talking=modern(files, "swap", "shipped", "modern/talking"), modernGenerated=modern(files, "generated", "strict", "modern/generated"),
             conditions=conditions(files), generated=generated(files), alarms=alarms(files, "swap") + alarms(files, "generated"), retouched=retouched(files))
    print(tables(e))
    # Swap scores of genuine files that a network enhanced: how often they come to limited support stands beside every figure for a swap.
    e["enhanced"] = [round(r["swap"]["shipped"], 3) for r in files.pick(REALS, "upscaled")]
    e["files"] = compact([r for r in files.rows if r["condition"] in FACE_CONDITIONS])
    json.dump(e, open(f"{folder}/evaluation.json", "w"), separators=(",", ":"))
    domain = dict(minFacePx=48, minSharpness=15, formats=["still", "video frame"], longestSideOfFaceMeasuredPx=320)
    calibration = dict(schema=1, model="synthetic-face", unit="natural logarithm of a likelihood ratio", domain=domain, heads=dict(
        swap=calibrate(files, "swap", {"fake/dfdc": "self-blended", "modern/swap": "shipped"}, list(REALS)),
        generated=calibrate(files, "generated", {s: "strict" for s in (*GENERATORS.values(), "modern/generated")}, list(REALS), "strict")))
    json.dump(calibration, open(f"{folder}/calibration.json", "w"), indent=2)
    json.dump(parity(json.load(open(heads))), open(f"{folder}/parity.json", "w"), indent=2)
    print(json.dumps({h: {k: c[k] for k in ("slope", "offset", "cap", "cllr")} for h, c in calibration["heads"].items()}))
    card = open(f"{folder}/card.md").read()
    card = re.sub(r"(<!-- figures -->\n).*?(<!-- end of figures -->)", lambda m: m.group(1) + tables(e) + "\n" + m.group(2), card, flags=re.S)
    open(f"{folder}/card.md", "w").write(card)


if __name__ == "__main__":
    main(*sys.argv[1:4])
