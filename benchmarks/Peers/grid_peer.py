"""Trains a two-dimensional LSTM with scans from four corners in PyTorch, diagonal by diagonal.

    grid_peer.py FILE SIDE

FILE has the images, one after another, as bytes: the label, then SIDE x SIDE pixels. Prints "ready", then the number of images after each line of standard input,
for each of which it trains an epoch.

Patches of 2 x 2 pixels, 32 units for each direction, maximum over the cells, linear layer, cross entropy, Adam. All directions and all cells of a diagonal are one
batched product. Batches of 32 images.
"""
import random
import sys

import torch
from torch import nn

BATCH, HIDDEN, DIRECTIONS, GATES, CLASSES = 32, 32, 4, 5, 10


class GridLstm(nn.Module):
    def __init__(self):
        super().__init__()
        bound = HIDDEN ** -0.5
        new = lambda *shape: nn.Parameter(torch.empty(*shape).uniform_(-bound, bound))
        self.weight, self.bias = new(DIRECTIONS, 4, GATES * HIDDEN), new(DIRECTIONS, 1, GATES * HIDDEN)
        self.left, self.above = new(DIRECTIONS, HIDDEN, GATES * HIDDEN), new(DIRECTIONS, HIDDEN, GATES * HIDDEN)
        self.head = nn.Linear(DIRECTIONS * HIDDEN, CLASSES)

    def forward(self, images):
        """[B,S,S] -> [B,K]"""
        count, side = images.shape[0], images.shape[1] // 2
        patches = images.view(count, side, 2, side, 2).permute(1, 3, 0, 2, 4).reshape(side, side, count, 4)              # [H,W,B,4]
        corners = torch.stack([patches, patches.flip(0, 1), patches.flip(1), patches.flip(0)])                           # [D,H,W,B,4]
        projected = torch.baddbmm(self.bias, corners.view(DIRECTIONS, -1, 4), self.weight).view(DIRECTIONS, side, side, count, -1)
        # Row r moves r cells to the right, so that a diagonal becomes a column.
        skewed = nn.functional.pad(projected, (0, 0, 0, 0, 0, side)).reshape(DIRECTIONS, side * 2 * side, count, -1)
        skewed = skewed[:, :side * (2 * side - 1)].view(DIRECTIONS, side, 2 * side - 1, count, -1)                       # [D,H,H+W-1,B,G]
        place = torch.arange(2 * side - 1).view(1, -1) - torch.arange(side).view(-1, 1)
        inside = ((place >= 0) & (place < side)).float()                                                                 # [H,H+W-1]
        h = images.new_zeros(DIRECTIONS, side, count, HIDDEN)
        c = h
        states = []
        for diagonal in range(2 * side - 1):
            above_h, above_c = (nn.functional.pad(value[:, :-1], (0, 0, 0, 0, 1, 0)) for value in (h, c))
            gates = skewed[:, :, diagonal].reshape(DIRECTIONS, side * count, -1)
            gates = torch.baddbmm(gates, h.reshape(DIRECTIONS, -1, HIDDEN), self.left)
            gates = torch.baddbmm(gates, above_h.reshape(DIRECTIONS, -1, HIDDEN), self.above).view(DIRECTIONS, side, count, -1)
            i, o, a, b, g = gates.chunk(GATES, 3)
            mask = inside[:, diagonal].view(1, side, 1, 1)
            c = mask * (a.sigmoid() * c + b.sigmoid() * above_c + i.sigmoid() * g.tanh())
            h = mask * (o.sigmoid() * c.tanh())
            states.append(h)
        # States outside of a grid are 0; they must not be its maximum.
        all_states = torch.stack(states, 2) + (inside - 1).view(1, side, -1, 1, 1) * 1e4                                 # [D,H,H+W-1,B,H]
        pooled = all_states.amax((1, 2)).permute(1, 0, 2).reshape(count, -1)
        return self.head(pooled)


def main(path, side):
    torch.manual_seed(1)
    random.seed(1)
    side = int(side)
    with open(path, "rb") as file:
        rows = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8).view(-1, 1 + side * side)
    labels, images = rows[:, 0].long(), (rows[:, 1:].float() / 64 - 0.5).view(-1, side, side)
    model = GridLstm()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    print(f"ready {torch.__version__} {torch.get_num_threads()}", flush=True)
    for _ in sys.stdin:
        order = torch.randperm(len(images))
        for batch in order.split(BATCH):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(images[batch]), labels[batch]).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5)
            optimizer.step()
        print(len(images), flush=True)


main(*sys.argv[1:])
