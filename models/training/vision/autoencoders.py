"""Small convolutional autoencoders of our own: they redraw real pictures with the traces of learned upsampling, so that generated and
recorded pixels share source, camera and compression. Usage: autoencoders.py CROPS_FOLDER SECONDS_EACH

Each has another decoder: transposed convolution, nearest enlargement with convolution, pixel shuffle.
They learn on crops of training sources only and are never shipped."""
import sys
import time

import cv2
import numpy as np
import torch
from torch import nn

from crops import Crops

PATCH = 96
VARIANTS = (("transposed", 2, 8), ("nearest", 2, 6), ("shuffle", 3, 24))


def up(kind, a, b):
    if kind == "transposed":
        return [nn.ConvTranspose2d(a, b, 4, 2, 1)]
    if kind == "shuffle":
        return [nn.Conv2d(a, 4 * b, 3, padding=1), nn.PixelShuffle(2)]
    return [nn.Upsample(scale_factor=2, mode=kind), nn.Conv2d(a, b, 3, padding=1)]


class Autoencoder(nn.Module):
    """[n, 3, h, w] in 0..1 -> the same; h and w multiples of 2 ** depth."""

    def __init__(self, kind, depth, latent, width=16):
        super().__init__()
        widths = [width * min(2 ** i, 3) for i in range(depth + 1)]
        down = [nn.Conv2d(3, widths[0], 3, padding=1), nn.LeakyReLU(.1)]
        for i in range(depth):
            down += [nn.Conv2d(widths[i], widths[i + 1], 4, 2, 1), nn.LeakyReLU(.1)]
        rise = [nn.Conv2d(latent, widths[depth], 3, padding=1), nn.LeakyReLU(.1)]
        for i in reversed(range(depth)):
            rise += up(kind, widths[i + 1], widths[i]) + [nn.LeakyReLU(.1)]
        self.encode = nn.Sequential(*down, nn.Conv2d(widths[depth], latent, 3, padding=1))
        self.decode = nn.Sequential(*rise, nn.Conv2d(widths[0], 3, 3, padding=1))

    def forward(self, x):
        return self.decode(self.encode(x))


def load(folder):
    nets = []
    for n, (kind, depth, latent) in enumerate(VARIANTS):
        net = Autoencoder(kind, depth, latent)
        net.load_state_dict(torch.load(f"{folder}/autoencoder{n}.pt"))
        nets.append((net.eval(), 2 ** depth))
    return nets


def redraw(net, step, image):
    """An RGB picture through an autoencoder; its sides are padded to multiples of `step` and cut again."""
    h, w = image.shape[:2]
    padded = cv2.copyMakeBorder(image, 0, -h % step, 0, -w % step, cv2.BORDER_REFLECT_101)
    with torch.no_grad():
        x = torch.from_numpy(np.ascontiguousarray(padded.transpose(2, 0, 1), np.float32)[None] / 255)
        y = net(x)[0].numpy().transpose(1, 2, 0)
    return np.clip(y * 255 + .5, 0, 255).astype(np.uint8)[:h, :w]


def gradients(x):
    return torch.cat([(x[..., 1:, :-1] - x[..., :-1, :-1]), (x[..., :-1, 1:] - x[..., :-1, :-1])], 1)


def main(folder, seconds):
    torch.set_num_threads(1)
    crops = Crops(folder)
    rng = np.random.default_rng(0)
    torch.manual_seed(0)
    pool = [i for i, m in enumerate(crops.meta) if m["label"] == "real" and not m["source"].startswith("modern") and m["side"] > PATCH + 8]
    for n, variant in enumerate(VARIANTS):
        net = Autoencoder(*variant)
        best = torch.optim.Adam(net.parameters(), 2e-3, betas=(.9, .99))
        began, step = time.process_time(), 0
        while (spent := (time.process_time() - began) / seconds) < 1:
            for group in best.param_groups:
                group["lr"] = 2e-3 * min(1, step / 50) * max(.02, 1 - spent)
            batch = []
            for i in rng.choice(pool, 6):
                image = crops.read(i)[0]
                y, x = rng.integers(0, image.shape[0] - PATCH, 2)
                batch.append(image[y:y + PATCH, x:x + PATCH])
            x = torch.from_numpy(np.array(batch).transpose(0, 3, 1, 2).astype(np.float32) / 255)
            y = net(x)
            loss = (y - x).abs().mean() + (gradients(y) - gradients(x)).abs().mean()
            best.zero_grad()
            loss.backward()
            best.step()
            step += 1
        torch.save(net.state_dict(), f"{folder}/autoencoder{n}.pt")
        print(variant, "steps", step, "last loss", round(float(loss), 4), "mean error", round(float((y - x).abs().mean() * 255), 2), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
