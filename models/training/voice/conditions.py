"""The conditions that every clip of the evaluation is scored under: codecs whose settings training did not see, noise, level, clipping, and
the network that suppresses noise in calls.

The latter needs the npm package @jitsi/rnnoise-wasm (Apache-2.0; RNNoise and its weights: BSD-3-Clause), which is no dependency of the product:

    cd CACHE && mkdir -p rnnoise && tar xzf "$(npm pack --silent @jitsi/rnnoise-wasm@0.2.1)" -C rnnoise

Without it these conditions are left out, by name. Two further suppressors teach nothing and are only tested on: ffmpeg's `afftdn`, and the preprocessor
of speexdsp (Debian's libspeexdsp1) that VoIP programs use. Their settings were fixed before a score was looked at.
"""

import ctypes
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

BY_RNNOISE = ('rnnoise', 'rnnoise-noise-15db', 'rnnoise-call')
UNTAUGHT = ('afftdn-call', 'speex-call')  # noise, the suppressor, and the rest of a call
SUPPRESSED = (*BY_RNNOISE, *UNTAUGHT)
# Conditions made of another one's clips, not of the clean ones.
MADE_OF = {'rnnoise-noise-15db': 'noise-15db', 'rnnoise-call': 'rnnoise-noise-15db', 'afftdn-call': 'noise-15db', 'speex-call': 'noise-15db'}
_AFFTDN = 'afftdn=nr=24:nf=-30'  # dB of reduction, and the noise floor in dB of full scale: takes some 18 dB of noise from the pauses
_AFFTDN_DELAY = 400  # samples
_SPEEX_FRAME, _SPEEX_DB = 320, -30  # samples, also its delay; the most that noise is lowered
_SPEEX_SET_NOISE_SUPPRESS = 8  # speex_preprocess.h
_SETTLE = 8000  # samples of a clip that go through before it, so that the suppressor has settled as in the midst of a call


def available(cache):
    """Names of the conditions that can be made here; those that cannot are said on the console."""
    if (Path(cache) / 'rnnoise/package').exists():
        return ALL
    print(f'left out: {", ".join(BY_RNNOISE)} ({cache} holds no RNNoise; conditions.py says how to get it)', flush=True)
    return tuple(name for name in ALL if name not in BY_RNNOISE)


def framed(waves):
    """float32 waves as suppress_noise.mjs and embed_clips.mjs take them."""
    return b''.join(struct.pack('<I', len(wave)) + wave.tobytes() for wave in waves)


def suppressed(waves, cache):
    """Waves as RNNoise leaves them, at 16 kHz and undelayed."""
    out = []
    for start in range(0, len(waves), roundtrip.CHUNK):
        raised = []
        for wave in waves[start:start + roundtrip.CHUNK]:
            raised.append(np.concatenate([resample_poly(wave, 3, 1), np.zeros(RNNOISE_DELAY)]).astype('<f4'))
        command = ['node', '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', Path(__file__).parent / 'suppress_noise.mjs', Path(cache) / 'rnnoise/package']
        found = np.frombuffer(subprocess.run(command, input=framed(raised), stdout=subprocess.PIPE, check=True).stdout, '<f4')
        for wave in np.split(found, np.cumsum([len(wave) for wave in raised])[:-1]):
            out.append(resample_poly(wave[RNNOISE_DELAY:], 1, 3))
    return out


def _settled(waves, suppressor, late):
    """int16 waves as `suppressor` leaves them (an int16 wave to one of the same length that comes `late` samples late), each after its own first half
    second, undelayed."""
    joined = np.concatenate([part for wave in waves for part in (wave[:_SETTLE], wave)] + [np.zeros(late, np.int16)])
    found, ends = suppressor(joined)[late:], np.cumsum([len(wave) + min(len(wave), _SETTLE) for wave in waves])
    return [found[end - len(wave):end] for wave, end in zip(waves, ends)]


def afftdn(waves):
    """int16 waves as ffmpeg's denoiser in the frequency domain leaves them."""
    raw = ['-f', 's16le', '-ar', '16000', '-ac', '1']
    return _settled(waves, lambda given: np.frombuffer(roundtrip.ffmpeg([*raw, '-i', 'pipe:0', '-af', _AFFTDN, *raw, 'pipe:1'], given.tobytes()), np.int16), _AFFTDN_DELAY)


def speex(waves):
    """int16 waves as the preprocessor of speexdsp leaves them, its noise suppression alone; each starts anew."""
    library = ctypes.CDLL('libspeexdsp.so.1')
    library.speex_preprocess_state_init.restype = ctypes.c_void_p

    def suppressor(given):
        state = ctypes.c_void_p(library.speex_preprocess_state_init(_SPEEX_FRAME, 16000))
        library.speex_preprocess_ctl(state, _SPEEX_SET_NOISE_SUPPRESS, ctypes.byref(ctypes.c_int(_SPEEX_DB)))
        out = np.pad(given, (0, -len(given) % _SPEEX_FRAME))
        for at in range(0, len(out), _SPEEX_FRAME):
            library.speex_preprocess_run(state, out[at:].ctypes.data_as(ctypes.c_void_p))
        library.speex_preprocess_state_destroy(state)
        return out[:len(given)]

    return [_settled([wave], suppressor, _SPEEX_FRAME)[0] for wave in waves]


def apply(name, waves, cache=None):
    """float32 waves under condition `name`, same lengths; quantised to 16 bits as a file would be. A condition of MADE_OF takes the waves of the
    condition that it is made of, one of BY_RNNOISE the cache with the package."""
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
    elif name in ('rnnoise-call', *UNTAUGHT):
        suppressor = {'afftdn-call': afftdn, 'speex-call': speex}.get(name, list)
        out = []
        for start in range(0, len(waves), roundtrip.CHUNK):
            out += roundtrip.round_trip(suppressor([stored(w) for w in waves[start:start + roundtrip.CHUNK]]), *CALL)[0]
    else:
        raise ValueError(f'no condition {name}')
    return [w.astype(np.float32) / 32768 for w in out]


ALL = ('clean', *roundtrip.EVALUATION, 'noise-15db', 'quiet-30db', 'clipped-9db', *SUPPRESSED)
