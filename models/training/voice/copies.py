"""Copy synthesis: real clips spoken again by three small synthesisers, as training material whose speaker, words and channel are the original's.

A copy stands in a batch only beside its own original, so the pair teaches what synthesis leaves and not whose voice or which source it is.
Griffin-Lim phase (Griffin and Lim, 1984; momentum after Perraudin et al., 2013) from an 80-band mel spectrum; a source-filter vocoder after
the plan of WORLD (Morise et al., 2016), with pitch by autocorrelation and a cepstral envelope; and a convolutional autoencoder of our own
with finite scalar quantisation (Mentzer et al., 2024), one for each group of sources, trained on that group's real clips alone.
"""

import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from scipy import fft
from scipy.ndimage import median_filter, uniform_filter1d
from torch import nn

import corpus
from augment import crop

LENGTH = 48000  # samples of a copied stretch, 3 s
PER_SOURCE = 60  # real clips of a source that are copied
KINDS = ('griffin-lim', 'source-filter', 'autoencoder')
FRAME, FFT, HOP = 400, 512, 128  # samples of the first two synthesisers; the hop is drawn once more for each batch
ROUNDS = 16  # of Griffin-Lim
BATCH = 32
AUTOENCODER_STEPS, AUTOENCODER_WINDOW, AUTOENCODER_BATCH = 1100, 8000, 12


def _window():
    return np.hanning(FRAME + 1)[:FRAME].astype(np.float32)


