"""What the suppression of noise in a call leaves of a clip, as training hears it: one more copy of a drawn half of the clips.

To most clips noise is added, then RNNoise or a Wiener filter takes it out; some are lifted by an automatic gain and put through a training codec
afterwards. What is drawn depends on the clip's number alone: real and synthetic clips are treated alike, and a copy that was stopped goes on.
Half of the clips, because RNNoise takes a core 0.06 s for a second.
Gains and codecs have other settings than the conditions of the evaluation, and the suppressors that only the evaluation hears (conditions.UNTAUGHT)
do not occur. RNNoise comes as conditions.py says.
"""

import sys
from pathlib import Path

import numpy as np
from scipy.ndimage import uniform_filter1d
from scipy.signal import istft, stft

import conditions
import roundtrip

NOISE_DB = (3.0, 30.0)  # speech over the noise that is added
NOISY = 0.8  # share of the clips that noise is added to
BY_RNNOISE = 0.7  # of the clips, the others by the Wiener filter
LIFTED = 0.4  # share of the clips that a gain follows
CODED = 0.6
GAINS = ('speechnorm=e=6:r=0.0005', 'speechnorm=e=25:r=0.00003:l=1', 'dynaudnorm=f=200:g=11:m=20')
SEED = 77
TAKEN = 0.5  # share of the clips
PART = 1200  # clips of a part of the copy, each a file in the cache
_FRAME = 512  # samples, 32 ms
_LEAST = 1e-12  # power of a band of digital silence


def noisy(wave, rng):
    """The wave with noise of a drawn level and tilt, NOISY of the times; float32."""
    decibels, added, tilt = rng.uniform(*NOISE_DB), rng.rand() < NOISY, rng.uniform(0, 1)
    size = 1 << int(np.ceil(np.log2(len(wave))))
    spectrum = np.fft.rfft(rng.randn(size))
    noise = np.fft.irfft(spectrum / np.power(np.arange(len(spectrum)) + 8.0, tilt * 0.8))[:len(wave)]
    noise *= np.sqrt((wave ** 2).mean() / (noise ** 2).mean()) * 10 ** (-decibels / 20)
    return (wave + noise if added else wave).astype(np.float32)


def wiener(wave, rng):
    """The wave after a Wiener filter whose signal-to-noise ratio is decision-directed (Ephraim and Malah 1984).

    The noise of a band is a drawn quantile of its smoothed power over the clip; its excess, the smoothing and the floor of the gain are drawn too."""
    quantile, excess, memory, floor = rng.uniform(.1, .3), rng.uniform(1, 2.5), rng.uniform(.9, .98), 10 ** (rng.uniform(-30, -10) / 20)
    _, _, spectrum = stft(wave.astype(np.float64), nperseg=_FRAME, noverlap=_FRAME * 3 // 4)
    power = np.abs(spectrum) ** 2 + _LEAST
    noise = excess * np.quantile(uniform_filter1d(power, 8, axis=1), quantile, axis=1).clip(_LEAST)
    gain, before = np.empty_like(power), power[:, 0] / noise
    for t in range(power.shape[1]):
        after = power[:, t] / noise
        ratio = memory * before + (1 - memory) * np.maximum(after - 1, 0)
        gain[:, t] = np.maximum(ratio / (1 + ratio), floor)
        before = gain[:, t] ** 2 * after
    return istft(spectrum * gain, nperseg=_FRAME, noverlap=_FRAME * 3 // 4)[1][:len(wave)].astype(np.float32)


def taken(count):
    """Numbers of the clips of the copy, of `count` in all."""
    return np.where(np.random.RandomState(SEED).rand(count) < TAKEN)[0]


def part(clips, cache, number):
    """The taken ones among PART clips as int16 waves of their own lengths, one after the other; kept in the cache as call-<number>.npy."""
    path = Path(cache) / f'call-{number}.npy'
    if path.exists():
        return np.load(path)
    indices = [i for i in taken(len(clips)) if i // PART == number]
    waves, by_rnnoise, follows = [], [], {}
    for k, i in enumerate(indices):
        rng = np.random.RandomState([SEED, i])
        wave = noisy(clips[i], rng)
        rnnoise = rng.rand() < BY_RNNOISE
        by_rnnoise += [k] if rnnoise else []
        waves.append(wave if rnnoise else wiener(wave, rng))
        gain = rng.randint(len(GAINS)) if rng.rand() < LIFTED else None
        codec = rng.randint(len(roundtrip.TRAINING)) if rng.rand() < CODED else None
        if gain is not None or codec is not None:
            follows.setdefault((gain, codec), []).append(k)
    for k, wave in zip(by_rnnoise, conditions.suppressed([waves[k] for k in by_rnnoise], cache)):
        waves[k] = wave
    waves = [conditions.stored(wave) for wave in waves]
    for (gain, codec), chosen in follows.items():
        encoder, container, rate = (['-c:a', 'pcm_s16le'], 'wav', 16000) if codec is None else list(roundtrip.TRAINING.values())[codec]
        lift = [] if gain is None else ['-af', GAINS[gain]]
        for k, wave in zip(chosen, roundtrip.round_trip([waves[k] for k in chosen], [*lift, *encoder], container, rate)[0]):
            waves[k] = wave
    joined, unfinished = np.concatenate(waves), path.with_suffix('.part.npy')
    np.save(unfinished, joined)
    unfinished.replace(path)
    print(f'call: {len(indices)} clips of part {number}', file=sys.stderr, flush=True)
    return joined


def copy(clips, cache):
    """The clips once more, as above; those that were not taken are of no length."""
    path, lengths = Path(cache) / 'call.npy', np.zeros(len(clips), int)
    if not path.exists():
        np.save(path, np.concatenate([part(clips, cache, k) for k in range(-(-len(clips) // PART))]))
    lengths[taken(len(clips))] = np.diff(clips.offsets)[taken(len(clips))]
    return type(clips)(np.load(path, mmap_mode='r'), np.concatenate([[0], np.cumsum(lengths)]))
