"""A network on the raw waveform, with and without copy synthesis, measured beside the shipped one: `python3 raw_voice.py`.

The rule, fixed before the outer folds were scored: the sum of both networks' scores, each divided by its spread over all clean clips, ships
only if its strict AUC (mean of the folds) exceeds that of the shipped network alone with the whole 95 % interval of the paired difference
(voices drawn alike for both), and it falls under none of mp3-48k, aac-32k, opus-16k, gsm and noise-15db by more than .01.

What to train is chosen for each fold within its own training sources (inner runs: one of its two groups teaches, the other tests), so that
no choice has seen a clip that it is measured on: whether a share of the pairs is a copy beside its original.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import conditions
import copies
import corpus
import detector
import parity
import report_voice
import synthetic_voice
from augment import augment, crop
from nets import Detector, Limited, RawDetector, Spectrum
from training import fit, use_one_thread

FRONT = 'pairs of learned filters of 16 ms, energies averaged over 20 ms, under the 2-D network of Detector'
SHARES = (0.0, 0.25)  # of the pairs, copies beside their originals
INNER_STEPS, FOLD_STEPS, SEED = 300, 1000, 41
INNER = {'A': ('B', 'C'), 'B': ('C', 'A'), 'C': ('A', 'B')}  # fold: (group that teaches, group that tests)
GUARDED, TOLERANCE = ('mp3-48k', 'aac-32k', 'opus-16k', 'gsm', 'noise-15db'), 0.01


class LogMel(nn.Module):
    """The shipped kind of network less its teacher, on the same waveforms: the control of the inner runs."""

    def __init__(self):
        super().__init__()
        self.spectrum, self.detector = Spectrum(), Detector(False)

    def forward(self, wave):
        with torch.no_grad():
            power = self.spectrum(wave)
        return self.detector(power)[0]


def train(data, indices, groups, share, path, steps, network=RawDetector):
    """A network trained on the clips `indices`, a `share` of its pairs copies of `groups` beside their originals, and the record of the run."""
    use_one_thread(SEED)
    member, limited, draw = network(), Limited(), detector.Draw(data.table, indices)
    known, pairs = set(indices), []
    if share:
        for group in groups:
            originals, waves, made = data.copies(group)
            pairs += [(waves[k], made[:, k]) for k in range(len(originals)) if originals[k] in known]

    def couple(rng):
        """Waves of a synthetic clip and of a real one."""
        if rng.rand() < share:
            original, made = pairs[rng.randint(len(pairs))]
            at, kind = rng.randint(0, copies.LENGTH - detector.WINDOW + 1), rng.randint(len(copies.KINDS))
            return [part[at:at + detector.WINDOW].astype(np.float32) / 32768 for part in (made[kind], original)]
        return [crop((data.coded[rng.randint(len(data.coded))] if rng.rand() < detector.CODED else data.clips)[i], detector.WINDOW, rng) for i in draw.pair(rng)]

    def step_loss(step, rng):
        waves = [wave for _ in range(detector.BATCH // 2) for wave in couple(rng)]
        with torch.no_grad():
            waves = limited(augment(torch.tensor(np.stack(waves)), rng, detector.STRENGTH))
        target = torch.tensor([1.0, 0.0] * (detector.BATCH // 2))
        return F.binary_cross_entropy_with_logits(member(waves), target * (1 - 2 * detector.SMOOTHING) + detector.SMOOTHING)

    record = fit(member, step_loss, (steps,), steps, path, SEED)
    return member, {**record, 'seed': SEED, 'copies': share, 'clips': len(indices), 'originals': len(pairs),
                    'parameters': sum(p.numel() for p in member.parameters())}


@torch.no_grad()
def scored(member, waves, batch=64):
    """Logits [clips], averaged over each clip's windows."""
    limited = Limited()
    cut, owner = [], []
    for k, wave in enumerate(waves):
        cut += (found := detector.windows(wave))
        owner += [k] * len(found)
    out = torch.cat([member.eval()(limited(torch.tensor(np.stack(cut[s:s + batch])))) for s in range(0, len(cut), batch)]).numpy()
    return np.bincount(owner, out, len(waves)) / np.bincount(owner)


