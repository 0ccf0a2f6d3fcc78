"""Is a cloned stretch inside real speech found? Composites of our own, scored by the fold that heard neither source, system nor voice.

A host is the joined real clips of one voice; into it goes a clone of that voice, or as a control a real clip of it, from another recording
wherever there is one (a cut, another room, no synthesis). The contrast of a stretch is how far its windows' mean score lies above that of the rest, in
units of what chance would make of as many windows; main/detectors/contrast.ts computes the same.
"""

import argparse
import json
from pathlib import Path

import numpy as np

import conditions
import corpus
import detector
import metrics
import synthetic_voice

WINDOW, HOP = 32000, 16000  # samples of a window of the timeline and from one to the next: 2 s every second
MOST_SPAN = 6  # windows of the longest stretch looked at, 7 s
LEAST_REST = 2  # windows that must remain outside of it
SPREAD = 1.0  # raw score added to the spread of the rest, so that few windows that agree by chance make no contrast
HOSTS_PER_VOICE = 4
HOST_S = (7.0, 10.0)  # seconds of a host, at least and at most
LENGTHS = (1.0, 2.0, 3.0)  # seconds of what goes in
FADE = 160  # samples, 10 ms at each edge
GENUINE_S = (10, 30, 60)  # seconds of joined genuine clips, for the growth of the contrast with length
CONDITIONS = ('clean', 'opus-16k')
SEED = 7


def contrast(scores):
    """(largest contrast, first window, last window) over all stretches of the windows' scores; (0, 0, 0) with too few windows."""
    n = len(scores)
    best = (0.0, 0, 0)
    total, squares = np.concatenate([[0], np.cumsum(scores)]), np.concatenate([[0], np.cumsum(np.square(scores))])
    for k in range(1, min(MOST_SPAN, n - LEAST_REST) + 1):
        inside = total[k:] - total[:-k]
        rest = n - k
        mean_out = (total[-1] - inside) / rest
        spread = np.sqrt(np.maximum((squares[-1] - (squares[k:] - squares[:-k])) / rest - mean_out ** 2, 0))
        value = (inside / k - mean_out) / (spread + SPREAD) * np.sqrt(k * rest / n)
        at = int(np.argmax(value))
        if value[at] > best[0]:
            best = (float(value[at]), at, at + k - 1)
    return best


def _level(wave):
    return np.sqrt((wave ** 2).mean()) + 1e-6


def _inserted(host, piece, at):
    """The host with `piece` in place of as many of its samples from `at` on, at the level of the host, faded at both edges."""
    piece = piece * (_level(host) / _level(piece))
    ramp = np.ones(len(piece))
    ramp[:FADE], ramp[-FADE:] = np.linspace(0, 1, FADE), np.linspace(1, 0, FADE)
    out = host.copy()
    out[at:at + len(piece)] = out[at:at + len(piece)] * (1 - ramp) + piece * ramp
    return out


def unheard(table, group):
    """({voice: real clips}, {voice: clones}) whose source, voice and system the fold that tests `group` never heard."""
    sources, trained = corpus.SOURCE_GROUPS[group], synthetic_voice.fold_training(table, group)
    systems = {table[i]['system'] for i in trained if table[i]['synthetic']}
    heard = {table[i]['person'] for i in trained}
    real, clones = {}, {}
    for i, row in enumerate(table):
        if row['source'] not in sources or row['person'] in heard:
            continue
        if not row['synthetic']:
            real.setdefault(row['person'], []).append(i)
        elif row['system'] not in systems:
            clones.setdefault(row['person'], []).append(i)
    return real, clones


def composites(table, clips, group):
    """Composites of voices that the fold testing `group` never heard: dicts with `kind` (whole, control, clone), `voice`, `system`, `seconds`,
    `from`, `to` (seconds of what went in) and `wave`."""
    real, clones = unheard(table, group)
    rng, out = np.random.RandomState(SEED), []
    for voice in sorted(set(real) & set(clones)):
        recordings = {}
        for i in sorted(real[voice], key=lambda j: (table[j]['path'], float(table[j]['offset_s']))):
            recordings.setdefault((table[i]['source'], table[i]['path']), []).append(i)
        for turn in range(HOSTS_PER_VOICE):
            order = list(rng.permutation(len(recordings)))
            keys = [list(recordings)[k] for k in order]
            other = keys[-1] if len(keys) > 1 else None
            joined = np.concatenate([clips[i] for key in keys[:max(1, len(keys) - 1)] for i in recordings[key]])
            host = joined[:int(HOST_S[1] * corpus.SAMPLE_RATE)]
            if len(host) < HOST_S[0] * corpus.SAMPLE_RATE:
                break
            out.append({'kind': 'whole', 'voice': voice, 'system': '-', 'seconds': 0.0, 'from': 0.0, 'to': 0.0, 'wave': host})
            for seconds in LENGTHS:
                length = int(seconds * corpus.SAMPLE_RATE)
                at = rng.randint(corpus.SAMPLE_RATE, len(host) - length - corpus.SAMPLE_RATE)
                pools = {'clone': clones[voice], 'control': recordings[other or keys[0]]}
                for kind, pool in pools.items():
                    fitting = [i for i in pool if len(clips[i]) >= length]
                    if not fitting:
                        continue
                    chosen = fitting[rng.randint(len(fitting))]
                    start = rng.randint(0, len(clips[chosen]) - length + 1)
                    wave = _inserted(host, clips[chosen][start:start + length], at)
                    out.append({'kind': kind, 'voice': voice, 'system': table[chosen]['system'], 'seconds': seconds,
                                'from': at / corpus.SAMPLE_RATE, 'to': (at + length) / corpus.SAMPLE_RATE, 'wave': wave.astype(np.float32)})
    return out


