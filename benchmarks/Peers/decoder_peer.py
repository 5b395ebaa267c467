"""The decoder that translation_peer.py and captioning_peer.py have in common, in PyTorch: attention inside the step, and a beam search.

The decoder of Bahdanau et al. (2015) as in this library: a bridge tanh(W source), a GRU cell that reads the symbol and the context, whose attention is additive
with the state before the step as its query, a readout tanh(W state + V context + U symbol), and a linear output. The GRU of PyTorch applies the reset gate after
the product. Adam, gradients clipped at 5, no dropout, no label smoothing.
"""
import sys

import torch
from torch import nn

BATCH, RATE, CLIP, EMBEDDING, BEAM, END, UNKNOWN = 64, 0.002, 5.0, 256, 5, 0, 1


def padded(rows):
    """Returns rows of symbols as [B,T], padded with 0, and their lengths."""
    lengths = [len(row) for row in rows]
    longest = max(lengths)
    return torch.tensor([row + [0] * (longest - len(row)) for row in rows]), torch.tensor(lengths)


class Source:
    """What the decoder reads: states [B,S,C], keys [B,1,S,A], and which steps are padding [B,1,S] (None without padding)."""

    def __init__(self, states, keys, lengths=None):
        self.states, self.keys = states, keys.unsqueeze(1)
        steps = states.shape[1]
        has_padding = lengths is not None and int(lengths.min()) < steps
        self.padding = (torch.arange(steps) >= lengths.unsqueeze(1)).unsqueeze(1) if has_padding else None


class Decoder(nn.Module):
    def __init__(self, symbols, context, hidden):
        """context: C, the size of a source state; hidden: H, that of a state of the decoder."""
        super().__init__()
        self.hidden, self.context = hidden, context
        self.target = nn.Embedding(symbols, EMBEDDING)
        self.bridge = nn.Linear(context, hidden)
        self.cell = nn.GRUCell(EMBEDDING + context, hidden)
        self.query, self.key = nn.Linear(hidden, hidden, bias=False), nn.Linear(context, hidden)
        self.energy = nn.Linear(hidden, 1, bias=False)
        self.of_state = nn.Linear(hidden, EMBEDDING)
        self.of_context, self.of_symbol = nn.Linear(context, EMBEDDING, bias=False), nn.Linear(EMBEDDING, EMBEDDING, bias=False)
        self.output = nn.Linear(EMBEDDING, symbols)

    def step(self, source, symbol, state):
        """Reads symbols [B·K,E], K for each source. Returns the states after them [B·K,H] and the contexts [B·K,C]."""
        rows = source.states.shape[0]
        query = self.query(state).view(rows, -1, 1, self.hidden)                         # [B,K,1,A]
        scores = self.energy(torch.tanh(query + source.keys)).squeeze(3)                # [B,K,S]
        if source.padding is not None:
            scores = scores.masked_fill(source.padding, float("-inf"))
        context = torch.bmm(torch.softmax(scores, 2), source.states).view(-1, self.context)
        return self.cell(torch.cat([symbol, context], 1), state), context

    def readout(self, state, context, symbol):
        return torch.tanh(self.of_state(state) + self.of_context(context) + self.of_symbol(symbol))

    def loss(self, source, state, rows):
        """Returns the mean loss of the symbols of some rows, which begin and end with END."""
        targets, lengths = padded(rows)
        symbols = self.target(targets[:, :-1])                                          # [B,T,E]
        states, contexts = [], []
        for symbol in symbols.unbind(1):
            state, context = self.step(source, symbol, state)
            states.append(state)
            contexts.append(context)
        # The logits of all steps in one product, without those of padding.
        counts = torch.arange(symbols.shape[1]) < (lengths - 1).unsqueeze(1)            # [B,T]
        outputs = self.readout(torch.stack(states, 1)[counts], torch.stack(contexts, 1)[counts], symbols[counts])
        return nn.functional.cross_entropy(self.output(outputs), targets[:, 1:][counts])

    def search(self, source, state, length):
        """Beam search. Returns the symbols of the best sequence for each source."""
        rows = len(state)
        offsets = torch.arange(rows).unsqueeze(1)                                       # [B,1]
        last, scores, width = torch.full((rows,), END), torch.zeros(rows, 1), 1
        parents, chosen, ended = [], [], [[] for _ in range(rows)]
        for step in range(length):
            symbol = self.target(last)
            state, context = self.step(source, symbol, state)
            logits = self.output(self.readout(state, context, symbol))
            logits[:, UNKNOWN] = float("-inf")
            totals = scores.unsqueeze(2) + torch.log_softmax(logits, 1).view(rows, width, -1)
            symbols = totals.shape[2]
            scores, best = totals.view(rows, -1).topk(BEAM, 1)                          # [B,K]
            parent, last = torch.div(best, symbols, rounding_mode="floor"), best % symbols
            parents.append(parent)
            chosen.append(last)
            ends = last == END
            if ends.any():
                for row, place in ends.nonzero().tolist():
                    ended[row].append((float(scores[row, place]), step, place))
                scores = scores.masked_fill(ends, float("-inf"))
            state = state.index_select(0, (parent + offsets * width).flatten())
            last, width = last.flatten(), BEAM
        return self.best(scores.tolist(), ended, [step.tolist() for step in parents], [step.tolist() for step in chosen])

    @staticmethod
    def best(scores, ended, parents, chosen):
        """Follows the best path of each row back; the score is divided by the length penalty of Wu et al. (2016)."""
        translations = []
        for row, last in enumerate(scores):
            paths = ended[row] + [(score, len(chosen) - 1, place) for place, score in enumerate(last)]
            _, step, place = max(paths, key=lambda path: path[0] * 6 / (6 + path[1]))
            translation = []
            while step >= 0:
                translation.append(chosen[step][row][place])
                place = parents[step][row][place]
                step -= 1
            translations.append(translation[::-1])
        return translations


def serve(model, endless, epoch, search):
    """Answers the lines of standard input: "epoch" and "search B N"."""
    optimizer = torch.optim.Adam(model.parameters(), RATE)
    # The second network is never trained, and never predicts the end, as in the benchmark of this library: each search has the same number of steps.
    with torch.no_grad():
        endless.output.bias[END] = -1e4
    model.train()
    endless.eval()
    print("ready", torch.__version__, torch.get_num_threads(), flush=True)
    for line in sys.stdin:
        command, *numbers = line.split()
        print(epoch(optimizer) if command == "epoch" else search(*map(int, numbers)), flush=True)


def update(model, optimizer, loss):
    """Makes one step of the optimizer."""
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), CLIP)
    optimizer.step()
