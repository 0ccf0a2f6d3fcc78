"""With a person's own recordings at hand: does a clone of the voice lie outside the person's own variation?

Every recording of a person is one enrolled sample, as in the product. The gap of a questioned clip is the mean likeness of the person's samples
to each other less the clip's mean likeness to them (main/identity/comparison.ts computes the same, but leaves out samples that stand apart). A person's genuine clip is never compared
with a sample of its own recording; a clone is compared with as many samples as a genuine clip. The headline rests on voices that the
speaker embedding never heard.
"""

import argparse
import json
import subprocess
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

import conditions
import corpus
import detector
import metrics
import speakers
import synthetic_voice

LEAST_SAMPLES = 4  # enrolled recordings
LEAST_S = 1.5  # seconds of a questioned clip
MOST_CLIPS = 40  # of a person and class
CONDITIONS = ('clean', 'opus-16k')
SEED = 5
SPLITS = 10  # of persons, for the fit of both measures together


def unit(vectors):
    vectors = np.asarray(vectors)
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


def gap(question, samples):
    """(gap, likeness) of a unit vector to the unit vectors of two samples or more."""
    own = samples @ samples.T
    among = (own.sum() - len(samples)) / (len(samples) * (len(samples) - 1))
    likeness = float((samples @ question).mean())
    return float(among) - likeness, likeness


def embedded(model, waves):
    """Unit embeddings of waves of any length by an exported model, one at a time, short ones repeated."""
    long = [np.resize(w, max(len(w), int(LEAST_S * corpus.SAMPLE_RATE))).astype('<f4') for w in waves]
    found = subprocess.run(['node', Path(__file__).parent / 'embed_clips.mjs', model], input=conditions.framed(long), stdout=subprocess.PIPE, check=True).stdout
    return list(np.frombuffer(found, '<f4').reshape(len(waves), -1))


def persons_of(table, clips):
    """{person: ({recording: real clip indices}, clone indices)} of persons with clones and LEAST_SAMPLES + 1 recordings."""
    rng, found = np.random.RandomState(SEED), {}
    for i, row in enumerate(table):
        if clips.seconds(i) >= LEAST_S:
            real, clones = found.setdefault(row['person'], ({}, []))
            if row['synthetic']:
                clones.append(i)
            else:
                real.setdefault((row['source'], row['path']), []).append(i)
    kept = {}
    for name, (real, clones) in sorted(found.items()):
        if clones and len(real) > LEAST_SAMPLES:
            clones = sorted(rng.permutation(clones)[:MOST_CLIPS].tolist())
            kept[name] = (real, clones)
    return kept


def measured(data, embedder, share):
    """One row a questioned clip, condition and kind (genuine, clone, another person): gap, likeness, and the detector's raw score by the fold
    that never heard the source; `strict` where it heard neither voice nor system, `unheard` where the embedder never heard the voice."""
    table, clips = data.table, data.clips
    people, unheard = persons_of(table, clips), speakers.test_speakers(table)
    indices = sorted({i for real, clones in people.values() for i in [*sum(real.values(), []), *clones]})
    group = {s: g for g, members in corpus.SOURCE_GROUPS.items() for s in members}
    heard_systems, heard_voices = {}, {}
    for g in corpus.SOURCE_GROUPS:
        trained = synthetic_voice.fold_training(table, g)
        heard_systems[g] = {table[i]['system'] for i in trained if table[i]['synthetic']}
        heard_voices[g] = {table[i]['person'] for i in trained}
    rng, rows, clean = np.random.RandomState(SEED), [], None
    for condition in CONDITIONS:
        waves = conditions.apply(condition, [clips[i] for i in indices])
        vectors = dict(zip(indices, embedded(embedder, waves)))
        clean = clean or vectors
        scores = {}
        for g in corpus.SOURCE_GROUPS:
            at = [k for k, i in enumerate(indices) if group[table[i]['source']] == g]
            for k, value in zip(at, detector.combined(detector.member_outputs(data.members(f'fold-{g}'), [waves[k] for k in at]), share)):
                scores[indices[k]] = float(value)
        for name, (real, clones) in people.items():
            samples = {key: unit(np.mean([clean[i] for i in own], 0)) for key, own in real.items()}
            genuine = sorted(sum(real.values(), []))
            genuine = sorted(rng.permutation(genuine)[:MOST_CLIPS].tolist())
            others = [i for other, (theirs, _) in people.items() if other != name and (other in unheard) == (name in unheard)
                      for i in sum(theirs.values(), []) if table[i]['language'] == table[genuine[0]]['language']]
            others = sorted(rng.permutation(others)[:MOST_CLIPS].tolist())
            for kind, asked in (('genuine', genuine), ('clone', clones), ('other', others)):
                for i in asked:
                    row = table[i]
                    keys = [k for k in samples if k != (row['source'], row['path'])]
                    if len(keys) == len(samples):
                        keys.pop(rng.randint(len(keys)))
                    value, likeness = gap(vectors[i], np.stack([samples[k] for k in keys]))
                    g = group[row['source']]
                    rows.append({'person': name, 'kind': kind, 'condition': condition, 'system': row['system'], 'language': row['language'], 'fold': g,
                                 'gap': value, 'likeness': likeness, 'score': scores[i], 'unheard': name in unheard,
                                 'strict': row['person'] not in heard_voices[g] and row['system'] not in heard_systems[g]})
    return rows


