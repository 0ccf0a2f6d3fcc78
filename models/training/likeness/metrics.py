"""Verification figures over all pairs of photos: same-person and different-person cosines, rates, bootstrap by person."""

import numpy as np


def pairs(embeddings, people):
    """Cosines of all same-person pairs and of all different-person pairs."""
    people = np.asarray(people)
    sims = embeddings @ embeddings.T
    i, j = np.triu_indices(len(people), 1)
    same = people[i] == people[j]
    values = sims[i, j]
    return values[same], values[~same]


def at_false_matches(different, rate):
    """The similarity that the given share of different-person pairs exceed."""
    return float(np.quantile(different, 1 - rate))


def tar(same, threshold):
    return float((same > threshold).mean())


def eer(same, different):
    steps = np.sort(same)
    misses = np.arange(len(steps)) / len(steps)
    ordered = np.sort(different)
    false = 1 - np.searchsorted(ordered, steps, 'left') / len(ordered)
    at = np.argmin(np.abs(misses - false))
    return float((misses[at] + false[at]) / 2)


def figures(embeddings, people):
    same, different = pairs(embeddings, people)
    return {'same': len(same), 'different': len(different), 'eer': eer(same, different),
            'tar.1%': tar(same, at_false_matches(different, 1e-3)), 'tar1%': tar(same, at_false_matches(different, 1e-2)),
            'threshold.1%': at_false_matches(different, 1e-3)}


def interval(embeddings, people, statistic, rounds=200, seed=0):
    """95 % interval of a statistic(same, different) by drawing people with repetition; a person drawn twice is not compared with itself."""
    rng = np.random.default_rng(seed)
    names, codes = np.unique(people, return_inverse=True)
    sims = embeddings @ embeddings.T
    i, j = np.triu_indices(len(codes), 1)
    values, a, b = sims[i, j], codes[i], codes[j]
    is_same = a == b
    same_values, same_of = values[is_same], a[is_same]
    diff_values, da, db = values[~is_same], a[~is_same], b[~is_same]
    out = []
    for _ in range(rounds):
        count = np.bincount(rng.integers(0, len(names), len(names)), minlength=len(names))
        same = np.repeat(same_values, count[same_of])
        weight = count[da] * count[db]
        different = np.repeat(diff_values, weight)
        out.append(statistic(same, different))
    return [float(v) for v in np.percentile(out, [2.5, 97.5])]
