"""Random changes of level-normalised waveforms that leave the speaker and the synthesis as they are: channel, room, noise, distortion."""

import numpy as np
import torch
import torch.nn.functional as F

from nets import LEVEL

TAIL = 8000  # samples of simulated reverberation (0.5 s)


def crop(wave, length, rng):
    """A random stretch of `length` samples; shorter waves are repeated."""
    if len(wave) >= length:
        start = rng.randint(0, len(wave) - length + 1)
        return wave[start:start + length]
    start = rng.randint(0, len(wave))
    return np.tile(wave, length // len(wave) + 2)[start:start + length]


def normalised(waves):
    return waves * (LEVEL / (waves.pow(2).mean(1, keepdim=True).sqrt() + 1e-5))


def augment(waves, rng, strength):
    """Changed copies of waves [B, N]; every change is drawn per wave with its own probability times `strength`."""
    batch, length = waves.shape

    def uniform(low, high, count=batch):
        return torch.tensor(rng.uniform(low, high, (count, 1)), dtype=torch.float32)

    def chosen(probability):
        return rng.rand(batch) < probability * strength

    waves = normalised(waves)
    bent = np.where(chosen(.25))[0]
    if len(bent):
        part = waves[bent]
        waves[bent] = part + uniform(-2, 2, len(bent)) * part.pow(2) + uniform(-8, 8, len(bent)) * part.pow(3)

    equalised, low_passed, high_passed, in_room = chosen(.6), chosen(.35), chosen(.25), chosen(.3)
    touched = np.where(equalised | low_passed | high_passed | in_room)[0]
    if len(touched):
        waves[touched] = _filtered(waves[touched], rng, equalised[touched], low_passed[touched], high_passed[touched], in_room[touched])

    # Noise with a spectrum between white and brown, 3 to 45 dB under the speech.
    noisy = np.where(chosen(.5))[0]
    if len(noisy):
        count = len(noisy)
        source = torch.fft.rfft(torch.tensor(rng.randn(count, length), dtype=torch.float32))
        tilt = (torch.arange(source.shape[1])[None] + 8.).pow(-uniform(0, 2, count) / 2)
        noise = torch.fft.irfft(source * tilt, n=length)
        noise = noise / noise.pow(2).mean(1, keepdim=True).sqrt()
        level = waves[noisy].pow(2).mean(1, keepdim=True).sqrt()
        waves[noisy] = waves[noisy] + level * noise * 10 ** (-uniform(3 if strength > .6 else 8, 45, count) / 20)
    return normalised(waves)


def _filtered(waves, rng, equalised, low_passed, high_passed, in_room):
    """Waves after an equaliser, a low-pass, a high-pass and a room of decaying noise, each where its mask says, as one filter."""
    count, length = waves.shape
    size = length + TAIL
    hertz = torch.linspace(0, 8000, size // 2 + 1)[None]

    def masked(mask, low, high, off):
        return torch.tensor(np.where(mask, rng.uniform(low, high, count), off)[:, None], dtype=torch.float32)

    points = torch.tensor(rng.randn(count, 1, 9) * 4 * equalised[:, None, None], dtype=torch.float32)
    gain = torch.pow(10., F.interpolate(points, size=size // 2 + 1, mode='linear', align_corners=True)[:, 0] / 20)
    low_pass, high_pass = masked(low_passed, 3000, 7200, 9000.), masked(high_passed, 60, 350, 1.)
    response = (gain / torch.sqrt(1 + (hertz / low_pass) ** 24) / torch.sqrt(1 + (high_pass / (hertz + 1e-3)) ** 6)).to(torch.complex64)
    rooms = np.where(in_room)[0]
    if len(rooms):
        decay = torch.tensor(rng.uniform(.08, .5, (len(rooms), 1)), dtype=torch.float32)
        tail = torch.tensor(rng.randn(len(rooms), TAIL), dtype=torch.float32) * torch.exp(-6.9 * torch.arange(TAIL)[None] / 16000 / decay)
        strength = torch.tensor(10 ** (rng.uniform(-14, 0, (len(rooms), 1)) / 20), dtype=torch.float32)
        tail = tail / tail.pow(2).sum(1, keepdim=True).sqrt() * strength
        tail[:, :int(16 * rng.uniform(1, 5))] = 0
        tail[:, 0] = 1
        response[rooms] = response[rooms] * torch.fft.rfft(tail, size)
    return torch.fft.irfft(torch.fft.rfft(waves, size) * response, size)[:, :length]
