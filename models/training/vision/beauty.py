"""What beauty filters of phones and chat programs do to genuine faces: skin smoothed and whitened, eyes enlarged, jaw made narrower."""
import cv2
import numpy as np

from crops import OVAL, POINTS, jpeg

EYES = ([33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246],
        [263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466])
BROWS = ([70, 63, 105, 66, 107, 55, 65, 52, 53, 46], [300, 293, 334, 296, 336, 285, 295, 282, 283, 276])
LIPS = [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185]
# Middles of the cheeks, which tell the colour of the skin, and of the sides of the jaw, which are moved.
CHEEKS = [50, 101, 205, 280, 330, 425]
JAW = [172, 150, 397, 379]
NOSE_BRIDGE, CHIN, TEMPLES = 6, 152, (234, 454)


def beautified(image, mesh, rng):
    """RGB uint8 [h, w, 3] and mesh [472, 3] after a filter of drawn strength, from one that is hardly seen to one that makes a mask of a face."""
    u = lambda low, high: low + (high - low) * rng.random()
    strength = u(.2, 1)
    mesh = mesh.copy()
    if rng.random() < .6:
        image, mesh = reshaped(image, mesh, strength * u(0, .16), strength * u(0, .07))
    skin, parts = skin_of(image, mesh)
    smooth = smoothed(image, mesh, rng, u)
    detail = image.astype(np.float32) - smooth
    amount = (skin * (.35 + .65 * strength))[..., None]
    out = image - amount * detail * (1 - u(0, .45))
    if rng.random() < .75:
        where = skin[..., None] if rng.random() < .6 else 1.
        out = out + where * (whitened(out, strength, u) - out)
    if rng.random() < .5:
        soft = cv2.GaussianBlur(out, (0, 0), u(.8, 1.8))
        out = out + parts[..., None] * (out - soft) * u(.2, .9)
    return np.clip(out + .5, 0, 255).astype(np.uint8), mesh


def kept(image, mesh, seed):
    """The test condition: one filter of the strengths above, drawn by the face's number, and the JPEG that the phone keeps of it."""
    rng = np.random.default_rng([seed, 29])
    image, mesh = beautified(image, mesh, rng)
    return jpeg(image, 80 + 15 * rng.random()), mesh


def skin_of(image, mesh):
    """How much each pixel is skin, 0 to 1: like the cheeks in colour, or inside the oval; not eyes, brows and lips, whose share is the second value."""
    side = image.shape[0]
    points = mesh[:POINTS, :2]
    colour = cv2.cvtColor(image, cv2.COLOR_RGB2YCrCb).astype(np.float32)
    at = np.clip(points[CHEEKS].round().astype(int), 0, side - 1)
    around = cv2.boxFilter(colour, -1, (5, 5))[at[:, 1], at[:, 0]]
    apart = ((colour - np.median(around, 0)) / np.float32([60, 14, 14])) ** 2
    alike = np.exp(-.5 * apart.sum(2))
    oval = filled(side, points[OVAL])
    parts = np.max([filled(side, grown(points[p], by)) for p, by in ((EYES[0], 1.35), (EYES[1], 1.35), (BROWS[0], 1.25), (BROWS[1], 1.25), (LIPS, 1.1))], 0)
    parts = cv2.GaussianBlur(parts, (0, 0), .008 * side)
    skin = np.maximum(alike, .55 * oval) * (1 - parts)
    return cv2.GaussianBlur(skin, (0, 0), .012 * side), parts


def grown(points, by):
    return points.mean(0) + (points - points.mean(0)) * by


def filled(side, points):
    mask = np.zeros((side, side), np.float32)
    cv2.fillConvexPoly(mask, cv2.convexHull(np.round(points).astype(np.int32)), 1.)
    return mask


def smoothed(image, mesh, rng, u):
    """Edges kept, all else levelled: guided filter (He et al. 2010) or domain transform (Gastal and Oliveira 2011), by the width of the face."""
    width = max(24., float(np.linalg.norm(mesh[TEMPLES[0], :2] - mesh[TEMPLES[1], :2])))
    if rng.random() < .5:
        return cv2.ximgproc.guidedFilter(image, image, max(2, int(u(.02, .07) * width)), (255 * u(.04, .16)) ** 2).astype(np.float32)
    return cv2.ximgproc.dtFilter(image, image, u(.02, .08) * width, u(15, 60)).astype(np.float32)


def whitened(image, strength, u):
    """Shadows lifted along a logarithm, as phone filters do, and a tone towards pale or rosy."""
    base = 1 + strength * u(.3, 3)
    x = np.clip(image, 0, 255) / 255
    x = np.log1p(x * (base - 1)) / np.log(base)
    grey = x.mean(2, keepdims=True)
    x = grey + (x - grey) * u(.75, 1.1)
    return (x + strength * np.float32([u(0, .03), 0, u(-.01, .03)])) * 255


def reshaped(image, mesh, eyes, jaw):
    """Eyes magnified by up to this share, the jaw drawn in by this share of the face's width; pixels and mesh alike (Gustafsson's local warps)."""
    points = mesh[:POINTS, :2].astype(np.float64)
    width = np.linalg.norm(points[TEMPLES[0]] - points[TEMPLES[1]])
    axis = points[CHIN] - points[NOSE_BRIDGE]
    axis /= np.linalg.norm(axis) + 1e-6
    # Centre, reach and what is added to a place inside it: the way back from a place in the new picture to where its pixel was.
    warps = [(points[p].mean(0), 1.3 * np.linalg.norm(points[p[0]] - points[p[8]]), None) for p in EYES]
    for p in JAW:
        beside = points[p] - points[NOSE_BRIDGE]
        inward = -(beside - axis * (beside @ axis))
        warps.append((points[p], .33 * width, jaw * width * inward / (np.linalg.norm(inward) + 1e-6)))

    def back(warp, x, y):
        centre, reach, pull = warp
        dx, dy = x - centre[0], y - centre[1]
        inside = np.maximum(reach ** 2 - dx ** 2 - dy ** 2, 0)
        if pull is None:
            near = -eyes * (inside / (reach ** 2 + 1e-6)) ** 2
            return near * dx, near * dy
        near = (inside / (inside + pull @ pull + 1e-6)) ** 2
        return -near * pull[0], -near * pull[1]

    side = image.shape[0]
    y, x = np.mgrid[:side, :side].astype(np.float32)
    at_x, at_y = x.copy(), y.copy()
    for warp in warps:
        low, high = (np.clip(warp[0] + k * warp[1], 0, side).astype(int) for k in (-1, 1))
        part = np.s_[low[1]:high[1] + 1, low[0]:high[0] + 1]
        dx, dy = back(warp, x[part], y[part])
        at_x[part] += dx
        at_y[part] += dy
    image = cv2.remap(image, at_x, at_y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101)
    moved = points.copy()
    for _ in range(8):  # the place whose pixel came from the landmark
        moved = points - sum(np.stack(back(warp, moved[:, 0], moved[:, 1]), 1) for warp in warps)
    mesh = mesh.copy()
    mesh[:POINTS, :2] = moved
    return image, mesh
