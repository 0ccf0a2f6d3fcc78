"""Perceptrons over feature rows: fitting, scoring, and writing them down so that export.ts can turn them into ONNX.

Values are brought to the median and the spread of their quartiles among the rows fitted on, and held within LIMIT: nothing far outside what was
seen weighs more than the furthest seen. Rows are mixed two by two in shares drawn alike (mixup; Zhang et al., ICLR 2018)."""
from typing import NamedTuple

import numpy as np
import torch
from torch import nn

LIMIT = 4.
BATCH = 512
RATE, DECAY = 2e-3, .02
# Share of the inputs and of the hidden values that a step leaves out.
DROP_INPUT, DROP = .2, .4
SECOND = 64  # hidden values of the second layer
QUARTILES_OF_NORMAL = 1.349  # between the quartiles of a normal distribution, in standard deviations


class Perceptron(NamedTuple):
    """Columns that are looked at, middle and spread of each, and of each of three layers weight [out, in] and bias [out]."""
    columns: np.ndarray
    middle: np.ndarray
    spread: np.ndarray
    layers: list


def margin(model, x, block=20000):
    """Log odds [n] of rows x [n, values] before any calibration."""
    return np.concatenate([_margin(model, x[i:i + block]) for i in range(0, len(x), block)])


def _margin(model, x):
    *inner, (last, bias) = model.layers
    h = scaled(x[:, model.columns], model.middle, model.spread)
    for weight, shift in inner:
        h = np.maximum(h @ weight.T + shift, 0)
    return (h @ last.T + bias)[:, 0]


def scaled(x, middle, spread):
    return np.clip((x - middle) / spread, -LIMIT, LIMIT)


def fit(x, y, width, epochs, columns=None, seed=0):
    """A perceptron that tells rows x [n, values] of class 1 from those of class 0."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    columns = np.arange(x.shape[1]) if columns is None else np.asarray(columns)
    part = x[:, columns]
    middle = np.median(part, 0).astype(np.float32)
    spread = (np.subtract(*np.percentile(part, [75, 25], axis=0)) / QUARTILES_OF_NORMAL + 1e-6).astype(np.float32)
    rows, target = torch.from_numpy(scaled(part, middle, spread)), torch.tensor(np.asarray(y), dtype=torch.float32)
    net = nn.Sequential(nn.Dropout(DROP_INPUT), nn.Linear(len(columns), width), nn.BatchNorm1d(width), nn.ReLU(), nn.Dropout(DROP),
                        nn.Linear(width, SECOND), nn.ReLU(), nn.Dropout(DROP), nn.Linear(SECOND, 1))
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    steps, step = epochs * (len(rows) // BATCH), 0
    for _ in range(epochs):
        order = torch.randperm(len(rows))
        for i in range(0, len(rows) - BATCH + 1, BATCH):
            for group in optimiser.param_groups:
                group["lr"] = RATE / 2 * (1 + np.cos(np.pi * step / steps))
            batch, share = order[i:i + BATCH], float(rng.random())
            other = batch[torch.randperm(BATCH)]
            out = net(share * rows[batch] + (1 - share) * rows[other])[:, 0]
            loss = nn.functional.binary_cross_entropy_with_logits(out, share * target[batch] + (1 - share) * target[other])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            step += 1
    return Perceptron(columns, middle, spread, folded(net.eval()))


def folded(net):
    """Layers of the fitted network, its batch norm taken into the first."""
    first, norm, second, third = net[1], net[2], net[5], net[8]
    with torch.no_grad():
        gain = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        layers = [(first.weight * gain[:, None], (first.bias - norm.running_mean) * gain + norm.bias), (second.weight, second.bias), (third.weight, third.bias)]
    return [(weight.detach().numpy(), bias.detach().numpy()) for weight, bias in layers]


def written(model, mean, sd):
    """The perceptron as plain lists; its last layer so scaled that it gives (margin - mean) / sd."""
    *inner, (weight, bias) = model.layers
    layers = [*inner, (weight / sd, (bias - mean) / sd)]
    return {"columns": model.columns.tolist(), "middle": model.middle.tolist(), "spread": model.spread.tolist(), "limit": LIMIT,
            "layers": [{"weight": w.tolist(), "bias": b.tolist()} for w, b in layers]}


def read(lists):
    """The perceptron that `written` wrote down."""
    array = lambda values: np.array(values, np.float32)
    layers = [(array(layer["weight"]), array(layer["bias"])) for layer in lists["layers"]]
    return Perceptron(np.array(lists["columns"]), array(lists["middle"]), array(lists["spread"]), layers)
