"""Figures of merit with intervals, and the tables that cards print."""
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

BOOTSTRAPS = 500


def auc(fake, real):
    if len(fake) == 0 or len(real) == 0:
        return float("nan")
    return float(roc_auc_score(np.r_[np.ones(len(fake)), np.zeros(len(real))], np.r_[fake, real]))


def interval(fake, real, fake_groups=None, real_groups=None, seed=0):
    """95 % bootstrap interval of the AUC, drawn by group (person, repository) where groups are given, else by item."""
    rng = np.random.default_rng(seed)
    fake_groups = np.arange(len(fake)) if fake_groups is None else fake_groups
    real_groups = np.arange(len(real)) + (0 if fake_groups.dtype.kind in "US" else 10 ** 9) if real_groups is None else real_groups
    names = np.unique(np.r_[fake_groups.astype(str), real_groups.astype(str)])
    code = {n: i for i, n in enumerate(names)}
    f, r = (np.array([code[str(g)] for g in groups]) for groups in (fake_groups, real_groups))
    s = np.r_[fake, real]
    order = np.argsort(s, kind="mergesort")
    y = np.r_[np.ones(len(fake)), np.zeros(len(real))][order]
    g = np.r_[f, r][order]
    ties = np.unique(s[order], return_inverse=True)[1]
    values = []
    for _ in range(BOOTSTRAPS):
        w = np.bincount(rng.integers(0, len(names), len(names)), minlength=len(names))[g].astype(float)
        wf, wr = w * y, w * (1 - y)
        if wf.sum() == 0 or wr.sum() == 0:
            continue
        real_at = np.bincount(ties, wr)
        below = np.cumsum(real_at) - real_at
        values.append(float((wf * (below[ties] + real_at[ties] / 2)).sum() / (wf.sum() * wr.sum())))
    return [round(float(v), 3) for v in np.percentile(values, [2.5, 97.5])]


def within(score, fake, groups):
    """AUC over pairs of the same group only, each group weighted by its pairs; and the number of groups with both classes."""
    total = pairs = used = 0
    for g in np.unique(groups):
        a, b = score[(groups == g) & fake], score[(groups == g) & ~fake]
        if len(a) and len(b):
            total += auc(a, b) * len(a) * len(b)
            pairs += len(a) * len(b)
            used += 1
    return (total / pairs if pairs else float("nan")), used


def within_interval(score, fake, groups, seed=0):
    rng = np.random.default_rng(seed)
    parts = []
    for g in np.unique(groups):
        a, b = score[(groups == g) & fake], score[(groups == g) & ~fake]
        if len(a) and len(b):
            parts.append((auc(a, b) * len(a) * len(b), len(a) * len(b)))
    p = np.array(parts)
    draws = [p[rng.integers(0, len(p), len(p))].sum(0) for _ in range(BOOTSTRAPS)]
    return [round(float(v), 3) for v in np.percentile([d[0] / d[1] for d in draws], [2.5, 97.5])]


def detection(fake, real, rate):
    """Share of fakes above the threshold that `rate` of the reals exceed."""
    return float(np.mean(fake > np.quantile(real, 1 - rate)))


def equal_error(fake, real):
    s = np.unique(np.r_[fake, real])
    miss = np.searchsorted(np.sort(fake), s, "left") / len(fake)
    false = 1 - np.searchsorted(np.sort(real), s, "left") / len(real)
    at = np.argmin(np.abs(miss - false))
    return float((miss[at] + false[at]) / 2)


def cost_llr(fake_llr, real_llr):
    """Cllr (Bruemmer and du Preez 2006): 0 perfect, 1 says nothing."""
    return float((np.mean(np.log2(1 + np.exp(-fake_llr))) + np.mean(np.log2(1 + np.exp(real_llr)))) / 2)


def logistic(score, fake):
    """Natural-log likelihood ratio = a * score + b, fitted at equal weight of both classes."""
    model = LogisticRegression(C=1., class_weight="balanced").fit(score[:, None], fake)
    return float(model.coef_[0, 0]), float(model.intercept_[0])
