"""The conditions that every clip of the evaluation is scored under: codecs whose settings training did not see, noise, level, clipping, and
what calls do to speech: the suppression of noise, automatic gain, and decoders that mend it.

None of what the latter need is a dependency of the product, and without it they are left out, by name. RNNoise comes in the npm package
@jitsi/rnnoise-wasm (Apache-2.0; RNNoise and its weights: BSD-3-Clause), the decoder of libopus 1.5 with its networks in
@wasm-audio-decoders/opus-ml (MIT; libopus and its weights: BSD-3-Clause), to be coded by libopus (Debian's libopus0):

    cd CACHE && mkdir -p rnnoise && tar xzf "$(npm pack --silent @jitsi/rnnoise-wasm@0.2.1)" -C rnnoise
    npm install --prefix CACHE/opus-ml @wasm-audio-decoders/opus-ml@0.0.3

The audio processing of WebRTC (BSD-3-Clause; libwebrtc-audio-processing1, its code of 2016) runs in GStreamer's webrtcdsp:

    apt-get install --no-install-recommends gstreamer1.0-tools gstreamer1.0-plugins-base gstreamer1.0-plugins-bad

Two further suppressors come with ffmpeg (`afftdn`) and Debian's libspeexdsp1, whose preprocessor VoIP programs use. Only RNNoise teaches; the others are
only tested on. Their settings were fixed before a score was looked at.
"""

import ctypes
import shutil
import struct
import subprocess
from pathlib import Path

import numpy as np
from scipy.ndimage import maximum_filter1d, uniform_filter1d
from scipy.signal import resample_poly

import roundtrip

SEED = 4242
NOISE_DB = 15.0  # speech over pink noise
QUIET_DB = -30.0
CLIP_DB = 9.0  # gain over full scale of the loudest sample
GATE = (35.0, 60.0, 0.05)  # dB under loud speech at which the gate closes, dB of attenuation, seconds that it opens before and closes after
_GATE_FRAME = 80  # samples


def _noisy(wave, rng):
    spectrum = np.fft.rfft(rng.randn(len(wave)))
    pink = np.fft.irfft(spectrum / np.sqrt(np.arange(len(spectrum)) + 8.0), n=len(wave))
    pink *= np.sqrt((wave ** 2).mean() / (pink ** 2).mean()) * 10 ** (-NOISE_DB / 20)
    return wave + pink


def stored(wave):
    """A float wave as int16 samples."""
    return np.clip(np.round(wave * 32768), -32768, 32767).astype(np.int16)


