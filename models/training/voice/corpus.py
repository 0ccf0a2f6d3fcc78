"""Which clips exist, who speaks, which system made them, and on which side of a split they may stand.

Reads ../shared/data/voices (see its README.md and dataset.json) and decodes every clip once into a cache of int16 samples.
"""

import csv
import hashlib
from pathlib import Path

import numpy as np
import soundfile

SAMPLE_RATE = 16000  # Hz; every clip of data/voices is stored at it

# Spoofs of one voice are trained on only with real clips of that voice beside them, else the net learns "this voice is synthetic"
# (detection.md, part 2, trap 1).
VOICE_CAP = 30

# Repositories cut into three groups of comparable size, languages and system families. Every group is tested by a net that never
# heard a clip, real or synthetic, of its repositories (leave-sources-out).
SOURCE_GROUPS = {
    'A': {'e1tts/e1tts.github.io', 'KuangDD/zhrtvc', 'syildizn/RavdessSounds', 'v-manhlt3/disentangled-VAE', 'grad-tts/grad-tts.github.io',
          'Atul-Anand-Jha/Speaker-Identification-Python', 'jik876/hifi-gan-demo', 'local:espeak-en', 'local:espeak-zh'},
    'B': {'Edresson/YourTTS', 'FastDiff/FastDiff.github.io', 'BytedanceSpeech/bytedancespeech.github.io', 'hkveeranki/speech-emotion-recognition',
          'keonlee9420/DiffGAN-TTS', 'OlaWod/FreeVC-demo', 'Picovoice/speech-to-intent-benchmark', 'jaywalnut310/vits-demo', 'local:festival-kal'},
    'C': {'neonbjb/tortoise-tts', 'resemble-ai/Resemblyzer', 'styletts2/styletts2.github.io', 'bigvgan-demo/bigvgan-demo.github.io',
          'ming024/FastSpeech2', 'lturing/tacotronv2_wavernn_chinese', 'ranchlai/mandarin-tts', 'jymsuper/SpeakerRecognition_tutorial',
          'rhasspy/larynx', 'keonlee9420/Comprehensive-Transformer-TTS', 'local:flite-awb', 'local:flite-kal16', 'local:flite-rms',
          'local:flite-slt'},
}

_CONVERSION = {'freevc', 'vqmivc', 'bne-ppg-vc', 'autovc', 'acvae-vc', 'cyclevae-vc', 'disvae-vc', 'vqvc+'}
_LANGUAGE_MODEL = {'vall-e', 'uniaudio', 'clam-tts', 'cosyvoice1', 'seed-tts-icl', 'mega-tts2', 'tortoise'}
_DIFFUSION = {'grad-tts', 'e1-tts', 'ardit-dmd', 'naturalspeech2', 'naturalspeech3', 'seed-tts-dit', 'seed-tts-dit-edit', 'ditto-tts',
              'flashspeech', 'diffgan-tts', 'styletts2', 'wavegrad2', 'fastdiff', 'fastdiff-tts'}


def family(system):
    """Kind of synthesis of a system name: bonafide, classical, vocoder, vc, lm, diffusion or tts."""
    if system == '-':
        return 'bonafide'
    if system.startswith('local-') or 'griffinlim' in system:
        return 'classical'
    if 'copysynth' in system or system in ('hifigan-sr-aug', 'mel-vocoder-recon-e1', 'dmd-token-recon'):
        return 'vocoder'
    if system.endswith('-vc') or system in _CONVERSION:
        return 'vc'
    if system in _LANGUAGE_MODEL:
        return 'lm'
    return 'diffusion' if system in _DIFFUSION else 'tts'


def person(tag, known):
    """Name of the voice heard, the same for real and imitated clips of one person across repositories, as far as the tags tell.

    `known` holds the speaker tags of real clips: numbers of demo pages are LibriTTS or MLS speakers.
    """
    if tag in ('lj', 'tort-lj', 'ljspeech'):
        return 'ljspeech'
    prefix, _, number = tag.partition('-')
    if prefix in ('yt', 'st2') and number.isdigit() and len(number) > 1:
        return next((name for name in ('mls-' + number, 'ls-' + number) if name in known), 'ls-' + number)
    return tag


def source(row):
    """Repository of a clip; clips synthesised locally count under the engine that made them."""
    return row['repo']


def rows(shared):
    """Rows of manifest.csv in file order, with `person`, `source`, `family`, `synthetic` (0 or 1) and `id` (16 hex digits) added."""
    with open(Path(shared) / 'data/voices/manifest.csv', newline='') as handle:
        out = list(csv.DictReader(handle))
    known = {row['speaker'] for row in out if row['label'] == 'bonafide'}
    for row in out:
        row['person'] = person(row['speaker'], known)
        row['source'] = source(row)
        row['family'] = family(row['system'])
        row['synthetic'] = int(row['label'] == 'spoof')
        row['id'] = hashlib.sha256(row['file'].encode()).hexdigest()[:16]
    return out


class Clips:
    """Samples of all clips in one int16 array on disk; `clips[i]` is clip i as float32 in [-1, 1]."""

    def __init__(self, samples, offsets):
        self.samples = samples
        self.offsets = offsets

    def __len__(self):
        return len(self.offsets) - 1

    def __getitem__(self, i):
        return self.samples[self.offsets[i]:self.offsets[i + 1]].astype(np.float32) / 32768

    def seconds(self, i):
        return float(self.offsets[i + 1] - self.offsets[i]) / SAMPLE_RATE


def decode(shared, cache):
    """Decodes data/voices once (about 75 s) and returns the clips, memory-mapped."""
    cache = Path(cache)
    cache.mkdir(parents=True, exist_ok=True)
    samples_path, offsets_path = cache / 'clean.npy', cache / 'offsets.npy'
    if not offsets_path.exists():
        parts, offsets = [], [0]
        for row in rows(shared):
            wave, rate = soundfile.read(Path(shared) / 'data/voices' / row['file'], dtype='int16')
            if rate != SAMPLE_RATE or wave.ndim != 1:
                raise ValueError(f"{row['file']}: expected mono at {SAMPLE_RATE} Hz, found {wave.shape} at {rate} Hz")
            parts.append(wave)
            offsets.append(offsets[-1] + len(wave))
        np.save(samples_path, np.concatenate(parts))
        np.save(offsets_path, np.array(offsets))
    return Clips(np.load(samples_path, mmap_mode='r'), np.load(offsets_path))


def repaired(table, indices):
    """Indices without the spoofs beyond VOICE_CAP of voices that have no real clip among them (lowest id first)."""
    real = {table[i]['person'] for i in indices if not table[i]['synthetic']}
    kept, count = [], {}
    for i in sorted(indices, key=lambda j: table[j]['id']):
        row = table[i]
        if row['synthetic'] and row['family'] != 'classical' and row['person'] not in real:
            count[row['person']] = count.get(row['person'], 0) + 1
            if count[row['person']] > VOICE_CAP:
                continue
        kept.append(i)
    return sorted(kept)
