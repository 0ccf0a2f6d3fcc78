"""The networks, waveform in, score or embedding out: the spectrum is part of the graph, so that a caller needs no signal processing.

Front end and detector follow detection.md part 2 ("Recommended recipe"); pooling is attentive statistics pooling (Okabe et al.,
Interspeech 2018).
"""

import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

FRAME, HOP, FFT = 400, 160, 512  # samples at 16 kHz: 25 ms, 10 ms
LOW, HIGH = 80.0, 7200.0  # Hz; data/voices was cut at 60 Hz and 7350 Hz, so nothing outside may count
LEVEL = 0.08  # RMS that every window is brought to


def filterbank(bands, linear):
    """Triangular filters, unit sum, [bands, 257]; edges linear in hertz or on the HTK mel scale."""
    if linear:
        edges = np.linspace(LOW, HIGH, bands + 2)
    else:
        mel = np.linspace(2595 * np.log10(1 + LOW / 700), 2595 * np.log10(1 + HIGH / 700), bands + 2)
        edges = 700 * (10 ** (mel / 2595) - 1)
    f = np.linspace(0, 8000, FFT // 2 + 1)
    rise = (f - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    fall = (edges[2:, None] - f) / (edges[2:] - edges[1:-1])[:, None]
    weights = np.clip(np.minimum(rise, fall), 0, None)
    # Narrow low filters may fall between two bins: they take the nearest one.
    for row, centre in zip(weights, edges[1:-1]):
        if row.sum() == 0:
            row[int(round(centre / 8000 * (FFT // 2)))] = 1
    return torch.tensor(weights / weights.sum(1, keepdims=True), dtype=torch.float32)


class Spectrum(nn.Module):
    """Power spectrum [B, 257, T] of waveforms [B, N], T = 1 + (N - 400) // 160, after removal of the mean and scaling to LEVEL."""

    def __init__(self):
        super().__init__()
        window = torch.hann_window(FRAME)
        self.register_buffer('window', window, persistent=False)
        angle = 2 * math.pi * torch.arange(FFT // 2 + 1, dtype=torch.float64)[:, None] * torch.arange(FRAME, dtype=torch.float64) / FFT
        basis = torch.cat([torch.cos(angle), -torch.sin(angle)]).float() * window
        self.register_buffer('basis', basis[:, None], persistent=False)
        self.exported = False

    def forward(self, wave):
        wave = wave - wave.mean(1, keepdim=True)
        wave = wave * (LEVEL / (wave.pow(2).mean(1, keepdim=True).sqrt() + 1e-5))
        if self.exported:  # the same sums as a convolution, which ONNX opset 13 knows
            parts = F.conv1d(wave[:, None], self.basis, stride=HOP)
            return parts[:, :FFT // 2 + 1].pow(2) + parts[:, FFT // 2 + 1:].pow(2)
        spectrum = torch.fft.rfft(wave.unfold(1, FRAME, HOP) * self.window, n=FFT)
        return (spectrum.real.pow(2) + spectrum.imag.pow(2)).transpose(1, 2)


class LogBands(nn.Module):
    """Log energies [B, bands, T] of a power spectrum, each band's mean over the window removed, divided by 3."""

    def __init__(self, bands, linear):
        super().__init__()
        self.register_buffer('filters', filterbank(bands, linear), persistent=False)

    def forward(self, power):
        energy = torch.log(torch.matmul(self.filters, power) + 1e-7)
        return (energy - energy.mean(2, keepdim=True)) / 3


def _conv(i, o, size, stride):
    return nn.Sequential(nn.Conv2d(i, o, size, stride, size // 2, bias=False), nn.BatchNorm2d(o), nn.ReLU(inplace=True))


class Residual(nn.Module):
    def __init__(self, i, o, stride):
        super().__init__()
        self.first = _conv(i, o, 3, stride)
        self.second = nn.Sequential(nn.Conv2d(o, o, 3, 1, 1, bias=False), nn.BatchNorm2d(o))
        self.skip = nn.Sequential(nn.Conv2d(i, o, 1, stride, bias=False), nn.BatchNorm2d(o)) if stride != 1 or i != o else nn.Identity()

    def forward(self, x):
        return F.relu(self.second(self.first(x)) + self.skip(x))


class AttentivePooling(nn.Module):
    """Attention-weighted mean and standard deviation over time: [B, C, T] to [B, 2C]."""

    def __init__(self, channels, hidden=64):
        super().__init__()
        self.attention = nn.Sequential(nn.Conv1d(channels, hidden, 1), nn.Tanh(), nn.Conv1d(hidden, channels, 1))

    def forward(self, x):
        weight = torch.softmax(self.attention(x), 2)
        mean = (weight * x).sum(2)
        spread = ((weight * x * x).sum(2) - mean * mean).clamp(min=1e-4).sqrt()
        return torch.cat([mean, spread], 1)


class Trunk(nn.Module):
    """2-D residual network over log bands, [B, bands, T] to an embedding [B, width]; `blocks[k]` residual blocks at stage k."""

    def __init__(self, bands, channels, blocks, width, dropout):
        super().__init__()
        layers, at = [_conv(1, channels[0], 5, 2)], channels[0]
        for out, count in zip(channels[1:], blocks):
            for k in range(count):
                layers.append(Residual(at, out, 2 if k == 0 else 1))
                at = out
        self.layers = nn.Sequential(*layers)
        rows = math.ceil(bands / 2 ** len(channels))
        self.pool = AttentivePooling(at * rows)
        self.dropout = nn.Dropout(dropout)
        self.project = nn.Linear(2 * at * rows, width)
        self.norm = nn.BatchNorm1d(width)

    def forward(self, bands):
        return self.norm(self.project(self.dropout(self.pool(self.layers(bands[:, None]).flatten(1, 2)))))


class Detector(nn.Module):
    """One member of the synthetic-voice ensemble. `forward` gives (logit of "synthetic", estimate of the teacher's score), each [B]."""

    def __init__(self, linear, channels=(16, 32, 64, 96)):
        super().__init__()
        self.bands = LogBands(80, linear)
        self.trunk = Trunk(80, channels, (1,) * (len(channels) - 1), 64, 0.3)
        self.head = nn.Linear(64, 2)

    def forward(self, power):
        out = self.head(self.trunk(self.bands(power)))
        return out[:, 0], out[:, 1]


class Ensemble(nn.Module):
    """Waveforms [B, N >= 16000] to one raw score [B]: the mean over members of logit + share * teacher estimate."""

    def __init__(self, members, share):
        super().__init__()
        self.spectrum = Spectrum()
        self.members = nn.ModuleList(members)
        self.share = share

    def forward(self, audio):
        power = self.spectrum(audio)
        total = 0
        for member in self.members:
            logit, teacher = member(power)
            total = total + logit + self.share * teacher
        return total / len(self.members)


class Embedder(nn.Module):
    """Waveforms [B, N >= 8000] to unit-length speaker embeddings [B, 128]."""

    def __init__(self, channels=(16, 32, 64, 128), blocks=(1, 2, 1), width=128):
        super().__init__()
        self.spectrum = Spectrum()
        self.bands = LogBands(72, False)
        self.trunk = Trunk(72, channels, blocks, width, 0.1)

    def forward(self, audio):
        return F.normalize(self.trunk(self.bands(self.spectrum(audio))))


def _band_pass(taps=257):
    """Linear-phase filter [taps] that passes about LOW to HIGH and damps by 50 dB what lies where data/voices was cut (Kaiser window)."""
    t = np.arange(taps) - taps // 2
    low, high = 150 / 8000, 7200 / 8000
    return (high * np.sinc(high * t) - low * np.sinc(low * t)) * np.kaiser(taps, 4.6)


class Limited(nn.Module):
    """Waveforms [B, N] to the same less what the recipe's band leaves out, [B, floor(N / 16) * 16], after removal of the mean and scaling to LEVEL."""

    STEP = 16  # samples computed at once: a strided convolution of 16 shifted copies of the filter is far cheaper than one of a single output

    def __init__(self):
        super().__init__()
        taps = _band_pass()
        shifted = np.stack([np.concatenate([np.zeros(k), taps, np.zeros(self.STEP - 1 - k)]) for k in range(self.STEP)])
        self.register_buffer('taps', torch.tensor(shifted[:, None], dtype=torch.float32), persistent=False)

    def forward(self, wave):
        wave = wave - wave.mean(1, keepdim=True)
        wave = F.conv1d(wave[:, None], self.taps, stride=self.STEP, padding=128).transpose(1, 2).flatten(1)
        return wave * (LEVEL / (wave.pow(2).mean(1, keepdim=True).sqrt() + 1e-5))


class LearnedFilters(nn.Module):
    """Log energies [B, filters, T], T about N / 160, of learned filters of a waveform, each filter's mean over the window removed.

    Pairs of filters that start as Gabor functions on the mel scale, a quarter period apart; the energy of both is averaged over 20 ms before
    the logarithm, as LEAF does (Zeghidour et al., 2021): taken at single samples it varies by chance alone as much as by what was said."""

    STRIDE, MEAN = 40, 8  # samples between two energies, and how many are averaged, half overlapping

    def __init__(self, filters, taps):
        super().__init__()
        mel = np.linspace(2595 * np.log10(1 + 150 / 700), 2595 * np.log10(1 + 7000 / 700), filters)
        centre = 700 * (10 ** (mel / 2595) - 1)
        width = np.maximum(np.gradient(centre), 16000 / taps * 0.7)
        t = (np.arange(taps) - (taps - 1) / 2) / 16000
        envelope = np.exp(-0.5 * (t[None] * width[:, None] * 2.5) ** 2)
        parts = [wave(2 * np.pi * centre[:, None] * t) * envelope for wave in (np.cos, np.sin)]
        kernel = np.concatenate([part / np.linalg.norm(part, axis=1, keepdims=True) for part in parts])
        self.kernel = nn.Parameter(torch.tensor(kernel[:, None], dtype=torch.float32))
        self.filters = filters

    def forward(self, wave):
        out = F.conv1d(wave[:, None], self.kernel, stride=self.STRIDE).pow(2)
        out = F.avg_pool1d(out[:, :self.filters] + out[:, self.filters:], self.MEAN, self.MEAN // 2)
        out = torch.log(out + 1e-9)
        return (out - out.mean(2, keepdim=True)) / 3


class RawDetector(nn.Module):
    """Band-limited waveforms [B, N] (Limited) to logits of "synthetic" [B]; no spectrum is given to it, its 2-D network is that of Detector."""

    def __init__(self):
        super().__init__()
        self.filters, self.trunk = LearnedFilters(80, 256), Trunk(80, (16, 32, 64, 96), (1, 1, 1), 64, 0.3)
        self.head = nn.Linear(64, 1)

    def forward(self, wave):
        return self.head(self.trunk(self.filters(wave)))[:, 0]
