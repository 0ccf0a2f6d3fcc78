"""Faces shrunk and brought back by a network (ESRGAN; Wang et al. 2018): the sharp, network-made texture that today's swappers and generators leave.

The networks are those of the npm packages @upscalerjs/esrgan-slim, -medium and -thick 1.0.0 (MIT), which run.sh unpacks into `networks` beside the crops.
`upscale.py make CROPS` keeps `upscaled.bin` and `upscaled.jsonl` beside the crops; a stopped run goes on."""
import json
import math
import os
import sys

import cv2
import numpy as np
import torch
from torch.nn import functional as nn

from crops import Crops

# Networks by name, times they enlarge, value of full brightness at both ends, and share of the pictures. The small networks leave a grid of pixels
# at three and four times; the large one draws sharp texture but takes seconds for twice.
NETWORKS = [("thick", 4, 1, .5), ("thick", 3, 1, .1), ("medium", 2, 255, .2), ("slim", 2, 255, .2)]
# Sides, in pixels, to which a crop is brought beforehand where it is larger: bounds cost, varies how large the network sees a face.
SIDES = (140, 230)
# Pictures of each source: one of every person, then a second, until there are so many.
WANTED = {"real/dfdc": 350, "real/lfw": 400, "real/congress": 250, "modern/real": 250}
# What the condition `upscaled` does to a genuine face, and the side to which it is brought beforehand.
ENHANCED, ENHANCED_SIDE = ("thick", 3, 1), 180
# Weight of a residual block, which the package gives in code and not in model.json.
RESIDUAL = .2


class Network:
    """A Keras network out of model.json, on RGB uint8 pictures; `top` is the value that it takes and gives for full brightness."""

    def __init__(self, folder, top):
        self.top = top
        model = json.load(open(f"{folder}/model.json"))
        config = model["modelTopology"]["model_config"]["config"]
        self.layers, self.last = config["layers"], config["output_layers"][0][0]
        data = b"".join(open(f"{folder}/{p}", "rb").read() for g in model["weightsManifest"] for p in g["paths"])
        at, self.weights = 0, {}
        for w in (w for g in model["weightsManifest"] for w in g["weights"]):
            count = math.prod(w["shape"])
            self.weights[w["name"]] = torch.from_numpy(np.frombuffer(data, np.float32, count, at).reshape(w["shape"]).copy())
            at += 4 * count
        if at != len(data):
            raise ValueError(f"{folder}: {len(data)} bytes of weights, {at} named")

    def __call__(self, image):
        done = {}
        for layer in self.layers:
            name, given = layer["name"], [done[i[0]] for i in (layer["inbound_nodes"] or [[]])[0]]
            done[name] = self.step(layer, given, image)
        out = done[self.last][0].permute(1, 2, 0).numpy()
        return np.clip(out * (255 / self.top) + .5, 0, 255).astype(np.uint8)

    def step(self, layer, given, image):
        kind, config = layer["class_name"], layer["config"]
        if kind == "InputLayer":
            return torch.from_numpy(image.astype(np.float32) * (self.top / 255)).permute(2, 0, 1)[None]
        if kind == "Conv2D" and config["activation"] == "linear" and config["strides"] == [1, 1]:
            kernel = self.weights[layer["name"] + "/kernel"].permute(3, 2, 0, 1)
            return nn.conv2d(given[0], kernel, self.weights[layer["name"] + "/bias"], padding=kernel.shape[2] // 2)
        if kind == "Activation" and config["activation"] == "relu":
            return nn.relu(given[0])
        if kind == "Add":
            return sum(given)
        if kind == "Concatenate":
            return torch.cat(given, 1)
        if kind == "MultiplyBeta":
            return given[0] * RESIDUAL
        if kind.startswith("PixelShuffle"):  # as TensorFlow's depth_to_space: places before channels
            n, k = config["scale"], given[0]
            return k.reshape(n, n, -1, *k.shape[2:]).permute(2, 3, 0, 4, 1).reshape(1, -1, n * k.shape[2], n * k.shape[3])
        if kind == "UpSampling2D" and config["interpolation"] == "nearest":
            return nn.interpolate(given[0], scale_factor=config["size"][0], mode="nearest")
        raise ValueError(f"{kind}: {config}")


class Networks:
    """The networks by name and times, each read when first asked for."""

    def __init__(self, folder):
        torch.set_num_threads(1)
        torch.set_grad_enabled(False)
        self.folder, self.read = f"{folder}/networks", {}

    def brought_back(self, image, name, times, top, *_):
        """The picture after it was shrunk and enlarged so many times; its side becomes a multiple of that."""
        if (name, times) not in self.read:
            self.read[name, times] = Network(f"{self.folder}/{name}/package/models/x{times}", top)
        side = image.shape[0] // times * times
        small = cv2.resize(image, (side // times, side // times), interpolation=cv2.INTER_AREA)
        return self.read[name, times](small)


def brought_to(image, side):
    return cv2.resize(image, (side, side), interpolation=cv2.INTER_AREA) if image.shape[0] > side else image


def planned(meta, rng):
    """Crops to be brought back: in rounds over the persons of each source, both in drawn order."""
    plan = []
    for source, wanted in WANTED.items():
        people = {}
        for i in rng.permutation(len(meta)):
            if meta[i]["source"] == source:
                people.setdefault(meta[i]["identity"], []).append(int(i))
        rounds = [own[n] for n in range(max(map(len, people.values()))) for own in people.values() if n < len(own)]
        plan += rounds[:wanted]
    return [plan[k] for k in rng.permutation(len(plan))]


def make(folder):
    crops, networks, lines, pictures = Crops(folder), Networks(folder), f"{folder}/upscaled.jsonl", f"{folder}/upscaled.bin"
    plan = planned(crops.meta, np.random.default_rng(1))
    done = [json.loads(line) for line in open(lines)] if os.path.exists(lines) else []
    size = sum(m["side"] ** 2 * 3 for m in done)
    open(pictures, "ab").truncate(size)
    with open(pictures, "ab") as data, open(lines, "a") as rows:
        for k in range(len(done), len(plan)):
            rng = np.random.default_rng([2, k])
            network = NETWORKS[rng.choice(len(NETWORKS), p=[n[3] for n in NETWORKS])]
            image = brought_to(crops.read(plan[k])[0], int(rng.uniform(*SIDES)))
            after = networks.brought_back(image, *network)
            data.write(after.tobytes())
            data.flush()
            rows.write(json.dumps(dict(index=plan[k], id=crops.meta[plan[k]]["id"], frame=crops.meta[plan[k]]["frame"], offset=size, side=after.shape[0],
                                       network=f"{network[0]} x{network[1]}")) + "\n")
            rows.flush()
            size += after.nbytes


class Upscaled:
    """The pictures of `make` by the number of their crop, at their own size; not those of the network and times that the condition tests."""

    def __init__(self, folder, crops):
        self.crops, self.bytes = crops, np.memmap(f"{folder}/upscaled.bin", np.uint8, "r")
        tested = f"{ENHANCED[0]} x{ENHANCED[1]}"
        self.rows = {m["index"]: m for m in map(json.loads, open(f"{folder}/upscaled.jsonl")) if m["network"] != tested}

    def read(self, i):
        """The picture brought back and the mesh in its pixels."""
        m = self.rows[i]
        image = np.array(self.bytes[m["offset"]:m["offset"] + m["side"] ** 2 * 3]).reshape(m["side"], m["side"], 3)
        return image, self.crops.mesh(i) * (m["side"] / self.crops.meta[i]["side"])


if __name__ == "__main__":
    make(sys.argv[2])