def together(rows):
    """Log odds of both measures, fitted without the person asked about; persons weighted alike in each class."""
    values = np.array([[r['score'], r['gap']] for r in rows])
    values = (values - values.mean(0)) / values.std(0)
    label, person = np.array([r['kind'] == 'clone' for r in rows]), np.array([r['person'] for r in rows])
    names = np.random.RandomState(SEED).permutation(np.unique(person))
    split = dict(zip(names, np.arange(len(names)) % SPLITS))
    part = np.array([split[p] for p in person])
    weight = np.zeros(len(rows))
    for name in names:
        for kind in (True, False):
            at = (person == name) & (label == kind)
            weight[at] = 1 / max(1, at.sum())
    out = np.zeros(len(rows))
    for k in np.unique(part):
        rest = part != k
        out[~rest] = LogisticRegression(C=1.0).fit(values[rest], label[rest], sample_weight=weight[rest]).decision_function(values[~rest])
    return out


def _auc(values, rows):
    label, person = np.array([r['kind'] == 'clone' for r in rows]), np.array([r['person'] for r in rows])
    within = [metrics.auc(values[(person == n) & ~label], values[(person == n) & label]) for n in np.unique(person)
              if ((person == n) & label).any() and ((person == n) & ~label).any()]
    return {'auc': round(metrics.auc(values[~label], values[label]), 3),
            'interval': metrics.interval(values[~label], values[label], metrics.auc, person[~label], person[label]),
            'within': round(float(np.mean(within)), 3) if within else None}


def figures(rows):
    """Clone against the person's own clips, by condition, for voices the embedder never heard, those it heard, and items strict for the detector too."""
    sets = {'unheard': lambda r: r['unheard'], 'unheard and strict': lambda r: r['unheard'] and r['strict'], 'heard by the embedder': lambda r: not r['unheard']}
    out = []
    for condition in CONDITIONS:
        for name, keep in sets.items():
            of = [r for r in rows if r['condition'] == condition and keep(r)]
            asked = [r for r in of if r['kind'] != 'other']
            others = np.array([r['gap'] for r in of if r['kind'] == 'other'])
            clones = [r for r in asked if r['kind'] == 'clone']
            own = np.array([r['gap'] for r in asked if r['kind'] == 'genuine'])
            if len(clones) < 10 or len(own) < 10:
                continue
            column = lambda key: np.array([r[key] for r in asked])
            both = together(asked)
            out.append({'condition': condition, 'set': name, 'genuine': len(own), 'clones': len(clones), 'people': len({r['person'] for r in asked}),
                        'systems': len({r['system'] for r in clones}), 'languages': sorted({r['language'] for r in asked}),
                        'gap': _auc(column('gap'), asked), 'score': _auc(column('score'), asked), 'both': _auc(both, asked),
                        'othersAboveClones': round(metrics.auc(np.array([r['gap'] for r in clones]), others), 3) if len(others) else None,
                        'medianGap': {'genuine': round(float(np.median(own)), 3), 'clone': round(float(np.median([r['gap'] for r in clones])), 3),
                                      'other': round(float(np.median(others)), 3) if len(others) else None}})
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    here = Path(__file__).resolve()
    parser.add_argument('--shared', default=here.parents[4] / 'shared')
    parser.add_argument('--cache', default='/tmp/jz/voice/cache')
    arguments = parser.parse_args()
    import report_voice
    data = synthetic_voice.Corpus(arguments.shared, arguments.cache)
    table = figures(measured(data, here.parents[2] / 'speaker-embedding/model.onnx', report_voice.SHARE))
    (here.parents[2] / 'synthetic-voice' / 'references.json').write_text(json.dumps(table, indent=1) + '\n')
    for row in table:
        print(json.dumps(row))


if __name__ == '__main__':
    main()
