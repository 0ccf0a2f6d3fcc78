"""The face crops that crops.ts cut, the conditions under which they are tested, and the folds they fall into."""
import hashlib
import json
import struct

import cv2
import numpy as np

OVAL = [10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136,
        172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109]
POINTS = 468
FOLDS = 5
CONDITIONS = ("clean", "jpeg90", "jpeg70", "jpeg50", "half", "webp", "noise")


class Crops:
    """Images are RGB uint8 [side, side, 3]; meshes float32 [472, 3] in pixels of the image: 468 points, then the corners of the picture."""

    def __init__(self, folder):
        lines = [json.loads(line) for line in open(f"{folder}/crops.jsonl")]
        self.missed = [m for m in lines if m["frame"] < 0]
        self.meta = [m for m in lines if m["frame"] >= 0]
        self.bytes = np.memmap(f"{folder}/crops.bin", np.uint8, "r")

    def read(self, i):
        m = self.meta[i]
        size = m["side"] ** 2 * 3
        image = np.array(self.bytes[m["offset"]:m["offset"] + size]).reshape(m["side"], m["side"], 3)
        return image, self.mesh(i)

    def mesh(self, i):
        at = self.meta[i]["offset"] + self.meta[i]["side"] ** 2 * 3
        mesh = np.frombuffer(self.bytes[at:at + 5616].tobytes(), np.float32).reshape(POINTS, 3)
        corners = np.zeros((4, 3), np.float32)
        corners[:, :2] = np.reshape(self.meta[i]["outline"], (4, 2))
        return np.vstack([mesh, corners])

    def shape(self, i):
        """Oval and some inner points, centred and scaled: what makes two faces exchangeable."""
        p = self.mesh(i)[OVAL[::2] + [33, 263, 1, 61, 291], :2]
        p = p - p.mean(0)
        return p / np.abs(p).max()


def folds_of(meta):
    """Fold of each item: by person; the modern set by repository, dealt out largest first so that folds hold like numbers of swaps."""
    counts = {}
    for m in meta:
        if m["source"].startswith("modern/"):
            counts[m["repo"]] = counts.get(m["repo"], 0) + (m["source"] == "modern/swap") + 1e-3
    load, of = [0.] * FOLDS, {}
    for repo in sorted(counts, key=lambda r: (-counts[r], r)):
        of[repo] = int(np.argmin(load))
        load[of[repo]] += counts[repo]
    hashed = lambda s: int(hashlib.md5(s.encode()).hexdigest(), 16) % FOLDS
    return np.array([of[m["repo"]] if m["source"].startswith("modern/") else hashed(m["identity"]) for m in meta])


def recode(image, extension, option, quality):
    """An RGB picture encoded and decoded again (OpenCV works in BGR order)."""
    done, data = cv2.imencode(extension, image[..., ::-1], [option, int(quality)])
    return np.ascontiguousarray(cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1])


def jpeg(image, quality):
    return recode(image, ".jpg", cv2.IMWRITE_JPEG_QUALITY, quality)


def webp(image, quality):
    return recode(image, ".webp", cv2.IMWRITE_WEBP_QUALITY, quality)


def condition(image, name, seed):
    """The picture after one of the stated conditions; `half` shrinks to half its side."""
    if name == "clean":
        return image
    if name.startswith("jpeg"):
        return jpeg(image, int(name[4:]))
    if name == "webp":
        return webp(image, 75)
    if name == "half":
        side = image.shape[0] // 2
        return cv2.resize(image, (side, side), interpolation=cv2.INTER_AREA)
    if name == "noise":
        noise = np.random.default_rng(seed).standard_normal(image.shape, dtype=np.float32)
        return np.clip(image + 4 * noise, 0, 255).astype(np.uint8)
    raise ValueError(name)


def write_record(stream, image, mesh, meta):
    """One face for extract.ts: length of a JSON head, the head, RGB bytes, mesh."""
    head = json.dumps(dict(meta, side=image.shape[0], outline=mesh[POINTS:, :2].ravel().tolist())).encode()
    stream.write(struct.pack("<I", len(head)) + head)
    stream.write(np.ascontiguousarray(image, np.uint8).tobytes())
    stream.write(np.ascontiguousarray(mesh[:POINTS], np.float32).tobytes())
