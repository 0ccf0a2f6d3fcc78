"""What suppressed noise does to the score of the shipped network: `python3 suppression.py [--shared DIR] [--cache DIR]`.

Every clip of the voices that were kept from the shipped weights, as it is and after RNNoise, in the unit of the calibration. Writes
models/synthetic-voice/noise-suppression.json; run after training, suppressed_speech.py and calibration, then calibrate again and draw the card.
"""

import argparse
import json
import subprocess
import time
from pathlib import Path

import numpy as np

import card_text
import conditions
import detector
import metrics
import report_voice
import synthetic_voice

LIMITED, MODERATE = 0.7, 2.3  # natural-log likelihood ratios from which the product's scale has words
# Set before version 1.2 was scored: the calls whose suppressor training heard and did not hear decide, each alone.
DECIDING = ('rnnoise-call', *conditions.UNTAUGHT)
RULE = ('Set before the scores of version 1.2: the guard goes only if, without it, at most 5 % of the genuine clips of unheard voices come to limited support, upper end of the '
        'interval at most 10 %, in the call of every suppressor; the hold below moderate support goes only if at most 1 of them comes to moderate support under every condition.')
# Set before a score under WebRTC's processing or by a decoder of Opus 1.5 was looked at.
REMEDY = ('Set before those scores: where, under any of these conditions, more than 5 % of the genuine clips come to limited support although the guard is asked, the guard is '
          'taught that processing as well, each kind also left out in turn; else nothing is changed.')
# The same clips less the suppression, or less the decoder's networks.
BESIDE = {'rnnoise': 'clean', 'rnnoise-noise-15db': 'noise-15db', **dict.fromkeys((*DECIDING, *conditions.BY_WEBRTC), 'opus-16k'), 'webrtc': 'clean',
          **dict.fromkeys(conditions.BY_OPUS, 'opus-12k-plain'), 'opus-12k-plain': 'clean', 'gated': 'clean', 'opus-12k-lost-nolace': 'opus-12k-lost-plain'}
BY_SOURCE = (*conditions.SUPPRESSED, 'webrtc-high-gain-call', 'opus-12k-nolace')
DRAWS = 1000


def scored(waves, model):
    """Raw scores [clips], each the mean over its windows, and how many windows it has."""
    cut = [detector.windows(wave) for wave in waves]
    counts, scores = np.array([len(part) for part in cut]), []
    for start in range(0, len(cut), 300):
        given = np.stack([window for part in cut[start:start + 300] for window in part]).astype('<f4')
        command = ['node', Path(__file__).parent / 'score_windows.mjs', model, str(detector.WINDOW)]
        scores.append(np.frombuffer(subprocess.run(command, input=given.tobytes(), stdout=subprocess.PIPE, check=True).stdout, '<f4'))
    owner = np.repeat(np.arange(len(cut)), counts)
    return np.bincount(owner, np.concatenate(scores), len(cut)) / counts, counts


def ratio(calibration, score, counts):
    """Natural-log likelihood ratios as main/fusion/calibrate.ts gives them, less their bounds."""
    length = calibration['length']
    share = lambda n: length['correlation'] + (1 - length['correlation']) / n
    return share(length['measuredAt']) / share(np.clip(counts, 1, length['most'])) * (calibration['slope'] * score + calibration['offset'])


def _shift(now, before, voices):
    """Mean change with its 95 % interval, whole voices drawn."""
    rng, names = np.random.RandomState(metrics.SEED), sorted(set(voices))
    sums = np.array([[(now - before)[voices == v].sum(), (voices == v).sum()] for v in names])
    drawn = sums[rng.randint(0, len(names), (DRAWS, len(names)))].sum(1)
    return {'mean': round(float((now - before).mean()), 3), 'interval': [round(float(v), 3) for v in np.percentile(drawn[:, 0] / drawn[:, 1], [2.5, 97.5])],
            **({'correlation': round(float(np.corrcoef(now, before)[0, 1]), 3)} if len(now) > 2 else {})}


