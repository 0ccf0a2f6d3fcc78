"""What the network adds to the trees on people, methods and cameras that it never saw: `report_net.py NET_OUT EVALUATION.json OUT.json`.

NET_OUT holds scores.jsonl and scale.json (net.py); EVALUATION.json is models/synthetic-face/evaluation.json with the trees' out-of-fold scores. Compared are, file by
file, the trees without any DFDC fake (`self-blended`), the trees as shipped, the network, and the plain mean of network and trees; weights were fixed beforehand."""
import json
import os
import re
import sys

import numpy as np

from crops import CONDITIONS
from measure import BOOTSTRAPS, auc, detection, interval, within, within_interval
from report_faces import trimmed

REALS = ("real/dfdc", "real/lfw", "real/congress", "modern/real")
SCORES = ("selfBlended", "shipped", "network", "network+selfBlended", "network+shipped")
RATES = (.01, .05)


def files_of(net_out, evaluation):
    """One row a file and condition, with all scores."""
    scale = json.load(open(f"{net_out}/scale.json"))
    e = json.load(open(evaluation))["files"]
    at = {c: n for n, c in enumerate(e["columns"])}
    trees = {(r[at["id"]], e["conditions"][r[at["condition"]]]): r for r in e["rows"]}
    groups = {}
    for m in map(json.loads, open(f"{net_out}/scores.jsonl")):
        if m["part"] == "outer":
            groups.setdefault((m["id"], m["condition"]), []).append(m)
    out = []
    for key, rows in groups.items():
        t = trees.get(key)
        if t is None or t[at["swap"]] is None:
            continue
        m = rows[0]
        network = (trimmed([r["score"] for r in rows]) - scale["mean"]) / scale["sd"]
        shipped, blended = t[at["swap"]], t[at["swapSelfBlended"]]
        modern = m["source"].startswith("modern/")
        out.append(dict(id=m["id"], source=m["source"], condition=m["condition"], method=m["method"], repo=m["repo"], group=m["repo"] if modern else m["identity"],
                        **dict(zip(SCORES, (blended, shipped, network, (network + blended) / 2, (network + shipped) / 2)))))
    return out


class Test:
    """Fakes against reals, in groups (actor, repository)."""

    def __init__(self, rows, fakes, reals, condition):
        self.rows = [r for r in rows if r["condition"] == condition and r["source"] in (fakes, reals)]
        self.fake = np.array([r["source"] == fakes for r in self.rows])
        self.group = np.array([r["group"] for r in self.rows])

    def column(self, name):
        return np.array([r[name] for r in self.rows])

    def figures(self, name):
        s, f, g = self.column(name), self.fake, self.group
        inner, groups = within(s, f, g)
        return dict(auc=round(auc(s[f], s[~f]), 3), interval=interval(s[f], s[~f], g[f], g[~f]), within=round(inner, 3), withinInterval=within_interval(s, f, g), groups=groups,
                    at1=round(detection(s[f], s[~f], .01), 3), at5=round(detection(s[f], s[~f], .05), 3))

    def difference(self, a, b, seed=0):
        """Pooled and within-group AUC of a less that of b, with 95 % intervals over drawn groups."""
        sa, sb = self.column(a), self.column(b)
        rng, names = np.random.default_rng(seed), np.unique(self.group)
        at = {n: np.flatnonzero(self.group == n) for n in names}
        part = {n: self.pairs(at[n], sa, sb) for n in names}
        pooled, own = [], []
        for _ in range(BOOTSTRAPS):
            pick = names[rng.integers(0, len(names), len(names))]
            i = np.concatenate([at[n] for n in pick])
            f = self.fake[i]
            if f.any() and (~f).any():
                pooled.append(auc(sa[i][f], sa[i][~f]) - auc(sb[i][f], sb[i][~f]))
            p = np.array([part[n] for n in pick]).sum(0)
            if p[0]:
                own.append(p[1] / p[0])
        whole = np.array(list(part.values())).sum(0)
        f = self.fake
        percent = lambda v: [round(float(x), 3) for x in np.percentile(v, [2.5, 97.5])]
        return dict(pooled=round(auc(sa[f], sa[~f]) - auc(sb[f], sb[~f]), 3), interval=percent(pooled), within=round(float(whole[1] / whole[0]), 3), withinInterval=percent(own))

    def pairs(self, at, sa, sb):
        f, r = at[self.fake[at]], at[~self.fake[at]]
        n = len(f) * len(r)
        return (n, n * (auc(sa[f], sa[r]) - auc(sb[f], sb[r]))) if n else (0, 0.)


def alarms(rows, name):
    """Share of each genuine source above the thresholds that 1 % and 5 % of all, sources weighted alike, exceed; and of fakes."""
    clean = [r for r in rows if r["condition"] == "clean"]
    parts = {s: np.array([r[name] for r in clean if r["source"] == s]) for s in (*REALS, "fake/dfdc", "modern/swap", "modern/talking")}
    grid = np.unique(np.concatenate([parts[s] for s in REALS]))
    share = np.mean([1 - np.searchsorted(np.sort(parts[s]), grid, "right") / len(parts[s]) for s in REALS], 0)
    return [dict(rate=rate, threshold=round(float(grid[np.argmax(share <= rate)]), 3), above={s: [int((p > grid[np.argmax(share <= rate)]).sum()), len(p)] for s, p in parts.items()})
            for rate in RATES]


