"""Trains the speaker embedding on data/voices, with a fifth of the speakers (and all of German and Korean) kept for testing.

Objective: additive angular margin softmax (Deng et al., CVPR 2019) plus angular prototypical loss (Chung et al., Interspeech 2020).
"""

import hashlib
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from scipy.signal import resample_poly
from torch import nn

import corpus
from augment import augment, crop
from nets import Embedder
from training import fit, use_one_thread

SPEAKERS, PER_SPEAKER = 32, 2  # of a batch
LENGTH = 25600  # samples of a training crop, 1.6 s
SCALE, MARGIN = 30.0, 0.2
SPEEDS = {'slow': (10, 9), 'fast': (10, 11)}  # resampling factors; a changed speed counts as another speaker
CODED = 0.45  # share of crops taken from a coded copy
STRENGTH = 0.9  # of the augmentation

# Prompts of demo pages whose speaker number is not told and who may be LibriTTS or VCTK speakers kept for testing: not trained on.
_UNCERTAIN = ('e1-', 'bv-lt', 'vctk-hg', 'vctk-vits', 'vctk-dvae', 'sti-')

# Systems with stable voices of their own: each counts as a speaker of its own.
_OWN_VOICES = {'larynx-glowtts-hifigan', 'diffgan-tts', 'tortoise'}


def _share(text, salt):
    """A number in [0, 1) that depends on the text only."""
    return int(hashlib.sha256((salt + text).encode()).hexdigest()[:8], 16) / 2 ** 32


def test_speakers(table):
    """Speakers kept for testing: all of EmoDB (German) and ETRI (Korean), half of the Mandarin ones and of those LibriTTS ones that have
    four recordings or more, 40 % of MLS, Common Voice, RAVDESS, VCTK and tortoise, a fifth of the rest."""
    recordings = {}
    for row in table:
        if not row['synthetic']:
            recordings.setdefault(row['person'], set()).add((row['source'], row['path']))
    kept = set()
    for name, found in recordings.items():
        kind = name.split('-')[0]
        if kind in ('emodb', 'kor'):
            share = 1.0
        elif kind in ('aishell3', 'thchs30', 'seedasr') or (kind == 'ls' and len(found) >= 4):
            share = 0.5
        elif kind in ('mls', 'cv', 'ravdess', 'vctk', 'tort'):
            share = 0.4
        else:
            share = 0.2
        if _share(name, 'speaker') < share:
            kept.add(name)
    return kept


def voice_class(row, kept):
    """Name of the class that a clip is trained under, or None when its voice is not certain or kept for testing."""
    name = row['person']
    if name in kept or name.startswith(_UNCERTAIN):
        return None
    if not row['synthetic'] or 'copysynth' in row['system']:
        return name
    if row['system'] in _OWN_VOICES:
        return f"{row['system']}:{row['speaker']}"
    return None


def training_classes(table):
    """{class name: clip indices} of classes with at least two clips."""
    classes, kept = {}, test_speakers(table)
    for i, row in enumerate(table):
        name = voice_class(row, kept)
        if name is not None:
            classes.setdefault(name, []).append(i)
    return {name: found for name, found in sorted(classes.items()) if len(found) >= 2}


def changed_speeds(clips, indices, cache):
    """{speed: Clips-like dict of index to int16 wave} of the training clips at 0.9 and 1.1 times their speed; cached."""
    out = {}
    for name, (up, down) in SPEEDS.items():
        path = Path(cache) / f'speed-{name}.npz'
        if not path.exists():
            waves = [np.clip(resample_poly(clips[i], up, down) * 32768, -32768, 32767).astype(np.int16) for i in indices]
            np.savez(path, samples=np.concatenate(waves), offsets=np.cumsum([0] + [len(w) for w in waves]), indices=np.array(indices))
        stored = np.load(path)
        waves = corpus.Clips(stored['samples'], stored['offsets'])
        out[name] = (waves, {int(i): k for k, i in enumerate(stored['indices'])})
    return out


class Objective(nn.Module):
    """The embedder together with the class weights that only training needs."""

    def __init__(self, classes):
        super().__init__()
        self.embedder = Embedder()
        self.weights = nn.Parameter(torch.randn(classes, 128) * 0.1)
        self.slope = nn.Parameter(torch.tensor(10.0))
        self.offset = nn.Parameter(torch.tensor(-5.0))

    def loss(self, waves, labels, margin):
        embedded = self.embedder(waves)
        cosine = F.linear(embedded, F.normalize(self.weights)).clamp(-0.9999, 0.9999)
        own = F.one_hot(labels, cosine.shape[1]).bool()
        moved = torch.where(own, torch.cos(torch.acos(cosine) + margin), cosine)
        margin_loss = F.cross_entropy(SCALE * moved, labels)
        pairs = embedded.view(-1, PER_SPEAKER, embedded.shape[1])
        likeness = pairs[:, 0] @ pairs[:, 1].T * self.slope.clamp(min=1e-3) + self.offset
        return margin_loss + F.cross_entropy(likeness, torch.arange(len(pairs)))


def train(table, clips, coded, cache, path, cycles, seed):
    """Trains to the end of the last of `cycles` (steps, see `fit`); returns (Embedder, record of the run)."""
    use_one_thread(seed)
    classes = training_classes(table)
    names = list(classes)
    speeds = changed_speeds(clips, sorted(i for found in classes.values() for i in found), cache)
    recordings = {name: sorted({(table[i]['source'], table[i]['path']) for i in found}) for name, found in classes.items()}
    weight = np.sqrt(np.array([min(len(found), 12) for found in classes.values()], dtype=float))
    weight /= weight.sum()
    objective = Objective(len(names) * (1 + len(SPEEDS)))

    def draw(name, speed, rng):
        found = classes[name]
        first = found[rng.randint(len(found))]
        others = [i for i in found if i != first]
        apart = [i for i in others if (table[i]['source'], table[i]['path']) != (table[first]['source'], table[first]['path'])]
        pool = apart if apart and len(recordings[name]) > 1 else others
        out = []
        for i in (first, pool[rng.randint(len(pool))]):
            if speed:
                waves, position = speeds[speed]
                wave = waves[position[i]]
            else:
                wave = (coded[rng.randint(len(coded))] if rng.rand() < CODED else clips)[i]
            out.append(crop(wave, LENGTH, rng))
        return out

    def step_loss(step, rng):
        kinds = [None, *SPEEDS]
        waves, labels = [], []
        for k in rng.choice(len(names), SPEAKERS, replace=False, p=weight):
            kind = rng.randint(3)
            waves += draw(names[k], kinds[kind], rng)
            labels += [k + kind * len(names)] * PER_SPEAKER
        with torch.no_grad():
            batch = augment(torch.tensor(np.stack(waves)), rng, STRENGTH)
        margin = MARGIN * min(1.0, step / (0.3 * cycles[0]))
        return objective.loss(batch, torch.tensor(labels), margin)

    record = fit(objective, step_loss, cycles, cycles[-1], path, seed, mean_keep=0.995)
    record.update(seed=seed, classes=len(names), clips=sum(map(len, classes.values())), speakersReal=sum(':' not in name for name in names))
    return objective.embedder, record
