"""Measures models/face-likeness on people it never saw, prints the figures of its card, writes calibration.json.

    /usr/bin/python3 models/training/likeness/evaluate.py FOLDER [--out models/face-likeness]

FOLDER holds test.jsonl, test.f32 and adapter.pt. Every pair of photos counts; intervals are drawn by person.
"""

import argparse
import hashlib
import json
import re
from pathlib import Path

import numpy as np
import torch

from dataset import POOLED, Part
from metrics import at_false_matches, eer, figures, interval, pairs, tar
from nets import Adapter

STEPS = np.round(np.arange(-0.2, 1.0001, 0.01), 2)


def east_asian():
    text = (Path(__file__).parent / 'people.ts').read_text()
    block = text[text.index('EAST_ASIAN'):text.index(".split(' ')")]
    return set(' '.join(re.findall(r"'([^']*)'", block)).split())


def table(name, embeddings, people, different):
    reached = [int((different >= s).sum()) for s in STEPS]
    return {'id': name, 'people': len(set(people)), 'samples': len(people), 'pairs': len(different),
            'similarity': STEPS.tolist(), 'reached': reached}


def unit(x):
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('folder')
    arguments.add_argument('--out', default=Path(__file__).parents[2] / 'face-likeness', type=Path)
    arguments.add_argument('--weights', type=Path, help='default FOLDER/adapter.pt; other weights are measured without writing a table')
    options = arguments.parse_args()
    torch.set_num_threads(1)
    part = Part(options.folder, 'test')
    net = Adapter()
    net.load_state_dict(torch.load(options.weights or Path(options.folder) / 'adapter.pt'))
    net.eval()
    with torch.no_grad():
        embedded = net(torch.tensor(part.x)).numpy()
    names = east_asian()
    meta = part.meta
    clean = np.array([m['condition'] == 'clean' for m in meta])
    asian = np.array([m['person'] in names for m in meta])
    people = np.array([m['person'] for m in meta])
    found = sum(m['condition'] == 'clean' for m in meta)
    lost = [m['file'] for m in part.missed if m['condition'] == 'clean']
    print('main faces found', found, 'of', found + len(lost), lost[:5])

    # The general population is every test person, East Asian people in their natural share of LFW included.
    share = int(round(0.4 * len(set(people[asian]))))
    kept = set(sorted(set(people[asian]), key=lambda p: hashlib.md5(p.encode()).hexdigest())[:share])
    general = clean & (~asian | np.isin(people, list(kept)))
    for name, mask in (('general', general), ('east-asian', clean & asian)):
        for label, vectors in (('adapter', embedded), ('teacher', part.y), ('package ResNet', unit(part.x[:, :POOLED]))):
            f = figures(vectors[mask], people[mask])
            print(name, label, f'people {len(set(people[mask]))} photos {mask.sum()}', {k: round(v, 4) for k, v in f.items()})
    if options.weights:
        return
    same, different = pairs(embedded[general], people[general])
    threshold = at_false_matches(different, 1e-3)
    print('general EER interval', interval(embedded[general], people[general], eer, 60))
    print('general TAR.1% interval', interval(embedded[general], people[general], lambda s, d: tar(s, at_false_matches(d, 1e-3)), 60))
    own_same, own_different = pairs(embedded[clean & asian], people[clean & asian])
    print('east-asian TAR own .1% interval', interval(embedded[clean & asian], people[clean & asian],
                                                      lambda s, d: tar(s, at_false_matches(d, 1e-3)), 200))
    print('east-asian false matches at the general threshold', float((own_different > threshold).mean()),
          interval(embedded[clean & asian], people[clean & asian], lambda s, d: float((d > threshold).mean()), 200))
    for condition in ('jpeg30', 'scale.3'):
        mask = np.array([m['condition'] == condition for m in meta]) & (~asian | np.isin(people, list(kept)))
        f = figures(embedded[mask], people[mask])
        print(condition, f'people {len(set(people[mask]))}', {k: round(v, 4) for k, v in f.items()},
              'EER interval', interval(embedded[mask], people[mask], eer, 60))
        sizes = [m['quality']['sizePx'] for m, k in zip(meta, mask) if k]
        sharp = [m['quality']['sharpness'] for m, k in zip(meta, mask) if k]
        print('  size px', np.percentile(sizes, [1, 50]).round(1), 'sharpness', np.percentile(sharp, [1, 10, 50]).round(1))
    model = options.out / 'model.onnx'
    calibration = {'schema': 1, 'model': 'face-likeness', 'modelSha256': hashlib.sha256(model.read_bytes()).hexdigest(),
                   'populations': [table('general', embedded[general], people[general], different),
                                   table('east-asian', embedded[clean & asian], people[clean & asian], own_different)]}
    (options.out / 'calibration.json').write_text(json.dumps(calibration, separators=(',', ':')) + '\n')
    for rate in (1e-2, 1e-3, 1e-4):
        print('similarity at false matches', rate, 'general', round(at_false_matches(different, rate), 3), 'east-asian', round(at_false_matches(own_different, rate), 3))


if __name__ == '__main__':
    main()