class Compared:
    """Likelihood ratios, before their bounds, of some clips under the conditions, by the shipped weights and calibration; raw scores by `before`, the
    weights of an earlier version, where given."""

    def __init__(self, data, folder, indices, before=None):
        self.calibration = next(s for s in json.loads((folder / 'calibration.json').read_text())['scores'] if s['id'] == 'voice')
        self.names = conditions.available(data.cache, tuple(BESIDE))
        at = [k for k, i in enumerate(indices) if data.clips.seconds(i) >= 2]
        self.synthetic, self.source, self.voice = (np.array([data.table[indices[k]][name] for k in at]) for name in ('synthetic', 'source', 'person'))
        self.ratio, self.suppression, self.earlier = {}, {}, {}
        self.most = json.loads((folder.parent / 'suppressed-speech/figures.json').read_text())['cut']
        for condition in sorted({'clean', *self.names, *(BESIDE[c] for c in self.names)}):
            waves = report_voice.under(data, condition, indices, '-unheard')
            waves = [waves[k] for k in at]
            self.ratio[condition] = ratio(self.calibration, *scored(waves, folder / 'model.onnx'))
            if before and condition in conditions.ALL:
                self.earlier[condition] = scored(waves, before)[0]
            self.suppression[condition] = scored(waves, folder.parent / 'suppressed-speech/model.onnx')[0]

    def counted(self, condition, keep):
        """Counts before the bounds of the calibration, which are set by them."""
        llr = self.ratio[condition][keep]
        limited, moderate = (int((llr >= least).sum()) for least in (LIMITED, MODERATE))
        recognised = self.suppression[condition][keep] > self.most
        others = int((~recognised & (llr >= LIMITED)).sum())
        return {'items': int(keep.sum()), 'recognised': int(recognised.sum()), 'limitedOfOthers': others,
                'limitedOfOthersInterval': metrics.wilson(others, int(keep.sum())), 'limited': limited, 'limitedInterval': metrics.wilson(limited, int(keep.sum())),
                'moderate': moderate, 'moderateInterval': metrics.wilson(moderate, int(keep.sum()))}

    def row(self, condition, keep):
        beside = BESIDE[condition]
        return {'condition': condition, 'beside': beside, 'taught': None if condition in ('opus-12k-plain', 'gated') else condition in conditions.BY_RNNOISE, 'voices': len(set(self.voice[keep])),
                'shift': _shift(self.ratio[condition][keep], self.ratio[beside][keep], self.voice[keep]),
                'clean': self.counted('clean', keep), 'before': self.counted(beside, keep), 'now': self.counted(condition, keep)}

    def auc(self, condition):
        groups = [self.voice[self.synthetic == k] for k in (0, 1)]
        return metrics.summary(*(self.ratio[condition][self.synthetic == k] for k in (0, 1)), *groups)


    def since(self, names):
        """The mean over the conditions `names` of AUC by both versions on the same clips, and the difference with its interval, whole voices drawn alike."""
        voices, index = np.unique(self.voice, return_inverse=True)
        members, rng = [np.where(index == k)[0] for k in range(len(voices))], np.random.RandomState(metrics.SEED)

        def mean(scores, at):
            kinds = self.synthetic[at]
            return float(np.mean([metrics.auc(scores[c][at][kinds == 0], scores[c][at][kinds == 1]) for c in names]))

        drawn = [np.concatenate([members[k] for k in rng.randint(0, len(voices), len(voices))]) for _ in range(metrics.DRAWS)]
        every = np.arange(len(self.voice))
        return {'items': len(every), 'before': round(mean(self.earlier, every), 4), 'now': round(mean(self.ratio, every), 4),
                'difference': round(mean(self.ratio, every) - mean(self.earlier, every), 4),
                'interval': [round(float(v), 4) for v in np.percentile([mean(self.ratio, at) - mean(self.earlier, at) for at in drawn], [2.5, 97.5])]}


def measured(data, folder, before=None):
    """What noise-suppression.json holds."""
    trained = {data.table[i]['person'] for i in synthetic_voice.final_training(data.table)}
    unheard = Compared(data, folder, [i for i, row in enumerate(data.table) if row['person'] not in trained], before)
    since = {'all with suppressed noise': unheard.since([c for c in unheard.names if c in unheard.earlier]), **{c: unheard.since([c]) for c in unheard.earlier}} if before else {}
    return {'schema': 1, 'date': time.strftime('%Y-%m-%d', time.gmtime()), 'unit': 'natural logarithm of a likelihood ratio',
            'modelSha256': card_text.digest(folder / 'model.onnx'),
            'mostSuppression': unheard.most, 'unheard': [{'synthetic': bool(kind), **unheard.row(c, unheard.synthetic == kind)} for c in unheard.names for kind in (0, 1)],
            'apart': {c: unheard.auc(c) for c in unheard.ratio}, 'sinceBefore': since,
            'bySource': [{'source': s, **unheard.row(c, (unheard.source == s) & (unheard.synthetic == 0))}
                         for s in sorted(set(unheard.source[unheard.synthetic == 0])) for c in unheard.names if c in BY_SOURCE]}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    here = Path(__file__).resolve()
    parser.add_argument('--shared', default=here.parents[4] / 'shared', help='folder with data/voices')
    parser.add_argument('--cache', default='/tmp/jz/voice/cache', help='folder for decoded clips, and rnnoise/package (conditions.py)')
    parser.add_argument('--before', help='model.onnx of an earlier version, for paired differences')
    arguments = parser.parse_args()
    folder = here.parents[2] / 'synthetic-voice'
    found, path = measured(synthetic_voice.Corpus(arguments.shared, arguments.cache), folder, arguments.before), folder / 'noise-suppression.json'
    kept = json.loads(path.read_text()) if path.exists() else {}
    if not arguments.before and kept.get('modelSha256') == found['modelSha256']:
        found['sinceBefore'] = kept['sinceBefore']  # of the same weights: the guard has no part in it
    if found['unheard']:
        path.write_text(json.dumps(found, indent=1) + '\n')


if __name__ == '__main__':
    main()
