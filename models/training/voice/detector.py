"""Trains members of the synthetic-voice ensemble on given clips and scores clips with them.

Batches follow detection.md part 2: a spoof is drawn by the root of the counts of its source and of its system; beside it stands a real
clip, six times of ten from the same source, so that the source alone tells nothing.
"""

import csv

import numpy as np
import torch
import torch.nn.functional as F

import parity
from augment import augment, crop
from nets import Detector, Ensemble, Spectrum
from training import fit, use_one_thread

WINDOW = 32000  # samples of a scored window, 2 s
BATCH = 32
CODED = 0.35  # share of crops taken from a coded copy
CALLED = 0.4  # and, of those clips that are in it, from the copy whose noise was suppressed (calls.py): a fifth of all crops
STRENGTH = 0.3  # of the augmentation; more of it under-fits at this budget (detection.md)
SMOOTHING = 0.05  # of the labels
SAME_SOURCE = 0.6
TEACHER_WEIGHT = 0.3


def teacher_scores(path, count, limit):
    """Standardised scores of the upstream AASIST network by clip index, nan beyond the first `limit` lines of `path`; clipped to +-3."""
    scores = np.full(count, np.nan)
    with open(path) as handle:
        for line in list(csv.reader(handle))[:limit]:
            scores[int(line[0])] = float(line[1])
    known = scores[~np.isnan(scores)]
    return np.clip((scores - known.mean()) / known.std(), -3, 3)


class Draw:
    """Draws pairs of a synthetic and a real clip among `indices`."""

    def __init__(self, table, indices):
        self.real, self.synthetic = {}, {}
        for i in indices:
            row = table[i]
            if row['synthetic']:
                self.synthetic.setdefault(row['source'], {}).setdefault(row['system'], []).append(i)
            else:
                self.real.setdefault(row['source'], []).append(i)
        self.sources, self.real_sources = sorted(self.synthetic), sorted(self.real)
        self.weight = self._roots([sum(map(len, self.synthetic[s].values())) for s in self.sources])
        self.real_weight = self._roots([len(self.real[s]) for s in self.real_sources])

    @staticmethod
    def _roots(counts):
        roots = np.sqrt(np.array(counts, dtype=float))
        return roots / roots.sum()

    def pair(self, rng):
        """Indices of a synthetic clip and of a real one."""
        source = self.sources[rng.choice(len(self.sources), p=self.weight)]
        systems = self.synthetic[source]
        names = list(systems)
        found = systems[names[rng.choice(len(names), p=self._roots([len(systems[n]) for n in names]))]]
        beside = source
        if source not in self.real or rng.rand() >= SAME_SOURCE:
            beside = self.real_sources[rng.choice(len(self.real_sources), p=self.real_weight)]
        return found[rng.randint(len(found))], self.real[beside][rng.randint(len(self.real[beside]))]


def train_member(table, indices, clips, coded, call, teacher, linear, path, cycles, stop, seed):
    """Trains one Detector on the clips `indices`; `coded` are coded copies of all clips, `call` the one of calls.py or None.
    Returns (Detector, record of the run)."""
    use_one_thread(seed)
    member, spectrum, draw = Detector(linear), Spectrum(), Draw(table, indices)

    def wave(i, rng):
        drawn = rng.rand()
        if drawn < CODED:
            return coded[rng.randint(len(coded))][i]
        return call[i] if drawn < CODED + CALLED and call is not None and call.seconds(i) else clips[i]

    def step_loss(step, rng):
        chosen = [i for _ in range(BATCH // 2) for i in draw.pair(rng)]
        waves = [crop(wave(i, rng), WINDOW, rng) for i in chosen]
        with torch.no_grad():
            power = spectrum(augment(torch.tensor(np.stack(waves)), rng, STRENGTH))
        target = torch.tensor([float(table[i]['synthetic']) for i in chosen])
        taught = torch.tensor(teacher[chosen], dtype=torch.float32)
        logit, estimate = member(power)
        loss = F.binary_cross_entropy_with_logits(logit, target * (1 - 2 * SMOOTHING) + SMOOTHING)
        known = ~torch.isnan(taught)
        if known.any():
            loss = loss + TEACHER_WEIGHT * F.smooth_l1_loss(estimate[known], taught[known])
        return loss

    record = fit(member, step_loss, cycles, stop, path, seed)
    record.update(seed=seed, front='linear' if linear else 'mel', clips=len(indices))
    return member, record


def windows(wave):
    """Windows of 2 s, evenly spread over the wave with as little overlap as covers it; a shorter wave is repeated."""
    if len(wave) <= WINDOW:
        return [np.tile(wave, WINDOW // len(wave) + 1)[:WINDOW]]
    count = -(-len(wave) // WINDOW)
    return [wave[s:s + WINDOW] for s in np.linspace(0, len(wave) - WINDOW, count).astype(int)]


@torch.no_grad()
def member_outputs(members, waves, batch=64):
    """[clips, members, 2]: logit and teacher estimate of every member, averaged over a clip's windows."""
    spectrum = Spectrum()
    cut, owner = [], []
    for k, wave in enumerate(waves):
        for window in windows(wave):
            cut.append(window)
            owner.append(k)
    out = []
    for start in range(0, len(cut), batch):
        power = spectrum(torch.tensor(np.stack(cut[start:start + batch])))
        out.append(torch.stack([torch.stack(m.eval()(power), 1) for m in members], 1))
    out, owner = torch.cat(out).numpy(), np.array(owner)
    counts = np.bincount(owner)[:, None, None]
    total = np.zeros((len(waves), *out.shape[1:]))
    np.add.at(total, owner, out)
    return total / counts


def combined(outputs, share):
    """Raw scores [clips] from member outputs, as nets.Ensemble computes them."""
    return (outputs[..., 0] + share * outputs[..., 1]).mean(1)


def export(members, share, path):
    """Writes the ensemble as ONNX (opset 13): audio [B, N] to score [B]."""
    net = Ensemble(members, share).eval()
    net.spectrum.exported = True
    parity.export(net, path)
    net.spectrum.exported = False
    return net