class Raw(synthetic_voice.Corpus):
    """The corpus with copies, inner runs and folds; each is made once and kept in the cache."""

    def copies(self, group):
        kept = {i for i, row in enumerate(self.table) if synthetic_voice.held_out_voice(row['person'])}
        return copies.copied(self.table, self.clips, group, self.cache, kept)

    def _once(self, name, make):
        path = self.cache / f'raw-{name}.json'
        if not path.exists():
            path.write_text(json.dumps(make()))
        return json.loads(path.read_text())

    def inner(self, fold, share, network=RawDetector):
        """Record of an inner run with its strict AUC on the group that tests."""
        (teaches, tests), run = INNER[fold], f"inner-{fold}-{share:g}{'-mel' if network is LogMel else ''}"

        def make():
            of = lambda group: [i for i, row in enumerate(self.table) if row['source'] in corpus.SOURCE_GROUPS[group]]
            indices = corpus.repaired(self.table, of(teaches))
            member, record = train(self, indices, [teaches], share, self.cache / f'raw-{run}.pt', INNER_STEPS, network)
            systems, voices = ({self.table[i][key] for i in indices} for key in ('system', 'person'))
            test = [i for i in of(tests) if self.table[i]['person'] not in voices and (not self.table[i]['synthetic'] or self.table[i]['system'] not in systems)]
            score, label = scored(member, [self.clips[i] for i in test]), np.array([self.table[i]['synthetic'] for i in test])
            return {**record, 'fold': fold, 'teaches': teaches, 'tests': tests, 'real': int((label == 0).sum()), 'synthetic': int(label.sum()),
                    'auc': round(float(report_voice.metrics.auc(score[label == 0], score[label == 1])), 4)}

        return self._once(run, make)

    def choice(self, fold):
        """Share of copies of a fold, by its inner runs."""
        return max(SHARES, key=lambda share: self.inner(fold, share)['auc'])

    def fold(self, fold):
        indices = synthetic_voice.fold_training(self.table, fold)
        member, record = train(self, indices, [g for g in corpus.SOURCE_GROUPS if g != fold], self.choice(fold), self.cache / f'raw-fold-{fold}.pt', FOLD_STEPS)
        self._once(f'fold-{fold}', lambda: record)
        return member

    def part(self, group, condition):
        """Scores by clip index of the fold that left out the sources of `group`, nan for all other clips and those not scored under the condition."""
        path = self.cache / f'raw-score-{group}-{condition}.npy'
        if not path.exists():
            indices = list(range(len(self.table))) if condition == 'clean' else report_voice.condition_subset(self.table)
            waves, out = report_voice.under(self, condition, indices), np.full(len(self.table), np.nan)
            at = [k for k, i in enumerate(indices) if self.table[i]['source'] in corpus.SOURCE_GROUPS[group]]
            out[np.array(indices)[at]] = scored(self.fold(group), [waves[k] for k in at])
            np.save(path, out)
        return np.load(path)

    def score(self, condition):
        """Scores by clip index from the fold that left the clip's source out, nan where a clip is not scored under the condition."""
        parts = np.stack([self.part(group, condition) for group in corpus.SOURCE_GROUPS])
        return np.where(np.isnan(parts).all(0), np.nan, np.nansum(parts, 0))


class Exported(nn.Module):
    """Waveforms [B, N >= 16000] to logits [B]: what an ONNX graph of the network holds."""

    def __init__(self, member):
        super().__init__()
        self.limited, self.member = Limited(), member

    def forward(self, audio):
        return self.member(self.limited(audio))


def exported(member, folder):
    """Parity with onnxruntime-node and its speed on one thread, of the member as ONNX (opset 13)."""
    net, path = Exported(member).eval(), folder / 'raw.onnx'
    parity.export(net, path)
    return {**parity.checked(net, path, folder / 'raw-parity.json'), 'bytes': path.stat().st_size}