def main(net_out, evaluation, path):
    rows = files_of(net_out, evaluation)
    sets = {"dfdc": ("fake/dfdc", "real/dfdc"), "modern": ("modern/swap", "modern/real"), "talking": ("modern/talking", "modern/real")}
    out = dict(schema=1, counts={}, clean={}, conditions={}, alarms={name: alarms(rows, name) for name in SCORES}, methods={})
    for name, (fakes, reals) in sets.items():
        test = Test(rows, fakes, reals, "clean")
        out["counts"][name] = [int(test.fake.sum()), int((~test.fake).sum())]
        out["clean"][name] = dict(figures={s: test.figures(s) for s in SCORES}, differences={f"{a} - {b}": test.difference(a, b) for a, b in
                                  (("network", "selfBlended"), ("network+selfBlended", "selfBlended"), ("network+shipped", "shipped"))})
    for condition in CONDITIONS[1:]:
        for name in ("dfdc", "modern"):
            test = Test(rows, *sets[name], condition)
            if test.fake.any() and (~test.fake).any():
                out["conditions"].setdefault(name, {})[condition] = dict(n=[int(test.fake.sum()), int((~test.fake).sum())],
                    **{s: [round(auc(test.column(s)[test.fake], test.column(s)[~test.fake]), 3), round(within(test.column(s), test.fake, test.group)[0], 3)] for s in SCORES},
                    difference=test.difference("network+shipped", "shipped"))
    swaps = [r for r in rows if r["source"] == "modern/swap" and r["condition"] == "clean"]
    for repo in sorted({r["repo"] for r in swaps}):
        own = [r for r in rows if r["source"] == "modern/real" and r["condition"] == "clean" and r["repo"] == repo]
        fakes = [r for r in swaps if r["repo"] == repo]
        if own:
            out["methods"][repo] = dict(n=[len(fakes), len(own)], **{s: round(auc(np.array([r[s] for r in fakes]), np.array([r[s] for r in own])), 3) for s in SCORES})
    json.dump(out, open(path, "w"), indent=1)
    card = f"{os.path.dirname(os.path.abspath(path))}/card.md"
    if os.path.exists(card):
        whole = open(card).read()
        whole = re.sub(r"(<!-- network -->\n).*?(<!-- end of network -->)", lambda m: m.group(1) + text(out) + m.group(2), whole, flags=re.S)
        open(card, "w").write(whole)
    print(text(out))


NAMES = {"selfBlended": "trees, self-blended alone", "shipped": "trees as shipped", "network": "network", "network+selfBlended": "mean of network and self-blended trees",
         "network+shipped": "mean of network and shipped trees"}


def text(out):
    """Tables of the card."""
    pair = lambda f, k, i: f"{f[k]:.3f} [{f[i][0]:.3f}, {f[i][1]:.3f}]"
    sign = lambda f, k, i: f"{f[k]:+.3f} [{f[i][0]:+.3f}, {f[i][1]:+.3f}]"
    n = out["counts"]
    lines = ["| score | DFDC pooled | DFDC within actor | found at 1 % / 5 % | modern swaps pooled | modern swaps, own source |", "|---|---|---|---|---|---|"]
    d, m = out["clean"]["dfdc"], out["clean"]["modern"]
    for s, name in NAMES.items():
        a, b = d["figures"][s], m["figures"][s]
        lines.append(f"| {name} | {pair(a, 'auc', 'interval')} | {pair(a, 'within', 'withinInterval')} | {a['at1']:.3f} / {a['at5']:.3f} | {pair(b, 'auc', 'interval')} | {pair(b, 'within', 'withinInterval')} |")
    for s in d["differences"]:
        a, b = d["differences"][s], m["differences"][s]
        lines.append(f"| *{s}* | {sign(a, 'pooled', 'interval')} | {sign(a, 'within', 'withinInterval')} | | {sign(b, 'pooled', 'interval')} | {sign(b, 'within', 'withinInterval')} |")
    lines += ["", f"DFDC: {n['dfdc'][0]} fakes, {n['dfdc'][1]} reals, {d['figures']['network']['groups']} actors with both; modern: {n['modern'][0]} swaps, {n['modern'][1]} reals; intervals by actor and repository. "
              f"Talking heads under the network: pooled {out['clean']['talking']['figures']['network']['auc']:.3f}, own source {out['clean']['talking']['figures']['network']['within']:.3f}.",
              "", "| condition | DFDC n | within actor: trees / network / mean | mean - trees | modern n | own source: trees / network / mean | mean - trees |", "|---|---|---|---|---|---|---|"]
    trio = lambda c: " / ".join(f"{c[s][1]:.3f}" for s in ("shipped", "network", "network+shipped"))
    for condition, c in out["conditions"].get("dfdc", {}).items():
        o = out["conditions"]["modern"].get(condition)
        other = f"{o['n'][0]}/{o['n'][1]} | {trio(o)} | {sign(o['difference'], 'within', 'withinInterval')}" if o else "- | - | -"
        lines.append(f"| {condition} | {c['n'][0]}/{c['n'][1]} | {trio(c)} | {sign(c['difference'], 'within', 'withinInterval')} | {other} |")
    lines += ["", "| repository | swaps / reals | " + " | ".join(NAMES.values()) + " |", "|---|---|" + "---|" * len(NAMES)]
    lines += [f"| {repo} | {v['n'][0]} / {v['n'][1]} | " + " | ".join(f"{v[s]:.3f}" for s in NAMES) + " |" for repo, v in out["methods"].items()]
    lines += ["", "Above the thresholds that 1 % and 5 % of genuine faces exceed (sources weighted alike, clean):", "", "| score | rate | " + " | ".join(out["alarms"]["network"][0]["above"]) + " |",
              "|---|---|" + "---|" * len(out["alarms"]["network"][0]["above"])]
    for s in ("shipped", "network", "network+shipped"):
        lines += [f"| {NAMES[s]} | {a['rate']:.2f} | " + " | ".join(f"{k} of {of}" for k, of in a["above"].values()) + " |" for a in out["alarms"][s]]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(*sys.argv[1:4])
