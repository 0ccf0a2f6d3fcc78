"""Which faces the network of net.py may learn from, which choose between its settings, and which it is reported on. Fixed before training.

*train*: real faces of 70 % of the LFW and Congress identities and of 36 % of the DFDC actors, and generated portraits as bases.
*inner*: another 5 % of identities and 4 % of actors, with those actors' DFDC fakes: settings and stopping are chosen on these.
*outer*: everything else: DFDC reals and fakes of the other actors, held-out LFW and Congress people, the whole modern set. No fake of DFDC and no
file of the modern set is ever learnt from, so every outer figure is one for methods, cameras and people that the network has not seen.
*unused*: DFDC fakes of the actors whose real faces were learnt from."""
import hashlib

# Upper ends of the train and inner parts of the unit interval into which identities are hashed.
PARTS = {"real/lfw": (.70, .75), "real/congress": (.70, .75), "real/dfdc": (.36, .40), "fake/dfdc": (.36, .40)}
BASES = ("real/dfdc", "real/lfw", "real/congress", "fake/t2i_sfhq", "fake/stylegan2_sfhq")


def part_of(meta):
    """`meta` needs `source` and `identity`."""
    if meta["source"].endswith("_sfhq"):
        return "train"
    if meta["source"] not in PARTS:
        return "outer"
    at = int(hashlib.md5(("net:" + meta["identity"]).encode()).hexdigest()[:8], 16) / 2 ** 32
    train, inner = PARTS[meta["source"]]
    if at < train:
        return "unused" if meta["source"] == "fake/dfdc" else "train"
    return "inner" if at < inner else "outer"
