"""A network that looks for faces blended into a picture: measured, not shipped (models/synthetic-face/card.md).

`net.py train CROPS OUT UNTIL` (HH:MM of today, UTC; what is there goes on), `net.py score CROPS OUT PART SOURCES CONDITIONS [1/N]` (raw scores of a part of
holdout.py, added to OUT/scores.jsonl), `net.py scale OUT`; then report_net.py.

A trunk that begins with the pretrained weights of FaceRes, batch norm folded in and left out, over a 160 px window of the face and its high-pass residual. Beside the
one logit it tells for 20 x 20 cells how much was forged and where the border of the forgery runs; that part is supervision only. The rate of learning follows the
clock, not the number of steps: a shared machine gives no promise of how many there will be."""
import datetime
import json
import math
import os
import sys
import time

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from torch import nn

from crops import Crops, conditioned
from holdout import part_of
from net_forge import NetForge, cut, window_of

PAIRS = 12
# Of a batch so many are new, the others come again from the last HELD pairs, mirrored or not.
FRESH = 4
HELD = 1600
RATE = 1e-3
# Of that, what the pretrained part gets.
BACKBONE_SHARE = .3
DECAY = .02
WARM_STEPS = 60
EMA = .999
SAVE_EVERY_S = 300
# Faces scored at a time.
SCORED = 36
# The inner set: forged and untouched pairs of people outside the training set.
INNER_PAIRS = 200
BACKBONE = f"{os.path.dirname(os.path.abspath(__file__))}/../../.built/face-features.onnx"
# In, out and stride of MobileNet's blocks, each a depthwise layer and one of single pixels; the layer whose cells are eight pixels wide.
BLOCKS = [(32, 64, 1), (64, 128, 2), (128, 128, 1), (128, 256, 2), (256, 256, 1), (256, 512, 2)] + [(512, 512, 1)] * 5
EIGHTH = 10


