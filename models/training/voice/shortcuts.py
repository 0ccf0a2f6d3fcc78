"""A classifier that may look only at what has nothing to do with synthesis: level, bandwidth, silence, duration. The shortcut alarm."""

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

NAMES = ('level', 'peak', 'rolloff95', 'rolloff99', 'above4k', 'above6k', 'above7k', 'below120', 'silence', 'leadingSilence',
         'trailingSilence', 'floor', 'duration')


def features(wave):
    """The features of one wave at 16 kHz, in the order of NAMES."""
    frames = np.lib.stride_tricks.sliding_window_view(wave, 400)[::160]
    energy = 10 * np.log10((frames ** 2).mean(1) + 1e-10)
    quiet = energy < energy.max() - 35
    speech = np.where(~quiet)[0]
    size = 1 << (len(wave) - 1).bit_length()
    power = np.abs(np.fft.rfft(wave, size)) ** 2
    share = np.cumsum(power) / (power.sum() + 1e-12)
    hertz = np.linspace(0, 8000, len(power))

    def part(low, high):
        return 10 * np.log10(power[(hertz >= low) & (hertz < high)].sum() / (power.sum() + 1e-12) + 1e-10)

    return np.array([10 * np.log10((wave ** 2).mean() + 1e-10), 20 * np.log10(np.abs(wave).max() + 1e-6), hertz[np.searchsorted(share, .95)],
                     hertz[min(np.searchsorted(share, .99), len(hertz) - 1)], part(4000, 8001), part(6000, 8001), part(7000, 8001), part(0, 120),
                     quiet.mean(), speech[0] / 100, (len(energy) - 1 - speech[-1]) / 100, np.percentile(energy, 5), len(wave) / 16000])


def fitted(values, labels):
    """A boosted-tree classifier trained on features [n, 13] and labels."""
    balance = np.where(labels == 1, 0.5 / labels.mean(), 0.5 / (1 - labels.mean()))
    return HistGradientBoostingClassifier(max_iter=150, max_depth=4, random_state=0).fit(values, labels, sample_weight=balance)


def score(model, values):
    return model.decision_function(values)