def shipped_scores(folder, table):
    """{condition: scores by clip index} of the shipped recipe's folds, from evaluation.json."""
    stored = json.loads((folder / 'evaluation.json').read_text())
    at = {name: k for k, name in enumerate(stored['columns'])}
    rows = {row[at['id']]: row for row in stored['items']}
    column = lambda name: np.array([np.nan if rows[row['id']][at[name]] is None else rows[row['id']][at[name]] for row in table], dtype=float)
    return {c: column(f'score:{c}') for c in conditions.ALL if f'score:{c}' in at}


def measured(data, folder):
    """One look at the outer folds, as raw-waveform.json keeps it."""
    evaluation, before = report_voice.Evaluation(data, {}), shipped_scores(folder, data.table)
    now = {c: data.score(c) for c in before}
    spread = {'shipped': float(np.nanstd(before['clean'])), 'network': float(np.nanstd(now['clean']))}
    both = {c: before[c] / spread['shipped'] + now[c] / spread['network'] for c in before}
    real, strict, column = evaluation.synthetic == 0, evaluation.strict, evaluation.column

    def compared(condition, keep):
        counted = keep & ~np.isnan(before[condition])
        alone, mixed = (evaluation.paired(part[condition], before[condition], keep) for part in (now, both))
        return {'real': int((counted & real).sum()), 'synthetic': int((counted & ~real).sum()), 'shipped': alone['before'],
                'network': alone['now'], 'networkLess': [alone['difference'], *alone['interval']],
                'both': mixed['now'], 'bothLess': [mixed['difference'], *mixed['interval']]}

    out = {'date': time.strftime('%Y-%m-%d', time.gmtime()), 'rule': ' '.join(__doc__.split('\n\n')[1].split()),
           'front': FRONT, 'inner': [data.inner(fold, share) for fold in corpus.SOURCE_GROUPS for share in SHARES],
           'controls': [data.inner(fold, 0.0, LogMel) for fold in corpus.SOURCE_GROUPS],
           'folds': {g: json.loads((data.cache / f'raw-fold-{g}.json').read_text()) for g in corpus.SOURCE_GROUPS}, 'spread': spread,
           'onnx': {g: exported(data.fold(g), data.cache) for g in corpus.SOURCE_GROUPS},
           'strict': {name: evaluation.folds(part['clean'], strict) for name, part in (('shipped', before), ('network', now), ('both', both))},
           'conditions': {c: compared(c, strict) for c in before},
           'families': {f: compared('clean', strict & (real | (column['family'] == f))) for f in sorted(set(column['family']) - {'bonafide'})},
           'languages': {'zh': compared('clean', strict & (column['language'] == 'zh')), 'all others': compared('clean', strict & (column['language'] != 'zh'))}}
    worst = min(out['conditions'][c]['bothLess'][0] for c in GUARDED)
    out['ships'] = bool(out['conditions']['clean']['bothLess'][1] > 0 and worst >= -TOLERANCE)
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    here = Path(__file__).resolve()
    parser.add_argument('--shared', default=here.parents[4] / 'shared', help='folder with data/voices')
    parser.add_argument('--cache', default='/tmp/jz/voice/cache', help='folder for decoded clips, copies, checkpoints and scores')
    parser.add_argument('--only', help='copies-A, inner-A-0, fold-A, score-A and the like: make this alone, and stop')
    arguments = parser.parse_args()
    data = Raw(arguments.shared, arguments.cache)
    if arguments.only:
        kind, fold, *setting = arguments.only.split('-')
        print({'copies': lambda: len(data.copies(fold)[0]), 'inner': lambda: data.inner(fold, float(setting[0])),
               'fold': lambda: data.fold(fold) and data.choice(fold), 'score': lambda: [len(data.part(fold, c)) for c in conditions.available(data.cache)]}[kind](), flush=True)
        return
    folder = here.parents[2] / 'synthetic-voice'
    path = folder / 'raw-waveform.json'  # holds every look at the outer folds, the newest last
    looks, now = json.loads(path.read_text())['looks'] if path.exists() else [], measured(data, folder)
    looks = [look for look in looks if look['strict'] != now['strict']] + [now]
    path.write_text(json.dumps({'schema': 1, 'looks': looks}, indent=1) + '\n')


if __name__ == '__main__':
    main()
