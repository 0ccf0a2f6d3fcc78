"""Trains, measures and exports the speaker embedding: `python3 speaker_embedding.py [--shared DIR] [--cache DIR] [--train-only]`.

Measured on speakers that training never heard, in either class. A target trial joins two *recordings* of a person wherever that is
possible; trials within one recording are told apart, since they share the room and the microphone.
"""

import argparse
import datetime
import hashlib
import json
from pathlib import Path

import numpy as np
import torch

import card_speaker
import conditions
import corpus
import metrics
import parity
import roundtrip
import speakers

CYCLES, SEED = (1600, 4000), 1  # steps at which the learning rate has fallen to nothing
SEGMENT = 48000  # samples of a test segment, 3 s
CONDITIONS = ('clean', 'opus-16k', 'mp3-48k', 'aac-32k', 'gsm', 'noise-15db')
DRAWS = 100  # bootstrap draws
CUTS = [round(0.02 * k, 2) for k in range(-5, 51)]  # similarities of the false-match table


def segments(table, clips):
    """Test segments: 3 s pieces of the joined clips of every recording of a test speaker, in order of the clips' offsets."""
    kept, recordings = speakers.test_speakers(table), {}
    for i, row in enumerate(table):
        if not row['synthetic'] and row['person'] in kept and row['person'] != 'sti-crowd':
            recordings.setdefault((row['person'], row['source'], row['path'], row['language']), []).append((float(row['offset_s']), i))
    out = []
    for (person, source, path, language), found in sorted(recordings.items()):
        wave = np.concatenate([clips[i] for _, i in sorted(found)])
        for start in range(0, len(wave) - SEGMENT + 1, SEGMENT):
            out.append({'person': person, 'source': source, 'recording': f'{source}/{path}', 'language': language, 'wave': wave[start:start + SEGMENT]})
    return out


@torch.no_grad()
def embed(net, waves, batch=64):
    """Unit embeddings [n, 128] of waves of equal length."""
    return torch.cat([net(torch.tensor(np.stack(waves[k:k + batch]))) for k in range(0, len(waves), batch)]).numpy()


def weighted_eer(same, weight):
    """Equal error rate of weighted trials in rising order of their scores; nan without weight in both classes."""
    hits, misses = weight * same, weight * ~same
    if hits.sum() == 0 or misses.sum() == 0:
        return float('nan')
    rejected = np.cumsum(hits) / hits.sum()
    accepted = 1 - np.cumsum(misses) / misses.sum()
    k = int(np.argmin(np.abs(rejected - accepted)))
    return float((rejected[k] + accepted[k]) / 2)


class Trials:
    """All pairs of two embedding sets of the same segments: enrolled under one condition, questioned under another."""

    def __init__(self, parts, enrolled, questioned):
        a, b = np.triu_indices(len(parts), 1)
        self.score = (enrolled[a] * questioned[b]).sum(1)
        person, recording, language, source = (np.array([p[k] for p in parts]) for k in ('person', 'recording', 'language', 'source'))
        names, self.index = np.unique(person, return_inverse=True)
        self.people, self.a, self.b = len(names), self.index[a], self.index[b]
        self.same = person[a] == person[b]
        self.same_recording = recording[a] == recording[b]
        self.same_language = language[a] == language[b]
        self.same_source = source[a] == source[b]
        self.language = language[a]

    def row(self, keep):
        """EER with its interval (speakers drawn with replacement), the counts, and the true-match rate at 1 % false matches."""
        order = np.where(keep)[0]
        order = order[np.argsort(self.score[order])]
        score, same, a, b = self.score[order], self.same[order], self.a[order], self.b[order]
        out = {'targets': int(same.sum()), 'nontargets': int((~same).sum()), 'speakers': len(np.unique(np.concatenate([a, b]))),
               'targetSpeakers': len(np.unique(a[same]))}
        if out['targets'] < 5 or out['nontargets'] < 5:
            return out
        out['eer'] = round(weighted_eer(same, np.ones(len(score))), 4)
        cut = np.quantile(score[~same], .99)
        out['tmr1'] = round(float((score[same] > cut).mean()), 4)
        out['meanSame'], out['meanDifferent'] = round(float(score[same].mean()), 3), round(float(score[~same].mean()), 3)
        rng, found = np.random.RandomState(metrics.SEED), []
        for _ in range(DRAWS):
            times = np.bincount(rng.randint(0, self.people, self.people), minlength=self.people).astype(float)
            found.append(weighted_eer(same, np.where(same, times[a], times[a] * times[b])))
        out['eerInterval'] = [round(float(v), 4) for v in np.nanpercentile(found, [2.5, 97.5])]
        return out


def measure(net, table, clips):
    """Figures of the card, and the trials of the clean condition."""
    parts = segments(table, clips)
    found = {c: embed(net, conditions.apply(c, [p['wave'] for p in parts])) for c in CONDITIONS}
    figures = {'segments': len(parts), 'speakers': len({p['person'] for p in parts}), 'conditions': {}, 'language': {}, 'languageGsm': {}}
    for condition in CONDITIONS:
        trials = Trials(parts, found['clean'], found[condition])
        apart = trials.same_language & ~(trials.same & trials.same_recording)
        figures['conditions'][f'clean against {condition}'] = trials.row(apart)
        if condition != 'clean':
            figures['conditions'][f'{condition} against {condition}'] = Trials(parts, found[condition], found[condition]).row(apart)
    clean = Trials(parts, found['clean'], found['clean'])
    apart = clean.same_language & ~(clean.same & clean.same_recording)
    figures['conditions']['clean, impostors of the same corpus only'] = clean.row(apart & (clean.same | clean.same_source))
    figures['conditions']['clean, within one recording'] = clean.row(clean.same_language & ~(clean.same & ~clean.same_recording))
    gsm = Trials(parts, found['clean'], found['gsm'])
    for language in sorted(set(clean.language)):
        of = clean.language == language
        figures['language'][language] = clean.row(apart & of)
        figures['language'][f'{language}, within one recording'] = clean.row(clean.same_language & of & ~(clean.same & ~clean.same_recording))
        figures['languageGsm'][language] = gsm.row(apart & of)
    corpora = sorted({p['source'] for p in parts})
    source = np.array([p['source'] for p in parts])
    a, b = np.triu_indices(len(parts), 1)
    figures['source'] = {s: clean.row(apart & (source[a] == s) & (source[b] == s)) for s in corpora}
    return figures, clean, apart


