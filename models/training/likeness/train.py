"""Trains models/face-likeness: distils the teacher's embedding of each undamaged face from the product's features.

    /usr/bin/python3 models/training/likeness/train.py FOLDER [--out models/face-likeness]

FOLDER is what extract.ts wrote. Chooses by LFW people held out of training (never the test people), prints what was tried,
then trains on everything and writes model.onnx, parity.json and adapter.pt (the last into --weights). Fixed seeds.
With --groups it trains on some sources alone (the figure on permissive data).
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from dataset import Part
from metrics import figures
from nets import Adapter, ridge, scaled

SEED = 20261124
VALIDATION = 0.15  # share of the training people of LFW that choose between variants
EPOCHS, BATCH, RATE, DECAY = 40, 256, 1e-3, 3e-2
RELATION = 6.0  # weight of the pairwise similarities beside the direct cosine; 2, 6 tried: EER 1.29, 1.20 % on held-out people
RIDGE = 1.0


def held_out(record):
    digest = hashlib.md5(('validation ' + record['person']).encode()).digest()
    return record['person'] != '' and int.from_bytes(digest[:4], 'big') / 2 ** 32 < VALIDATION


def fit(x, y, epochs, hidden=512, seed=SEED):
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    net = Adapter(hidden)
    weight, bias = ridge(scaled(x), y, RIDGE)
    net.linear.weight.data, net.linear.bias.data = weight.T.clone(), bias.clone()
    if epochs == 0:
        return net.eval()
    optimizer = torch.optim.AdamW(net.parameters(), RATE, weight_decay=DECAY)
    steps = epochs * (len(x) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps + 1)
    average = {k: v.clone() for k, v in net.state_dict().items()}
    net.train()
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for at in range(0, len(x) - BATCH + 1, BATCH):
            pick = order[at:at + BATCH]
            target = y[pick]
            out = net(x[pick])
            direct = (1 - (out * target).sum(1)).mean()
            relation = ((out @ out.T - target @ target.T) ** 2).mean() * 10
            loss = direct + RELATION * relation
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            for k, v in net.state_dict().items():
                average[k].mul_(0.995).add_(v, alpha=0.005)
    net.load_state_dict(average)
    return net.eval()


def report(name, net, x, y, meta):
    with torch.no_grad():
        embedded = net(x).numpy()
    clean = [n for n, m in enumerate(meta) if m['condition'] == 'clean']
    people = [meta[n]['person'] for n in clean]
    f = figures(embedded[clean], people)
    cosine = float((embedded[clean] * y[clean].numpy()).sum(1).mean())
    print(f'{name}: EER {f["eer"]:.4f} TAR.1% {f["tar.1%"]:.3f} cosine to teacher {cosine:.3f}', flush=True)


@torch.no_grad()
def write(net, folder, x):
    folder.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(net, x[:2], folder / 'model.onnx', input_names=['features'], output_names=['embedding'],
                      dynamic_axes={'features': {0: 'n'}, 'embedding': {0: 'n'}}, opset_version=13, do_constant_folding=True)
    wave = torch.tensor([[0.5 + 0.5 * np.sin(0.37 * i * (k + 1)) for i in range(x.shape[1])] for k in range(3)], dtype=torch.float32)
    cases = [{'k': k + 1, 'output': [round(float(v), 7) for v in row]} for k, row in enumerate(net(wave))]
    description = 'features[i] = 0.5 + 0.5 * sin(0.37 * i * k), i = 0..1279'
    (folder / 'parity.json').write_text(json.dumps({'input': description, 'cases': cases, 'tolerance': 1e-5}) + '\n')


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('folder')
    arguments.add_argument('--out', default=Path(__file__).parents[2] / 'face-likeness', type=Path)
    arguments.add_argument('--try', action='store_true', dest='compare', help='also train the variants that were rejected')
    arguments.add_argument('--weights', type=Path, help='default FOLDER/adapter.pt')
    arguments.add_argument('--groups', nargs='*', help='train on these sources alone')
    options = arguments.parse_args()
    torch.set_num_threads(1)
    part = Part(options.folder, 'train')
    if options.groups:
        part.keep([m['group'] in options.groups for m in part.meta])
        torch.save(fit(torch.tensor(part.x), torch.tensor(part.y), EPOCHS).state_dict(), options.weights)
        return
    x, y = torch.tensor(part.x), torch.tensor(part.y)
    out = np.array([held_out(m) for m in part.meta])
    groups = sorted({m['group'] for m in part.meta})
    print({g: sum(m['group'] == g for m in part.meta) for g in groups}, 'damaged', sum(m['condition'] != 'clean' for m in part.meta))
    meta = [m for m, o in zip(part.meta, out) if o]
    if options.compare:
        clean = np.array([m['condition'] == 'clean' for m in part.meta])
        report('ridge, clean faces only', fit(x[~out & clean], y[~out & clean], 0), x[out], y[out], meta)
        report('ridge', fit(x[~out], y[~out], 0), x[out], y[out], meta)
        report('teacher itself', torch.nn.Identity(), y[out], y[out], meta)
    report(f'adapter, {EPOCHS} epochs', fit(x[~out], y[~out], EPOCHS), x[out], y[out], meta)
    net = fit(x, y, EPOCHS)
    torch.save(net.state_dict(), options.weights or Path(options.folder) / 'adapter.pt')
    write(net, options.out, x)


if __name__ == '__main__':
    main()