def conv(i, o, k=3, s=1):
    return nn.Sequential(nn.Conv2d(i, o, k, s, (k - 1) // 2, bias=False), nn.BatchNorm2d(o), nn.ReLU(inplace=True))


def backbone():
    """Kernels and biases of FaceRes up to its eleventh block (face-features of models/registry.json, out of the npm package @vladmandic/human), batch norm folded in."""
    graph = onnx.load(BACKBONE).graph
    values = {v.name: numpy_helper.to_array(v).astype(np.float32) for v in graph.initializer}
    return [[torch.tensor(values[name]) for name in n.input[1:3]] for n in graph.node if n.op_type == "Conv"][:1 + 2 * len(BLOCKS)]


class FaceNet(nn.Module):
    """`pixels` [n, 3, SIDE, SIDE] RGB 0-255 to `score` [n], a logit without calibration: larger says blended."""

    def __init__(self):
        super().__init__()
        shapes = [(3, 32, 3, 2, 1)] + [s for i, o, stride in BLOCKS for s in ((i, i, 3, stride, i), (i, o, 1, 1, 1))]
        self.layers = nn.ModuleList([nn.Conv2d(i, o, k, stride, 0 if stride == 2 else k // 2, groups=g) for i, o, k, stride, g in shapes])
        # What the pretrained first layer is not told: the picture less its 3 x 3 mean. Begins at nothing, so that the pretrained answer is where learning starts.
        self.fine = nn.Conv2d(3, 32, 3, 2, bias=False)
        nn.init.zeros_(self.fine.weight)
        self.down, self.across = nn.Conv2d(512, 64, 1), nn.Conv2d(256, 64, 1)
        self.mix = conv(64, 64)
        self.dense = nn.Conv2d(64, 2, 1)
        self.look = nn.Conv2d(64, 1, 1)
        self.drop = nn.Dropout(.2)
        self.head = nn.Linear(512 + 64 + 64, 1)
        self.register_buffer("mean", torch.tensor([123.68, 116.779, 103.939]).reshape(1, 3, 1, 1))

    def pretrained(self):
        """Puts in FaceRes, which was fed blue first."""
        for n, (layer, (kernel, bias)) in enumerate(zip(self.layers, backbone())):
            layer.weight.data.copy_(kernel if n else kernel.flip(1))
            layer.bias.data.copy_(bias)
        return self

    def trunk(self, pixels):
        x = pixels - self.mean
        # Sums of slices, since pooling at a stride of one is slow here.
        p = F.pad(x, (1, 1, 1, 1), mode="replicate")
        p = p[:, :, :-2] + p[:, :, 1:-1] + p[:, :, 2:]
        fine = x / 16 - (p[..., :-2] + p[..., 1:-1] + p[..., 2:]) / 144
        after = lambda v: F.pad(v, (0, 1, 0, 1))
        x = (self.layers[0](after(x)) + self.fine(after(fine.clamp(-3, 3)))).clamp(0, 6)
        for n, layer in enumerate(self.layers[1:], 1):
            x = layer(after(x) if layer.stride[0] == 2 else x).clamp(0, 6)
            if n == EIGHTH:
                eighth = x
        mixed = self.mix(F.relu(self.across(eighth) + F.interpolate(self.down(x), scale_factor=2, mode="nearest")))
        flat = mixed.flatten(2)
        weight = self.look(mixed).flatten(2).softmax(2)
        pooled = torch.cat([x.mean((2, 3)), (flat * weight).sum(2), flat.amax(2)], 1)
        return pooled, mixed

    def both(self, pixels):
        pooled, mixed = self.trunk(pixels)
        return self.head(self.drop(pooled))[:, 0], self.dense(mixed)

    def forward(self, pixels):
        return self.head(self.trunk(pixels)[0])[:, 0]

    def groups(self):
        """The pretrained part learns at a slower rate."""
        slow = list(self.layers.parameters())
        held = {id(p) for p in slow}
        return [dict(params=slow, share=BACKBONE_SHARE), dict(params=[p for p in self.parameters() if id(p) not in held], share=1.)]


class Stream(torch.utils.data.IterableDataset):
    def __init__(self, crops, seed):
        self.crops, self.seed = crops, seed

    def __iter__(self):
        torch.set_num_threads(1)
        forge = NetForge(Crops(self.crops), self.seed)
        held, rng = [], forge.rng
        while True:
            pairs = [forge.sample()[:2] for _ in range(FRESH if len(held) > PAIRS else PAIRS)]
            for k in rng.choice(len(held), PAIRS - len(pairs), replace=False) if len(pairs) < PAIRS else ():
                images, mask = held[k]
                pairs.append((images[:, :, ::-1], mask[:, ::-1]) if rng.random() < .5 else held[k])
            for pair in pairs[:FRESH]:
                if len(held) < HELD:
                    held.append(pair)
                else:
                    held[rng.integers(HELD)] = pair
            yield np.concatenate([p[0] for p in pairs]), np.stack([p[1] for p in pairs])


def loss_of(logits, maps, mask):
    """Rows alternate forged, untouched. Classes, order within the pair, forged share of each cell and the border between forged and not."""
    y = torch.zeros_like(logits)
    y[::2] = 1
    classes = F.binary_cross_entropy_with_logits(logits, y * .96 + .02)
    order = F.softplus(logits[1::2] - logits[::2]).mean()
    target = torch.zeros_like(maps)
    target[::2, 0] = mask
    target[::2, 1] = 4 * mask * (1 - mask)
    where = F.binary_cross_entropy_with_logits(maps, target.clamp(0, 1), reduction="none").mean((0, 2, 3))
    return classes + .5 * order + 1.5 * where[0] + where[1], (classes, order, where[0], where[1])


def tensor(images):
    return torch.as_tensor(images).permute(0, 3, 1, 2).to(memory_format=torch.channels_last).float()


def auc(fake, real):
    return float((np.sign(fake[:, None] - real[None]) / 2 + .5).mean())


def inner_set(crops, out):
    path = f"{out}/inner.npz"
    if not os.path.exists(path):
        forge = NetForge(Crops(crops), 99, "inner")
        pairs = [forge.sample() for _ in range(INNER_PAIRS)]
        np.savez(path, images=np.concatenate([p[0] for p in pairs]), kinds=[p[2] for p in pairs])
    return np.load(path)


@torch.no_grad()
def logits_of(model, images, batch=32):
    """Mean of the face and its mirror image."""
    out = []
    for i in range(0, len(images), batch):
        x = tensor(images[i:i + batch])
        with torch.cpu.amp.autocast():
            out.append(((model(x) + model(x.flip(3))) / 2).float())
    return torch.cat(out).numpy()


def train(crops, out, until):
    torch.set_num_threads(1)
    torch.manual_seed(1)
    os.makedirs(out, exist_ok=True)
    hour, minute = map(int, until.split(":"))
    end = datetime.datetime.now(datetime.timezone.utc).replace(hour=hour, minute=minute, second=0).timestamp()
    inner = inner_set(crops, out)
    model, smooth = FaceNet().pretrained().to(memory_format=torch.channels_last), FaceNet().to(memory_format=torch.channels_last)
    smooth.load_state_dict(model.state_dict())
    smooth.eval()
    optimiser = torch.optim.AdamW(model.groups(), RATE, weight_decay=DECAY)
    step, begun, runs = 0, time.time(), 0
    if os.path.exists(f"{out}/state.pt"):
        kept = torch.load(f"{out}/state.pt")
        model.load_state_dict(kept["model"])
        smooth.load_state_dict(kept["smooth"])
        optimiser.load_state_dict(kept["optimiser"])
        step, begun, runs = kept["step"], kept["begun"], kept["runs"] + 1
    stream = iter(torch.utils.data.DataLoader(Stream(crops, 1000 + runs), batch_size=None, num_workers=1, prefetch_factor=6))
    saved, means = time.time(), []
    print("from step", step, "until", until, sum(p.numel() for p in model.parameters()), "weights", flush=True)

    def save():
        torch.save(dict(model=model.state_dict(), smooth=smooth.state_dict(), optimiser=optimiser.state_dict(), step=step, begun=begun, runs=runs), f"{out}/state.new")
        os.replace(f"{out}/state.new", f"{out}/state.pt")
        logits = logits_of(smooth, inner["images"])
        fake, real, kinds = logits[::2], logits[1::2], inner["kinds"]
        line = dict(at=time.strftime("%H:%M:%S", time.gmtime()), step=step, images=step * 2 * PAIRS, cpu=round(time.process_time()), rate=optimiser.param_groups[1]["lr"],
                    loss=[round(float(v), 4) for v in np.mean(means, 0)] if means else None, auc=round(auc(fake, real), 4), pairs=round(float((fake > real).mean()), 4),
                    kinds={str(k): round(auc(fake[kinds == k], real), 3) for k in np.unique(kinds)})
        open(f"{out}/train.jsonl", "a").write(json.dumps(line) + "\n")
        print(line, flush=True)
        means.clear()

    model.train()
    for images, mask in stream:
        now = time.time()
        if now >= end:
            break
        gone = (now - begun) / (end - begun)
        rate = RATE * min(1, (step + 1) / WARM_STEPS) * (.5 + .5 * math.cos(math.pi * min(1, gone))) + 1e-6
        for group in optimiser.param_groups:
            group["lr"] = rate * group["share"]
        with torch.cpu.amp.autocast():
            logits, maps = model.both(tensor(images))
        loss, parts = loss_of(logits.float(), maps.float(), torch.as_tensor(mask))
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 5.)
        optimiser.step()
        means.append([float(v) for v in parts])
        keep = min(EMA, (step + 1) / (step + 20))
        with torch.no_grad():
            for a, b in zip(smooth.state_dict().values(), model.state_dict().values()):
                if a.dtype.is_floating_point:
                    a.lerp_(b, 1 - keep)
                else:
                    a.copy_(b)
        step += 1
        if time.time() - saved > SAVE_EVERY_S:
            save()
            saved = time.time()
    save()
    os._exit(0)


def trained(out):
    model = FaceNet()
    model.load_state_dict(torch.load(f"{out}/state.pt")["smooth"])
    return model.eval().to(memory_format=torch.channels_last)


@torch.no_grad()
def score_of(model, faces):
    """Raw scores of windows float32 [n, SIDE, SIDE, 3] in full precision."""
    return model(tensor(np.stack(faces))).numpy()


def score(folder, out, part, sources, conditions, share="1/1"):
    torch.set_num_threads(1)
    model, crops, every = trained(out), Crops(folder), int(share.split("/")[1])
    left_out = lambda m: every > 1 and (m["frame"] % 2 if m["source"].startswith("modern/") else int(m["id"], 16) % every)
    wanted = [i for i, m in enumerate(crops.meta) if part_of(m) == part and m["source"] in sources.split(",") and not left_out(m)]
    path = f"{out}/scores.jsonl"
    known = {(m["index"], m["condition"]) for m in map(json.loads, open(path))} if os.path.exists(path) else set()
    with open(path, "a") as lines:
        for at in range(0, len(wanted), SCORED):
            faces = {i: crops.read(i) for i in wanted[at:at + SCORED]}
            for name in conditions.split(","):
                due = [i for i in faces if (i, name) not in known]
                seen = conditioned([faces[i][0] for i in due], name, due) if due else []
                windows = [cut(c, window_of(faces[i][1] * (c.shape[0] / faces[i][0].shape[0]))) for i, c in zip(due, seen)]
                for i, value in zip(due, score_of(model, windows) if due else []):
                    kept = {k: crops.meta[i][k] for k in ("id", "source", "repo", "identity", "method", "label", "frame")}
                    lines.write(json.dumps(dict(kept, index=i, part=part, condition=name, score=round(float(value), 4))) + "\n")


def scale(out):
    """Mean and standard deviation of the inner set's genuine faces, sources weighted alike, to scale.json: fixed before any outer score is seen."""
    rows = [m for m in map(json.loads, open(f"{out}/scores.jsonl")) if m["part"] == "inner" and m["condition"] == "clean" and m["label"] == "real"]
    parts = [np.array([m["score"] for m in rows if m["source"] == s]) for s in sorted({m["source"] for m in rows})]
    mean = float(np.mean([p.mean() for p in parts]))
    sd = float(np.sqrt(np.mean([((p - mean) ** 2).mean() for p in parts])))
    json.dump(dict(mean=mean, sd=sd, files=len(rows)), open(f"{out}/scale.json", "w"))


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