def window_scores(members, wave, share):
    """Raw scores of the windows of one wave, in order of time."""
    cut = [wave[s:s + WINDOW] for s in range(0, len(wave) - WINDOW + 1, HOP)]
    return detector.combined(detector.member_outputs(members, cut), share)


def measured(data, share):
    """One row a composite and condition: fold, kind, voice, system, seconds, mean and greatest score, contrast, and whether the stretch named
    overlaps what went in by half of the shorter of both."""
    rows = []
    for group in corpus.SOURCE_GROUPS:
        members, made = data.members(f'fold-{group}'), composites(data.table, data.clips, group)
        for condition in CONDITIONS:
            waves = conditions.apply(condition, [c['wave'] for c in made])
            for made_of, wave in zip(made, waves):
                scores = window_scores(members, wave, share)
                value, first, last = contrast(scores)
                low, high = first * HOP / corpus.SAMPLE_RATE, (last * HOP + WINDOW) / corpus.SAMPLE_RATE
                shared = min(high, made_of['to']) - max(low, made_of['from'])
                named = made_of['seconds'] > 0 and shared >= 0.5 * min(high - low, made_of['to'] - made_of['from'])
                rows.append({**{k: v for k, v in made_of.items() if k != 'wave'}, 'fold': group, 'condition': condition,
                             'mean': float(scores.mean()), 'greatest': float(scores.max()), 'contrast': value, 'named': bool(named)})
    return rows


def figures(rows):
    """AUC of each measure, clone against control and against the whole host, by condition and seconds: the mean over folds, with intervals over voices."""
    out = []
    for condition in CONDITIONS:
        for seconds in LENGTHS:
            of = [r for r in rows if r['condition'] == condition]
            clone = [r for r in of if r['kind'] == 'clone' and r['seconds'] == seconds]
            for against in ('control', 'whole'):
                rest = [r for r in of if r['kind'] == against and (against == 'whole' or r['seconds'] == seconds)]
                row = {'condition': condition, 'seconds': seconds, 'against': against, 'clones': len(clone), 'others': len(rest),
                       'voices': len({r['voice'] for r in clone})}
                for measure in ('mean', 'greatest', 'contrast'):
                    folds, halves = [], []
                    for g in corpus.SOURCE_GROUPS:
                        a, b = [r for r in rest if r['fold'] == g], [r for r in clone if r['fold'] == g]
                        if len(a) < 10 or len(b) < 10:
                            continue
                        real, fake = (np.array([r[measure] for r in part]) for part in (a, b))
                        folds.append(metrics.auc(real, fake))
                        low, high = metrics.interval(real, fake, metrics.auc, [r['voice'] for r in a], [r['voice'] for r in b])
                        halves.append((high - low) / 2)
                    if folds:
                        mean, half = float(np.mean(folds)), float(np.sqrt(np.sum(np.square(halves))) / len(folds))
                        row[measure] = round(mean, 3)
                        row[measure + 'Interval'] = [round(max(0, mean - half), 3), round(min(1, mean + half), 3)]
                        row['folds'] = len(folds)
                row['named'] = round(float(np.mean([r['named'] for r in clone])), 3) if clone else None
                row['namedOther'] = round(float(np.mean([r['named'] for r in rest])), 3) if rest and against == 'control' else None
                out.append(row)
    return out


def genuine(data, share):
    """How the contrast of genuine speech grows with its length: one stretch a voice of joined clips, by length."""
    found = {seconds: [] for seconds in GENUINE_S}
    for group in corpus.SOURCE_GROUPS:
        members = data.members(f'fold-{group}')
        for clips_of in unheard(data.table, group)[0].values():
            wave = np.concatenate([data.clips[i] for i in sorted(clips_of, key=lambda i: (data.table[i]['path'], float(data.table[i]['offset_s'])))])
            longest = max((s for s in GENUINE_S if len(wave) >= s * corpus.SAMPLE_RATE), default=0)
            if longest:
                scores = window_scores(members, wave[:longest * corpus.SAMPLE_RATE], share)
                for seconds in GENUINE_S:
                    if seconds <= longest:
                        found[seconds].append(contrast(scores[:seconds - 1])[0])
    return [{'seconds': seconds, 'voices': len(values), 'median': round(float(np.median(values)), 2), 'q95': round(float(np.quantile(values, .95)), 2)}
            for seconds, values in found.items() if values]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    here = Path(__file__).resolve()
    parser.add_argument('--shared', default=here.parents[4] / 'shared')
    parser.add_argument('--cache', default='/tmp/jz/voice/cache')
    arguments = parser.parse_args()
    import report_voice
    data = synthetic_voice.Corpus(arguments.shared, arguments.cache)
    rows = measured(data, report_voice.SHARE)
    table = {'composites': figures(rows), 'genuine': genuine(data, report_voice.SHARE)}
    table['spliced'] = [{'condition': c, 'seconds': s, 'median': round(float(np.median(of)), 2)} for c in CONDITIONS for s in LENGTHS
                        if (of := [r['contrast'] for r in rows if r['kind'] == 'clone' and r['condition'] == c and r['seconds'] == s])]
    (here.parents[2] / 'synthetic-voice' / 'splices.json').write_text(json.dumps(table, indent=1) + '\n')
    print(json.dumps(table, indent=1))


if __name__ == '__main__':
    main()
