"""Figures of merit of scores, with counts and bootstrap intervals, as issue 4 asks for them."""

import numpy as np
from scipy.stats import rankdata

DRAWS = 200  # bootstrap draws
SEED = 20261124


def auc(real, synthetic):
    """Chance that a synthetic item scores above a real one; nan where a class is empty."""
    if len(real) == 0 or len(synthetic) == 0:
        return float('nan')
    ranks = rankdata(np.concatenate([real, synthetic]))
    return float((ranks[len(real):].sum() - len(synthetic) * (len(synthetic) + 1) / 2) / (len(real) * len(synthetic)))


def eer(real, synthetic):
    """Rate at which false alarms and misses are equal."""
    if len(real) == 0 or len(synthetic) == 0:
        return float('nan')
    cuts = np.sort(np.concatenate([real, synthetic]))
    alarms = 1 - np.searchsorted(np.sort(real), cuts, side='left') / len(real)
    misses = np.searchsorted(np.sort(synthetic), cuts, side='left') / len(synthetic)
    k = int(np.argmin(np.abs(alarms - misses)))
    return float((alarms[k] + misses[k]) / 2)


def detection(real, synthetic, alarms):
    """Share of synthetic items above the (1 - alarms) quantile of the real ones."""
    if len(real) == 0 or len(synthetic) == 0:
        return float('nan')
    return float((np.asarray(synthetic) > np.quantile(real, 1 - alarms)).mean())


def cllr(llr_real, llr_synthetic):
    """Cost of log-likelihood ratios (natural logarithm) in bits, Bruemmer and du Preez 2006; 1 is no information."""
    return float((np.logaddexp(0, llr_real).mean() + np.logaddexp(0, -np.asarray(llr_synthetic)).mean()) / (2 * np.log(2)))


def min_cllr(real, synthetic):
    """Cllr after the best monotone calibration (pool adjacent violators) on the same items."""
    from sklearn.isotonic import IsotonicRegression
    scores = np.concatenate([real, synthetic])
    labels = np.concatenate([np.zeros(len(real)), np.ones(len(synthetic))])
    weights = np.concatenate([np.full(len(real), 0.5 / len(real)), np.full(len(synthetic), 0.5 / len(synthetic))])
    posterior = np.clip(IsotonicRegression().fit(scores, labels, sample_weight=weights).predict(scores).astype(np.float64), 1e-9, 1 - 1e-9)
    llr = np.log(posterior / (1 - posterior))
    return cllr(llr[:len(real)], llr[len(real):])


def interval(real, synthetic, figure, groups_real=None, groups_synthetic=None):
    """95 % bootstrap interval of figure(real, synthetic); whole groups (voices) are drawn where groups are given."""
    rng = np.random.RandomState(SEED)

    def sampler(values, groups):
        values = np.asarray(values)
        if groups is None:
            return lambda: values[rng.randint(0, len(values), len(values))]
        names, inverse = np.unique(groups, return_inverse=True)
        members = [values[inverse == k] for k in range(len(names))]
        return lambda: np.concatenate([members[k] for k in rng.randint(0, len(members), len(members))])

    draw_real, draw_synthetic = sampler(real, groups_real), sampler(synthetic, groups_synthetic)
    found = [figure(draw_real(), draw_synthetic()) for _ in range(DRAWS)]
    return [round(float(v), 4) for v in np.nanpercentile(found, [2.5, 97.5])]


def summary(real, synthetic, groups_real=None, groups_synthetic=None, intervals=True):
    """All figures of one table row: counts, AUC, EER, detection at 1 % and 5 % false alarms, each with its interval."""
    out = {'real': len(real), 'synthetic': len(synthetic)}
    if len(real) == 0 or len(synthetic) == 0:
        return out
    figures = {'auc': auc, 'eer': eer, 'tpr1': lambda r, s: detection(r, s, 0.01), 'tpr5': lambda r, s: detection(r, s, 0.05)}
    for name, figure in figures.items():
        out[name] = round(figure(real, synthetic), 4)
        if intervals:
            out[name + 'Interval'] = interval(real, synthetic, figure, groups_real, groups_synthetic)
    return out


def wilson(hits, count):
    """95 % Wilson score interval of a share."""
    if count == 0:
        return [0.0, 1.0]
    z = 1.96
    p = hits / count
    middle = (p + z * z / (2 * count)) / (1 + z * z / count)
    half = z * np.sqrt(p * (1 - p) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return [round(float(max(0, middle - half)), 4), round(float(min(1, middle + half)), 4)]
