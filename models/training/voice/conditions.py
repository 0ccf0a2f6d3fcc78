"""The conditions that every clip of the evaluation is scored under: codecs whose settings training did not see, noise, level, clipping."""

import numpy as np

import roundtrip

SEED = 4242
NOISE_DB = 15.0  # speech over pink noise
QUIET_DB = -30.0
CLIP_DB = 9.0  # gain over full scale of the loudest sample


def _noisy(wave, rng):
    spectrum = np.fft.rfft(rng.randn(len(wave)))
    pink = np.fft.irfft(spectrum / np.sqrt(np.arange(len(spectrum)) + 8.0), n=len(wave))
    pink *= np.sqrt((wave ** 2).mean() / (pink ** 2).mean()) * 10 ** (-NOISE_DB / 20)
    return wave + pink


def stored(wave):
    """A float wave as int16 samples."""
    return np.clip(np.round(wave * 32768), -32768, 32767).astype(np.int16)


def apply(name, waves):
    """float32 waves under condition `name`, same lengths; quantised to 16 bits as a file would be."""
    if name == 'clean':
        return list(waves)
    if name in roundtrip.EVALUATION:
        out = []
        for start in range(0, len(waves), roundtrip.CHUNK):
            coded, _ = roundtrip.round_trip([stored(w) for w in waves[start:start + roundtrip.CHUNK]], *roundtrip.EVALUATION[name])
            out += coded
    elif name == 'noise-15db':
        rng = np.random.RandomState(SEED)
        out = [stored(_noisy(w, rng)) for w in waves]
    elif name == 'quiet-30db':
        out = [stored(w * 10 ** (QUIET_DB / 20)) for w in waves]
    elif name == 'clipped-9db':
        out = [stored(w / np.abs(w).max() * 10 ** (CLIP_DB / 20)) for w in waves]
    else:
        raise ValueError(f'no condition {name}')
    return [w.astype(np.float32) / 32768 for w in out]


ALL = ('clean', *roundtrip.EVALUATION, 'noise-15db', 'quiet-30db', 'clipped-9db')
