"""The conditions that every clip of the evaluation is scored under: codecs whose settings training did not see, noise, level, clipping, and
the network that suppresses noise in calls.

The latter needs the npm package @jitsi/rnnoise-wasm (Apache-2.0; RNNoise and its weights: BSD-3-Clause), which is no dependency of the product:

    cd CACHE && mkdir -p rnnoise && tar xzf "$(npm pack --silent @jitsi/rnnoise-wasm@0.2.1)" -C rnnoise

Without it these conditions are left out, by name.
"""

import struct
import subprocess
from pathlib import Path

import numpy as np
from scipy.signal import resample_poly

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


# What is done after noise was suppressed: the rest of a call. Automatic gain lifts each stretch between two zeros of the wave to nearly full scale.
_GAIN = ['-af', 'speechnorm=e=12.5:r=0.0001:l=1']
CALL = ([*_GAIN, *roundtrip.EVALUATION['opus-16k'][0]], *roundtrip.EVALUATION['opus-16k'][1:])
RNNOISE_RATE, RNNOISE_DELAY = 48000, 960  # Hz, and the samples by which it delays

SUPPRESSED = ('rnnoise', 'rnnoise-noise-15db', 'rnnoise-call')
# Conditions made of another one's clips, not of the clean ones.
MADE_OF = {'rnnoise-noise-15db': 'noise-15db', 'rnnoise-call': 'rnnoise-noise-15db'}


def available(cache):
    """Names of the conditions that can be made here; those that cannot are said on the console."""
    if (Path(cache) / 'rnnoise/package').exists():
        return ALL
    print(f'left out: {", ".join(SUPPRESSED)} ({cache} holds no RNNoise; conditions.py says how to get it)', flush=True)
    return tuple(name for name in ALL if name not in SUPPRESSED)


def suppressed(waves, cache):
    """Waves as RNNoise leaves them, at 16 kHz and undelayed."""
    out = []
    for start in range(0, len(waves), roundtrip.CHUNK):
        raised = []
        for wave in waves[start:start + roundtrip.CHUNK]:
            raised.append(np.concatenate([resample_poly(wave, 3, 1), np.zeros(RNNOISE_DELAY)]).astype('<f4'))
        given = b''.join(struct.pack('<I', len(wave)) + wave.tobytes() for wave in raised)
        command = ['node', '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', Path(__file__).parent / 'suppress_noise.mjs', Path(cache) / 'rnnoise/package']
        found = np.frombuffer(subprocess.run(command, input=given, stdout=subprocess.PIPE, check=True).stdout, '<f4')
        for wave in np.split(found, np.cumsum([len(wave) for wave in raised])[:-1]):
            out.append(resample_poly(wave[RNNOISE_DELAY:], 1, 3))
    return out


def apply(name, waves, cache=None):
    """float32 waves under condition `name`, same lengths; quantised to 16 bits as a file would be. A condition of MADE_OF takes the waves of the
    condition that it is made of, one of SUPPRESSED the cache with the package."""
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
    elif name in ('rnnoise', 'rnnoise-noise-15db'):
        out = [stored(w) for w in suppressed(waves, cache)]
    elif name == 'rnnoise-call':
        out = []
        for start in range(0, len(waves), roundtrip.CHUNK):
            out += roundtrip.round_trip([stored(w) for w in waves[start:start + roundtrip.CHUNK]], *CALL)[0]
    else:
        raise ValueError(f'no condition {name}')
    return [w.astype(np.float32) / 32768 for w in out]


ALL = ('clean', *roundtrip.EVALUATION, 'noise-15db', 'quiet-30db', 'clipped-9db', *SUPPRESSED)
