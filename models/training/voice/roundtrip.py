"""What a telephone, a messenger or a music codec leaves of a clip: round trips through ffmpeg, aligned to the original.

Clips are coded in chunks with gaps of silence between them; the delay of a chunk is found by cross-correlation and removed.
"""

import subprocess
import sys
from pathlib import Path

import numpy as np

GAP = 4000  # samples of silence between clips of a chunk (0.25 s)
CHUNK = 300  # clips

# name: (encoder arguments, container, sampling rate of the coder in Hz)
TRAINING = {
    'opus12': (['-c:a', 'libopus', '-b:a', '12k', '-compression_level', '2', '-application', 'voip'], 'ogg', 16000),
    'opus20': (['-c:a', 'libopus', '-b:a', '20k', '-compression_level', '2'], 'ogg', 16000),
    'mp3-32k': (['-c:a', 'libmp3lame', '-b:a', '32k'], 'mp3', 16000),
    'mp3-64k-44': (['-c:a', 'libmp3lame', '-b:a', '64k'], 'mp3', 44100),
    'aac-40k': (['-c:a', 'aac', '-b:a', '40k'], 'adts', 16000),
    'aac-24k': (['-c:a', 'aac', '-b:a', '24k'], 'adts', 16000),
    'gsm': (['-c:a', 'libgsm'], 'gsm', 8000),
    'speex-wb': (['-c:a', 'libspeex', '-b:a', '16k', '-compression_level', '2'], 'ogg', 16000),
    'mulaw-8k': (['-c:a', 'pcm_mulaw'], 'wav', 8000),
    'opus-nb': (['-c:a', 'libopus', '-b:a', '10k', '-compression_level', '2', '-application', 'voip'], 'ogg', 8000),
    'vorbis': (['-c:a', 'libvorbis', '-b:a', '48k'], 'ogg', 16000),
}

# Conditions of the evaluation; their settings do not occur in training, GSM excepted (it has one rate).
EVALUATION = {
    'mp3-48k': (['-c:a', 'libmp3lame', '-b:a', '48k'], 'mp3', 16000),
    'aac-32k': (['-c:a', 'aac', '-b:a', '32k'], 'adts', 16000),
    'opus-16k': (['-c:a', 'libopus', '-b:a', '16k', '-application', 'voip'], 'ogg', 16000),
    'gsm': (['-c:a', 'libgsm'], 'gsm', 8000),
}


def ffmpeg(arguments, data):
    """What ffmpeg writes to its standard output, given `data` on its standard input."""
    return subprocess.run(['ffmpeg', '-v', 'error', '-threads', '1', '-nostdin'] + arguments, input=data, stdout=subprocess.PIPE, check=True).stdout


def _delay(reference, coded, search=6000):
    """Samples by which `coded` comes after `reference`, at most `search`; by cross-correlation of their beginnings."""
    n = 1 << 20
    a, b = reference[:n // 2].astype(np.float32), coded[:n // 2].astype(np.float32)
    correlation = np.fft.irfft(np.fft.rfft(b, n) * np.conj(np.fft.rfft(a, n)))
    lag = int(np.argmax(np.concatenate([correlation[-search:], correlation[:search]]))) - search
    return lag


def aligned(waves, coder):
    """int16 waves at 16 kHz after `coder` (an int16 array to another), which is given them all with gaps between; returns int16 waves of the same
    lengths, and the delay removed in samples."""
    gap = np.zeros(GAP, np.int16)
    joined = np.concatenate([part for wave in waves for part in (wave, gap)])
    decoded = coder(joined)
    lag = _delay(joined, decoded)
    decoded = decoded[lag:] if lag >= 0 else np.concatenate([np.zeros(-lag, np.int16), decoded])
    decoded = np.concatenate([decoded, np.zeros(max(0, len(joined) - len(decoded)), np.int16)])
    out, at = [], 0
    for wave in waves:
        out.append(decoded[at:at + len(wave)])
        at += len(wave) + GAP
    return out, lag


def round_trip(waves, encoder, container, rate):
    """Codes int16 waves at 16 kHz by ffmpeg and decodes them; returns what `aligned` does."""
    raw = ['-f', 's16le', '-ar', '16000', '-ac', '1']

    def coder(joined):
        coded = ffmpeg([*raw, '-i', 'pipe:0', '-ar', str(rate), *encoder, '-f', container, 'pipe:1'], joined.tobytes())
        return np.frombuffer(ffmpeg(['-f', 'aac' if container == 'adts' else container, '-i', 'pipe:0', *raw, 'pipe:1'], coded), np.int16)

    return aligned(waves, coder)


def coded_copy(clips, cache, name, seed):
    """All clips once more, each through one training codec drawn by `seed`; cached as cache/<name>.npy."""
    path = Path(cache) / f'{name}.npy'
    if not path.exists():
        drawn = np.random.RandomState(seed).randint(0, len(TRAINING), len(clips))
        out = np.zeros_like(clips.samples)
        for k, (codec, setting) in enumerate(TRAINING.items()):
            chosen = np.where(drawn == k)[0]
            for start in range(0, len(chosen), CHUNK):
                part = chosen[start:start + CHUNK]
                waves, lag = round_trip([np.asarray(clips.samples[clips.offsets[i]:clips.offsets[i + 1]]) for i in part], *setting)
                for i, wave in zip(part, waves):
                    out[clips.offsets[i]:clips.offsets[i + 1]] = wave
            print(f'{name}: {codec}, {len(chosen)} clips, delay {lag} samples', file=sys.stderr, flush=True)
        np.save(path, out)
    return type(clips)(np.load(path, mmap_mode='r'), clips.offsets)