def _stft(waves, hop):
    """Complex spectrum [B, T, 257] of waves [B, N], T = 1 + N // hop, frames centred."""
    padded = np.pad(waves, ((0, 0), (FRAME // 2, FRAME // 2)))
    frames = np.lib.stride_tricks.sliding_window_view(padded, FRAME, axis=1)[:, ::hop]
    return fft.rfft(frames * _window(), FFT, axis=2)


def _istft(spectrum, hop, length):
    """Waves [B, length] whose frames come closest to the spectrum [B, T, 257] (Griffin and Lim, 1984)."""
    window, count = _window(), spectrum.shape[1]
    frames = fft.irfft(spectrum, FFT, axis=2)[:, :, :FRAME] * window
    out, weight = np.zeros((len(spectrum), count * hop + FRAME), np.float32), np.full(count * hop + FRAME, 1e-3, np.float32)
    for k in range(count):
        out[:, k * hop:k * hop + FRAME] += frames[:, k]
        weight[k * hop:k * hop + FRAME] += window ** 2
    return (out / weight)[:, FRAME // 2:FRAME // 2 + length]


def _mel(bands):
    """Unit-sum triangular mel filters [bands, 257] from 0 to 8 kHz."""
    edges = 700 * (10 ** (np.linspace(0, 2595 * np.log10(1 + 8000 / 700), bands + 2) / 2595) - 1)
    f = np.linspace(0, 8000, FFT // 2 + 1)
    weights = np.clip(np.minimum((f - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None],
                                 (edges[2:, None] - f) / (edges[2:] - edges[1:-1])[:, None]), 0, None)
    for row, centre in zip(weights, edges[1:-1]):
        row[int(round(centre / 8000 * (FFT // 2)))] += 1e-3  # no narrow filter falls between two bins
    return (weights / weights.sum(1, keepdims=True)).astype(np.float32)


def griffin_lim(waves, rng):
    """Copies of waves [B, N] from their mel magnitudes alone, the phase found by iteration from a random one."""
    hop = int(rng.choice([80, 100, 128]))
    filters = _mel(80)
    magnitude = np.maximum(np.abs(_stft(waves, hop)) @ filters.T @ np.linalg.pinv(filters).T, 1e-5)
    unit = np.exp(2j * np.pi * rng.rand(*magnitude.shape)).astype(np.complex64)
    before = None
    for _ in range(ROUNDS):
        found = _stft(_istft(magnitude * unit, hop, waves.shape[1]), hop)
        ahead = found if before is None else found + 0.9 * (found - before)
        before, unit = found, ahead / (np.abs(ahead) + 1e-9)
    return _istft(magnitude * unit, hop, waves.shape[1])


def _pitch(waves, hop):
    """Period in samples [B, T] and normalised autocorrelation [B, T], at most about 1, at it: 70 to 400 Hz, frames of 1,024 samples."""
    size, low, high = 1024, 40, 228
    window = np.hanning(size).astype(np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(np.pad(waves, ((0, 0), (size // 2, size // 2))), size, axis=1)[:, ::hop]

    def correlation(part):
        return fft.irfft(np.abs(fft.rfft(part, 2 * size, axis=-1)) ** 2, axis=-1)[..., :high]

    found, of_window = correlation((frames - frames.mean(2, keepdims=True)) * window), correlation(window)
    found = found / (found[..., :1] + 1e-8) / (of_window / of_window[0])
    at = found[..., low:].argmax(2) + low
    strength = np.take_along_axis(found, at[..., None], 2)[..., 0]
    return median_filter(at, (1, 5)).astype(np.float32), strength  # a lone octave error gives way to its neighbours


def source_filter(waves, rng):
    """Copies of waves [B, N]: pulses at the estimated pitch and noise, mixed by voicing and frequency, through the cepstral envelope."""
    hop, order, edge = int(rng.choice([80, 128])), int(rng.choice([24, 32, 40])), rng.uniform(3500, 5500)
    length = waves.shape[1]
    lifter = np.zeros(FFT, np.float32)
    lifter[:order], lifter[-order + 1:] = 1, 1
    cepstrum = fft.irfft(np.log(np.maximum(np.abs(_stft(waves, hop)), 1e-5)), FFT, axis=2)
    envelope = np.exp(fft.rfft(cepstrum * lifter, axis=2).real)
    period, strength = _pitch(waves, hop)
    at = np.arange(length) / hop
    rate = np.stack([np.interp(at, np.arange(len(row)), 1 / row) for row in period])
    pulse = np.diff(np.floor(np.cumsum(rate, 1)), axis=1, prepend=0).astype(np.float32)
    noise = rng.randn(*waves.shape).astype(np.float32)
    voiced = 1 / (1 + np.exp(-12 * (strength - 0.5)))[..., None]
    periodic = voiced / (1 + np.exp((np.linspace(0, 8000, FFT // 2 + 1) - edge) / 400))  # breath above the edge

    def flat(part):
        return part / np.maximum(np.sqrt((np.abs(part) ** 2).mean(2, keepdims=True)), 1e-4)

    mixed = flat(_stft(pulse, hop)) * np.sqrt(periodic) + flat(_stft(noise, hop)) * np.sqrt(1 - periodic)
    return _istft((mixed * envelope).astype(np.complex64), hop, length)


class Autoencoder(nn.Module):
    """Waves [B, N], N a multiple of 80, to their re-synthesis: 16 numbers of five levels every 5 ms (about 7.4 kbit/s) stand between.

    The decoder's transposed convolutions are computed as convolutions to `stride` phases (Shi et al., 2016); they leave the periodic
    traces (Odena et al., 2016) that neural vocoders leave."""

    def __init__(self, width=32, code=16):
        super().__init__()

        def down(i, o, stride):
            return nn.Sequential(nn.Conv1d(i, o, 2 * stride + 1, stride, stride), nn.LeakyReLU(0.2))

        def even(i, o, size):
            return nn.Sequential(nn.Conv1d(i, o, size, 1, size // 2), nn.LeakyReLU(0.2))

        self.strides = (4, 4, 5)
        self.encoder = nn.Sequential(down(1, width, 5), down(width, 2 * width, 4), down(2 * width, 3 * width, 4), nn.Conv1d(3 * width, code, 3, 1, 1))
        self.enter = nn.Sequential(even(code, 3 * width, 7), even(3 * width, 3 * width, 7))
        sizes = (3 * width, 2 * width, width, 16)
        self.up = nn.ModuleList(nn.Conv1d(i, o * s, 3, 1, 1) for i, o, s in zip(sizes, sizes[1:], self.strides))
        self.mix = nn.ModuleList(nn.Conv1d(o, o, 5, 1, 2) for o in sizes[1:-1])
        self.leave = nn.Conv1d(16, 1, 7, 1, 3)

    def forward(self, waves):
        code = 2 * torch.tanh(self.encoder(waves[:, None]))
        x = self.enter(code + (code.round() - code).detach())
        for k, (up, stride) in enumerate(zip(self.up, self.strides)):
            x = F.leaky_relu(up(x), 0.2)
            x = x.unflatten(1, (-1, stride)).transpose(2, 3).flatten(2)
            if k < len(self.mix):
                x = x + F.leaky_relu(self.mix[k](x), 0.2)
        return self.leave(x)[:, 0]


def _spectral_loss(made, waves):
    """Magnitude loss at three resolutions (Yamamoto et al., 2020): spectral convergence and mean log difference."""
    loss = 0
    for size in (256, 512, 1024):
        window = torch.hann_window(size)
        a, b = (torch.stft(w, size, size // 4, size, window, return_complex=True).abs().clamp(min=1e-4) for w in (made, waves))
        loss = loss + (a - b).norm() / b.norm() + (a.log() - b.log()).abs().mean()
    return loss / 3


def autoencoder(clips, indices, path, seed):
    """An Autoencoder trained on the clips `indices` (real ones), kept at `path`."""
    torch.manual_seed(seed)
    net = Autoencoder()
    if not path.exists():
        rng, started = np.random.RandomState(seed), time.time()
        optimiser = torch.optim.AdamW(net.parameters(), lr=2e-3)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2e-3, total_steps=AUTOENCODER_STEPS)
        for step in range(AUTOENCODER_STEPS):
            waves = np.stack([crop(clips[i], AUTOENCODER_WINDOW, rng) for i in rng.choice(indices, AUTOENCODER_BATCH)])
            waves = torch.tensor(waves / (waves.std(1, keepdims=True) + 1e-4) * 0.1)
            made = net(waves)
            loss = _spectral_loss(made, waves) + 5 * (made - waves).abs().mean()
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            schedule.step()
            if step % 100 == 99:
                print(f'{path.stem}: step {step + 1}, loss {loss.item():.3f}, {time.time() - started:.0f} s', file=sys.stderr, flush=True)
        torch.save(net.state_dict(), path)
    net.load_state_dict(torch.load(path))
    return net.eval()


def likened(copies, waves):
    """Copies [B, N] with the long-term spectrum and the level of their originals: neither shall tell them apart, for both are the channel's."""
    length = waves.shape[1]
    ratio = [(np.abs(_stft(part, HOP)) ** 2).mean(1) + 1e-9 for part in (waves, copies)]
    smooth = np.clip(uniform_filter1d(np.log(ratio[0] / ratio[1]), 17, axis=1, mode='nearest'), -6, 6) / 2
    hertz = np.linspace(0, 8000, length // 2 + 1)
    gain = np.stack([np.interp(hertz, np.linspace(0, 8000, FFT // 2 + 1), row) for row in smooth])
    kept = (hertz > 60) & (hertz < 7350)  # as data/voices was cut
    out = fft.irfft(fft.rfft(copies, axis=1) * np.exp(gain) * kept, length, axis=1)
    return out * waves.std(1, keepdims=True) / (out.std(1, keepdims=True) + 1e-6)


def chosen(table, group):
    """Real clips of a group that are copied: at most PER_SOURCE of a source, lowest id first."""
    taken, out = {}, []
    for i in sorted(range(len(table)), key=lambda j: table[j]['id']):
        source = table[i]['source']
        if not table[i]['synthetic'] and source in corpus.SOURCE_GROUPS[group] and taken.get(source, 0) < PER_SOURCE:
            taken[source] = taken.get(source, 0) + 1
            out.append(i)
    return sorted(out)


def copied(table, clips, group, cache, kept):
    """(indices [n], originals [n, LENGTH], copies [kinds, n, LENGTH]) of a group as int16, made once; `kept` clips train no autoencoder."""
    cache = Path(cache)
    indices, path = chosen(table, group), cache / f'copies-{group}.npy'
    rng = np.random.RandomState(1000 + ord(group))
    waves = np.stack([crop(clips[i], LENGTH, rng) for i in indices])
    if not path.exists():
        real = [i for i, row in enumerate(table) if not row['synthetic'] and row['source'] in corpus.SOURCE_GROUPS[group] and i not in kept]
        net = autoencoder(clips, real, cache / f'autoencoder-{group}.pt', 100 + ord(group))

        @torch.no_grad()
        def encoded(part, _):
            scale = 0.1 / (part.std(1, keepdims=True) + 1e-4)
            return net(torch.tensor(part * scale)).numpy() / scale

        made = []
        for kind, synthesiser in zip(KINDS, (griffin_lim, source_filter, encoded)):
            started = time.time()
            parts = [waves[at:at + BATCH] for at in range(0, len(waves), BATCH)]
            made.append(np.concatenate([likened(synthesiser(part, rng), part) for part in parts]).clip(-1, 1))
            print(f'copies of {group}: {kind}, {len(waves)} clips, {time.time() - started:.0f} s', file=sys.stderr, flush=True)
        np.save(path, np.round(np.stack(made) * 32767).astype(np.int16))
    return np.array(indices), np.round(waves * 32767).astype(np.int16), np.load(path, mmap_mode='r')
