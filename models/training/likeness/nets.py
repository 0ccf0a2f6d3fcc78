"""The adapter: features of two package networks to a unit vector."""

import torch
from torch import nn
from torch.nn import functional as F

from dataset import POOLED, TARGET, WIDE

# Lengths to which the two blocks are scaled before the first matrix (detection.md, part 3).
POOLED_NORM, WIDE_NORM = 4.0, 6.0


class Adapter(nn.Module):
    """`features` [n, 1280] to `embedding` [n, 128] of length 1: a linear map plus a small correction by two hidden layers."""

    def __init__(self, hidden=512):
        super().__init__()
        self.linear = nn.Linear(POOLED + WIDE, TARGET)
        self.first = nn.Linear(POOLED + WIDE, hidden)
        self.second = nn.Linear(hidden, TARGET)
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)

    def forward(self, features):
        x = scaled(features)
        hidden = F.dropout(F.relu(self.first(x)), 0.2, self.training)
        return F.normalize(self.linear(x) + self.second(hidden), dim=1)


def scaled(features):
    pooled = F.normalize(features[:, :POOLED], dim=1) * POOLED_NORM
    wide = F.normalize(features[:, POOLED:], dim=1) * WIDE_NORM
    return torch.cat([pooled, wide], 1)


def ridge(x, y, strength, weights=None):
    """Weight [1280, 128] and bias [128] of the ridge solution; the bias is not shrunk."""
    w = torch.ones(len(x), 1) if weights is None else weights[:, None]
    mx, my = (x * w).sum(0) / w.sum(), (y * w).sum(0) / w.sum()
    a, b = (x - mx) * w.sqrt(), (y - my) * w.sqrt()
    weight = torch.linalg.solve(a.T @ a + strength * torch.eye(x.shape[1]), a.T @ b)
    return weight, my - mx @ weight