def gate(wave, below, decibels, seconds):
    """The wave as a noise gate of a studio leaves it: what lies `below` dB or more under loud speech is made `decibels` quieter, speech is untouched."""
    frames = wave[:len(wave) // _GATE_FRAME * _GATE_FRAME].reshape(-1, _GATE_FRAME)
    level = 10 * np.log10((frames ** 2).mean(1) + 1e-12)
    width = max(1, int(seconds * 16000 / _GATE_FRAME))
    is_open = maximum_filter1d((level > np.percentile(level, 95) - below).astype(np.float32), 2 * width + 1)
    gain = 10 ** ((uniform_filter1d(is_open, width) - 1) * decibels / 20)
    return (wave * np.interp(np.arange(len(wave)), (np.arange(len(gain)) + .5) * _GATE_FRAME, gain)).astype(np.float32)


# What is done after noise was suppressed: the rest of a call. Automatic gain lifts each stretch between two zeros of the wave to nearly full scale.
_GAIN = ['-af', 'speechnorm=e=12.5:r=0.0001:l=1']
CALL = ([*_GAIN, *roundtrip.EVALUATION['opus-16k'][0]], *roundtrip.EVALUATION['opus-16k'][1:])
RNNOISE_RATE, RNNOISE_DELAY = 48000, 960  # Hz, and the samples by which it delays

BY_RNNOISE = ('rnnoise', 'rnnoise-noise-15db', 'rnnoise-call')
UNTAUGHT = ('afftdn-call', 'speex-call')  # noise, the suppressor, and the rest of a call
SUPPRESSED = (*BY_RNNOISE, *UNTAUGHT)
# What only suppression.py asks the shipped weights about. WebRTC: how much noise it suppresses, and whether its automatic gain runs as well.
BY_WEBRTC = {'webrtc': ('high', True), 'webrtc-moderate-call': ('moderate', False), 'webrtc-moderate-gain-call': ('moderate', True),
             'webrtc-high-gain-call': ('high', True), 'webrtc-very-high-gain-call': ('very-high', True)}
# Opus held in wide band: bits per second, the complexity of the decoder (decode_opus.mjs: 0 none of its networks, 6 LACE, 7 NoLACE and the concealment)
# and the share of packets that is lost.
BY_OPUS = {'opus-12k-plain': (12000, 0, 0), 'opus-12k-lace': (12000, 6, 0), 'opus-12k-nolace': (12000, 7, 0),
           'opus-12k-lost-plain': (12000, 0, .1), 'opus-12k-lost-nolace': (12000, 7, .1)}
# Conditions made of another one's clips, not of the clean ones.
MADE_OF = {'rnnoise-call': 'rnnoise-noise-15db',
           **dict.fromkeys(('rnnoise-noise-15db', *UNTAUGHT, *(name for name in BY_WEBRTC if name != 'webrtc')), 'noise-15db')}
_AFFTDN = 'afftdn=nr=24:nf=-30'  # dB of reduction, and the noise floor in dB of full scale: takes some 18 dB of noise from the pauses
_AFFTDN_DELAY = 400  # samples
_SPEEX_FRAME, _SPEEX_DB = 320, -30  # samples, also its delay; the most that noise is lowered
_SPEEX_SET_NOISE_SUPPRESS = 8  # speex_preprocess.h
_WEBRTC_FRAME, _WEBRTC_DELAY = 160, 96  # samples
_WEBRTC_SETTLE = 48000  # samples before a clip, itself over and over: its estimate of the noise begins with two seconds
_OPUS_FRAME, _OPUS_MOST = 320, 1275  # samples; bytes of the largest packet
_OPUS_VOIP, _OPUS_SET_BITRATE, _OPUS_SET_BANDWIDTH, _OPUS_BANDWIDTH = 2048, 4002, 4008, 1103  # opus_defines.h; speech in wide band
_OPUS_WIDE = 9  # configuration of a packet (RFC 6716, table 2): 20 ms of the speech coder in wide band, which alone LACE and NoLACE mend
_SETTLE = 8000  # samples of a clip that go through before it, so that the suppressor has settled as in the midst of a call


def _lacking(cache):
    """{conditions: what they need and is not here}."""
    return {names: what for names, what, here in (
        (BY_RNNOISE, f'RNNoise in {cache}', (Path(cache) / 'rnnoise/package').exists()),
        (tuple(BY_WEBRTC), "GStreamer's webrtcdsp", bool(shutil.which('gst-inspect-1.0')) and subprocess.run(['gst-inspect-1.0', '--exists', 'webrtcdsp']).returncode == 0),
        (tuple(BY_OPUS), f'the decoder of libopus 1.5 in {cache}', (Path(cache) / 'opus-ml/node_modules').exists())) if not here}


def available(cache, names=None):
    """Those of `names`, of ALL if not given, that can be made here; those that cannot are said on the console."""
    names, lacking = names or ALL, _lacking(cache)
    for left_out, what in lacking.items():
        if set(left_out) & set(names):
            print(f'left out: {", ".join(name for name in left_out if name in names)} (no {what}; conditions.py says how to get it)', flush=True)
    return tuple(name for name in names if not any(name in left_out for left_out in lacking))


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


def webrtc(waves, level, gain):
    """int16 waves as WebRTC's audio processing leaves them: its high pass, its suppression of noise at `level` and, with `gain`, its automatic gain."""
    process = ['gst-launch-1.0', '-q', 'fdsrc', 'fd=0', '!', 'rawaudioparse', 'format=pcm', 'pcm-format=s16le', 'sample-rate=16000', 'num-channels=1', '!', 'webrtcdsp',
               'echo-cancel=false', f'noise-suppression-level={level}', f'gain-control={str(gain).lower()}', '!', 'fdsink', 'fd=1']

    def suppressor(given):
        whole = np.pad(given, (0, -len(given) % _WEBRTC_FRAME))
        return np.frombuffer(subprocess.run(process, input=whole.tobytes(), stdout=subprocess.PIPE, check=True).stdout, np.int16)

    longer = [np.concatenate([np.resize(wave, _WEBRTC_SETTLE), wave]) for wave in waves]
    return [wave[_WEBRTC_SETTLE:] for wave in _settled(longer, suppressor, _WEBRTC_DELAY)]


def _packets(wave, bits):
    """An int16 wave coded by libopus for speech in wide band at `bits` per second: packets of 20 ms."""
    library = ctypes.CDLL('libopus.so.0')
    library.opus_encoder_create.restype = ctypes.c_void_p
    error = ctypes.c_int()
    state = ctypes.c_void_p(library.opus_encoder_create(16000, 1, _OPUS_VOIP, ctypes.byref(error)))
    for request, value in ((_OPUS_SET_BITRATE, bits), (_OPUS_SET_BANDWIDTH, _OPUS_BANDWIDTH)):
        library.opus_encoder_ctl(state, request, ctypes.c_int(value))
    given, packet, packets = np.pad(wave, (0, -len(wave) % _OPUS_FRAME)), ctypes.create_string_buffer(_OPUS_MOST), []
    for at in range(0, len(given), _OPUS_FRAME):
        length = library.opus_encode(state, given[at:].ctypes.data_as(ctypes.c_void_p), _OPUS_FRAME, packet, _OPUS_MOST)
        if length < 1 or packet.raw[0] >> 3 != _OPUS_WIDE:
            raise ValueError(f'libopus coded no wide-band speech at {bits} bit/s (error {error.value}, length {length})')
        packets.append(packet.raw[:length])
    library.opus_encoder_destroy(state)
    return packets


def opus(wave, bits, decoder, lost, cache):
    """An int16 wave after Opus at `bits` per second, decoded at the complexity `decoder`, the share `lost` of its packets drawn away; delayed."""
    packets = _packets(wave, bits)
    away = np.random.RandomState(SEED).rand(len(packets)) < lost
    coded = b''.join(struct.pack('<H', len(kept)) + kept for kept in (packet[:1] if gone else packet for packet, gone in zip(packets, away)))
    command = ['node', Path(__file__).parent / 'decode_opus.mjs', Path(cache) / 'opus-ml/node_modules/@wasm-audio-decoders/opus-ml', str(decoder)]
    return np.frombuffer(subprocess.run(command, input=coded, stdout=subprocess.PIPE, check=True).stdout, np.int16)


def apply(name, waves, cache=None):
    """float32 waves under condition `name`, same lengths; quantised to 16 bits as a file would be. A condition of MADE_OF takes the waves of the
    condition that it is made of, one of BY_RNNOISE or BY_OPUS the cache with the package."""
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
    elif name == 'gated':
        out = [stored(gate(w, *GATE)) for w in waves]
    elif name == 'clipped-9db':
        out = [stored(w / np.abs(w).max() * 10 ** (CLIP_DB / 20)) for w in waves]
    elif name in ('rnnoise', 'rnnoise-noise-15db'):
        out = [stored(w) for w in suppressed(waves, cache)]
    elif name == 'webrtc':
        out = webrtc([stored(w) for w in waves], *BY_WEBRTC[name])
    elif name in ('rnnoise-call', *UNTAUGHT, *BY_WEBRTC, *BY_OPUS):
        suppressor = {'afftdn-call': afftdn, 'speex-call': speex}.get(name, list)
        coder = lambda given: roundtrip.round_trip(suppressor(given), *CALL)
        if name in BY_WEBRTC:
            coder = lambda given: roundtrip.round_trip(webrtc(given, *BY_WEBRTC[name]), *roundtrip.EVALUATION['opus-16k'])
        elif name in BY_OPUS:
            coder = lambda given: roundtrip.aligned(given, lambda joined: opus(joined, *BY_OPUS[name], cache))
        out = []
        for start in range(0, len(waves), roundtrip.CHUNK):
            out += coder([stored(w) for w in waves[start:start + roundtrip.CHUNK]])[0]
    else:
        raise ValueError(f'no condition {name}')
    return [w.astype(np.float32) / 32768 for w in out]


ALL = ('clean', *roundtrip.EVALUATION, 'noise-15db', 'quiet-30db', 'clipped-9db', *SUPPRESSED)
