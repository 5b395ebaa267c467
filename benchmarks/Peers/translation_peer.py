"""Trains an encoder-decoder network with attention in PyTorch, and translates with a beam search.

    translation_peer.py FILE SYMBOLS LENGTH

FILE has one pair per line: "symbol symbol ...<TAB>symbol symbol ...". A source ends with 0; a target begins and ends with 0. 1 is the unknown symbol. SYMBOLS is
the size of both vocabularies. Prints "ready", then one number for each line of standard input:

    epoch              trains an epoch; the number of predicted target symbols
    translate B N      translates the first N sources, B at once, to LENGTH symbols each; the number of symbols of the translations

The network of Bahdanau et al. (2015) as in this library: a bidirectional GRU, a bridge tanh(W [forward; backward]), a GRU cell that reads the symbol and the
context, whose attention is additive with the state before the step as its query, a readout tanh(W state + V context + U symbol), and a linear output. The GRU of
PyTorch applies the reset gate after the product. Batches of 64 pairs of similar length, Adam, gradients clipped at 5, no dropout, no label smoothing.
"""
import random
import sys

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

BATCH, RATE, CLIP, EMBEDDING, HIDDEN, BEAM, END, UNKNOWN = 64, 0.002, 5.0, 256, 256, 5, 0, 1


def padded(rows):
    """Returns rows of symbols as [B,T], padded with 0, and their lengths."""
    lengths = [len(row) for row in rows]
    longest = max(lengths)
    return torch.tensor([row + [0] * (longest - len(row)) for row in rows]), torch.tensor(lengths)


class Source:
    """What the decoder reads: states [B,S,C], keys [B,1,S,A], and which steps are padding [B,1,S] (None without padding)."""

    def __init__(self, states, keys, lengths):
        self.states, self.keys = states, keys.unsqueeze(1)
        steps = states.shape[1]
        self.padding = None if int(lengths.min()) == steps else (torch.arange(steps) >= lengths.unsqueeze(1)).unsqueeze(1)


class Translator(nn.Module):
    def __init__(self, symbols):
        super().__init__()
        self.source, self.target = nn.Embedding(symbols, EMBEDDING), nn.Embedding(symbols, EMBEDDING)
        self.encoder = nn.GRU(EMBEDDING, HIDDEN, batch_first=True, bidirectional=True)
        self.bridge = nn.Linear(2 * HIDDEN, HIDDEN)
        self.cell = nn.GRUCell(EMBEDDING + 2 * HIDDEN, HIDDEN)
        self.query, self.key = nn.Linear(HIDDEN, HIDDEN, bias=False), nn.Linear(2 * HIDDEN, HIDDEN)
        self.energy = nn.Linear(HIDDEN, 1, bias=False)
        self.of_state = nn.Linear(HIDDEN, EMBEDDING)
        self.of_context, self.of_symbol = nn.Linear(2 * HIDDEN, EMBEDDING, bias=False), nn.Linear(EMBEDDING, EMBEDDING, bias=False)
        self.output = nn.Linear(EMBEDDING, symbols)

    def encode(self, symbols, lengths):
        """Reads sources [B,S], the longest first. Returns the source for the decoder, and its first state [B,H]."""
        packed = pack_padded_sequence(self.source(symbols), lengths, batch_first=True)
        states, last = self.encoder(packed)                                             # last: [2,B,H]
        states, _ = pad_packed_sequence(states, batch_first=True)                       # [B,S,2H]
        first = torch.tanh(self.bridge(torch.cat([last[0], last[1]], 1)))
        return Source(states, self.key(states), lengths), first

    def step(self, source, symbol, state):
        """Reads symbols [B·K,E], K for each source. Returns the states after them [B·K,H] and the contexts [B·K,C]."""
        rows = source.states.shape[0]
        query = self.query(state).view(rows, -1, 1, HIDDEN)                             # [B,K,1,A]
        scores = self.energy(torch.tanh(query + source.keys)).squeeze(3)                # [B,K,S]
        if source.padding is not None:
            scores = scores.masked_fill(source.padding, float("-inf"))
        context = torch.bmm(torch.softmax(scores, 2), source.states).view(-1, 2 * HIDDEN)
        return self.cell(torch.cat([symbol, context], 1), state), context

    def readout(self, state, context, symbol):
        return torch.tanh(self.of_state(state) + self.of_context(context) + self.of_symbol(symbol))

    def loss(self, pairs):
        pairs = sorted(pairs, key=lambda pair: len(pair[0]), reverse=True)
        source, state = self.encode(*padded([pair[0] for pair in pairs]))
        targets, lengths = padded([pair[1] for pair in pairs])
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

    @torch.no_grad()
    def translate(self, sources, length):
        """Beam search over sources, the longest first. Returns the symbols of the best translation of each."""
        rows = len(sources)
        source, state = self.encode(*padded(sources))
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


def batches(pairs):
    """Returns batches of pairs of similar length, in random order."""
    order = list(pairs)
    random.shuffle(order)
    order.sort(key=lambda pair: len(pair[0]) + len(pair[1]))
    cut = [order[i:i + BATCH] for i in range(0, len(order), BATCH)]
    random.shuffle(cut)
    return cut


def train(model, optimizer, pairs):
    model.train()
    for batch in batches(pairs):
        optimizer.zero_grad(set_to_none=True)
        model.loss(batch).backward()
        nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optimizer.step()
    return sum(len(target) - 1 for _, target in pairs)


def translate(model, sources, together, length):
    model.eval()
    ordered = sorted(sources, key=len, reverse=True)
    return sum(len(symbols) for i in range(0, len(ordered), together) for symbols in model.translate(ordered[i:i + together], length))


def main(path, symbols, length):
    torch.manual_seed(1)
    random.seed(1)
    with open(path) as lines:
        pairs = [tuple([int(symbol) for symbol in side.split()] for side in line.split("\t")) for line in lines]
    model = Translator(int(symbols))
    # A second network is never trained, and never predicts the end, as in the benchmark of this library: each search has the same number of steps.
    endless = Translator(int(symbols))
    with torch.no_grad():
        endless.output.bias[END] = -1e4
    optimizer = torch.optim.Adam(model.parameters(), RATE)
    print("ready", torch.__version__, torch.get_num_threads(), flush=True)
    for line in sys.stdin:
        command, *numbers = line.split()
        if command == "epoch":
            print(train(model, optimizer, pairs), flush=True)
        else:
            together, count = map(int, numbers)
            print(translate(endless, [source for source, _ in pairs[:count]], together, int(length)), flush=True)


main(*sys.argv[1:])
