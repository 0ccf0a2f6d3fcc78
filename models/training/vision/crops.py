"""The face crops that crops.ts cut, the conditions under which they are tested, and the folds they fall into."""
import hashlib
import json
import math
import struct
import subprocess

import cv2
import numpy as np

OVAL = [10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136,
        172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109]
POINTS = 468
FOLDS = 5
CONDITIONS = ("clean", "jpeg90", "jpeg70", "jpeg50", "half", "webp", "noise", "screen", "h264-23", "h264-32")
# Those that need the face found: `beauty.py`.
FACE_CONDITIONS = (*CONDITIONS, "beauty")


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


# Frames of the clip that pictures are made into.
FILMED = 4


def filmed(images, quality):
    """Each picture out of the last frame of a slow pan over all of them side by side, coded by H.264 at this constant rate factor: predicted from the
    frames before, as most frames of a film are. Together, since a coder a picture would take longer than everything else."""
    cell = 16 * -(-max(n for i in images for n in i.shape[:2]) // 16)
    across = math.ceil(math.sqrt(len(images)))
    down = math.ceil(len(images) / across)
    frames = np.zeros((FILMED, down * cell, across * cell, 3), np.uint8)
    places = [(n // across * cell, n % across * cell) for n in range(len(images))]
    for image, (y, x) in zip(images, places):
        h, w = image.shape[:2]
        whole = cv2.copyMakeBorder(image, 0, cell - h, 0, cell - w, cv2.BORDER_REPLICATE)
        for k in range(FILMED):
            frames[k, y:y + cell, x:x + cell] = cv2.warpAffine(whole, np.float32([[1, 0, k - FILMED + 1], [0, 1, 0]]), (cell, cell), borderMode=cv2.BORDER_REPLICATE)
    quiet, raw = ["ffmpeg", "-nostdin", "-v", "error", "-threads", "1"], ["-f", "rawvideo", "-pix_fmt", "rgb24"]
    run = lambda options, data: subprocess.run(quiet + options, input=data, stdout=subprocess.PIPE, check=True).stdout
    size = "%dx%d" % (across * cell, down * cell)
    film = run([*raw, "-s", size, "-i", "-", "-c:v", "libx264", "-threads", "1", "-crf", str(quality), "-pix_fmt", "yuv420p", "-f", "h264", "-"], frames.tobytes())
    last = np.frombuffer(run(["-f", "h264", "-i", "-", *raw, "-"], film), np.uint8).reshape(frames.shape)[-1]
    return [np.ascontiguousarray(last[y:y + i.shape[0], x:x + i.shape[1]]) for i, (y, x) in zip(images, places)]


def conditioned(images, name, seeds):
    """Several pictures after one of the stated conditions."""
    if name.startswith("h264-"):
        return filmed(images, int(name[5:]))
    return [condition(image, name, seed) for image, seed in zip(images, seeds)]


def condition(image, name, seed):
    """The picture after one of the stated conditions; `half` shrinks to half its side, `screen` is what a screen shows of it at a zoom that is no whole number."""
    if name == "clean":
        return image
    if name.startswith("jpeg"):
        return jpeg(image, int(name[4:]))
    if name == "webp":
        return webp(image, 75)
    if name == "half":
        return cv2.resize(image, [n // 2 for n in image.shape[1::-1]], interpolation=cv2.INTER_AREA)
    if name == "screen":
        zoom = np.random.default_rng(seed).uniform(.6, 1.5)
        size = [max(1, round(n * zoom)) for n in image.shape[1::-1]]
        return cv2.resize(image, size, interpolation=cv2.INTER_LINEAR)
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