def calibration(trials, apart):
    """Similarity to natural-log likelihood ratio (same speaker against different speakers), and the table of false matches."""
    from sklearn.linear_model import LogisticRegression
    score, same = trials.score[apart], trials.same[apart]
    a, b = trials.a[apart], trials.b[apart]

    def fit(of):
        weight = np.where(same[of], 0.5 / same[of].mean(), 0.5 / (1 - same[of].mean()))
        model = LogisticRegression(C=1e4).fit(score[of][:, None], same[of], sample_weight=weight)
        return float(model.coef_[0, 0]), float(model.intercept_[0])

    half = np.random.RandomState(metrics.SEED).permutation(trials.people) % 2
    llr = np.full(len(score), np.nan)
    for k in (0, 1):
        inside, outside = (half[a] == k) & (half[b] == k), (half[a] != k) & (half[b] != k)
        slope, intercept = fit(outside)
        llr[inside] = slope * score[inside] + intercept
    known = ~np.isnan(llr)
    slope, intercept = fit(np.ones(len(score), bool))
    speakers_target = len(np.unique(a[same]))
    populations = []
    for name, of in {'all': np.ones(len(score), bool), **{language: trials.language[apart] == language for language in sorted(set(trials.language))}}.items():
        populations.append({'id': f'voices-{name}', 'people': len(np.unique(np.concatenate([a[of], b[of]]))), 'pairs': int((of & ~same).sum()),
                            'similarity': list(CUTS), 'reached': [int((score[of & ~same] >= cut).sum()) for cut in CUTS],
                            'samePairs': int((of & same).sum()), 'samePeople': len(np.unique(a[of & same])),
                            'sameReached': [int((score[of & same] >= cut).sum()) for cut in CUTS]})
    return {'schema': 1, 'model': 'speaker-embedding', 'populations': populations,
            'method': 'logistic regression on the cosine similarity of two 3 s segments, classes weighted alike, to a natural-log likelihood ratio',
            'slope': round(slope, 5), 'intercept': round(intercept, 5),
            'llrMax': round(float(np.log(trials.people / 3)), 4), 'llrMin': round(float(-np.log(speakers_target / 3)), 4),
            'bound': 'logarithm of a third of the number of speakers (rule of three): of all for llrMax, of those with target trials for llrMin',
            'fittedOn': {'targets': int(same.sum()), 'nontargets': int((~same).sum()), 'speakers': trials.people, 'targetSpeakers': speakers_target,
                         'what': 'speakers never trained on, target trials across recordings, same language, clean (Opus 34 kbit/s once)'},
            'crossFitted': {'cllr': round(metrics.cllr(llr[known & ~same], llr[known & same]), 4), 'trials': int(known.sum()),
                            'minCllr': round(metrics.min_cllr(score[known & ~same], score[known & same]), 4)},
            'domain': {'sampleRate': 16000, 'seconds': 3, 'notCovered': ['telephone bands (the similarity of one person falls, see card)', 'years between recordings',
                       'illness, disguise, shouting', 'twins and relatives', 'voice clones']}}


def write(net, table, record, figures, calibrated, folder):
    """Writes every file of the model's folder."""
    folder.mkdir(parents=True, exist_ok=True)
    net.spectrum.exported = True
    parity.export(net, folder / 'model.onnx', 'embedding')
    net.spectrum.exported = False
    checked = parity.checked(net, folder / 'model.onnx', folder / 'parity.json')
    today = datetime.date.today().isoformat()
    calibrated['modelSha256'] = hashlib.sha256((folder / 'model.onnx').read_bytes()).hexdigest()
    (folder / 'calibration.json').write_text(json.dumps(calibrated, separators=(',', ':')) + '\n')
    (folder / 'figures.json').write_text(json.dumps({'date': today, 'run': record, 'speed': checked, **figures}, separators=(',', ':')) + '\n')
    (folder / 'card.md').write_text(card_speaker.text(table, record, figures, calibrated, checked, folder / 'model.onnx', today))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    here = Path(__file__).resolve()
    parser.add_argument('--shared', default=here.parents[4] / 'shared', help='folder with data/voices')
    parser.add_argument('--cache', default='/tmp/jz/voice/cache', help='folder for decoded clips and checkpoints')
    parser.add_argument('--train-only', action='store_true', help='stop before the evaluation')
    arguments = parser.parse_args()
    table, clips = corpus.rows(arguments.shared), corpus.decode(arguments.shared, arguments.cache)
    coded = [roundtrip.coded_copy(clips, arguments.cache, f'coded{seed}', seed) for seed in (1, 2)]
    net, record = speakers.train(table, clips, coded, arguments.cache, Path(arguments.cache) / f'speaker-{SEED}.pt', CYCLES, SEED)
    if not arguments.train_only:
        figures, trials, apart = measure(net.eval(), table, clips)
        write(net, table, record, figures, calibration(trials, apart), here.parents[2] / 'speaker-embedding')


if __name__ == '__main__':
    main()
