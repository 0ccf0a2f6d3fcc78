"""One training loop for both networks: a fixed number of steps, cosine rate, running mean of the weights, and a checkpoint to go on from."""

import math
import os
import sys
import time
from pathlib import Path

import numpy as np
import torch

RATE = 2e-3
DECAY = 1e-3
WARM_UP = 50  # steps
CHECKPOINT = 200  # steps between two checkpoints
MEAN_FROM = 0.4  # share of the steps after which the running mean of the weights starts


def use_one_thread(seed):
    torch.set_num_threads(1)
    torch.manual_seed(seed)


def fit(net, loss_of_step, cycles, stop, path, seed, mean_keep=0.99):
    """Trains `net` (modules with all trained parameters) and leaves the running mean of its weights in it.

    `cycles` are the steps at which a cosine of the learning rate ends: (700, 1100) falls to nothing at 700 and goes on from there at the
    rate that a cosine over 1100 steps has at 700 (a warm restart). Training ends after `stop` steps. loss_of_step(step, rng) draws a batch and returns its loss. The finished state is stored at `path`; a state stored there before is
    taken up again, so that a stopped run goes on and a finished one returns at once. Returns {'steps', 'seconds', 'loss'}.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    rng = np.random.RandomState(seed)
    steps = stop
    mean, step, seconds, running = None, 0, 0.0, 0.0
    if path.exists():
        state = torch.load(path)
        step, seconds, running, mean = state['step'], state['seconds'], state['running'], state['mean']
        if step < steps:
            net.load_state_dict(state['net'])
            optimiser.load_state_dict(state['optimiser'])
            rng.set_state(state['rng'])
            torch.set_rng_state(state['torch_rng'])
    net.train()
    started = time.time() - seconds
    while step < steps:
        done = step / next(end for end in cycles if step < end)
        for group in optimiser.param_groups:
            group['lr'] = RATE * min(1, (step + 1) / WARM_UP) * (0.5 * (1 + math.cos(math.pi * done)) + 0.01)
        loss = loss_of_step(step, rng)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimiser.step()
        step += 1
        running = loss.item() if step == 1 else 0.98 * running + 0.02 * loss.item()
        if step >= MEAN_FROM * cycles[0]:
            now = net.state_dict()
            if mean is None:
                mean = {k: v.clone() for k, v in now.items()}
            for k, v in now.items():
                if v.dtype.is_floating_point:
                    mean[k].mul_(mean_keep).add_(v, alpha=1 - mean_keep)
                else:
                    mean[k].copy_(v)
        if step % CHECKPOINT == 0 or step == steps:
            seconds = time.time() - started
            part = path.with_suffix('.part')
            torch.save({'step': step, 'seconds': seconds, 'running': running, 'mean': mean, 'net': net.state_dict(),
                        'optimiser': optimiser.state_dict(), 'rng': rng.get_state(), 'torch_rng': torch.get_rng_state()}, part)
            os.replace(part, path)
            print(f'{path.stem}: step {step}/{steps}, loss {running:.3f}, {seconds:.0f} s', file=sys.stderr, flush=True)
    net.load_state_dict(mean)
    net.eval()
    return {'steps': steps, 'seconds': round(seconds), 'loss': round(running, 4)}
