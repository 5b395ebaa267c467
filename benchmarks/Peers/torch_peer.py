"""Trains the networks of the speed benchmark in PyTorch: one epoch for each line of standard input.

    torch_peer.py FILE classifier|tagger|language bucketed|random

FILE has one row per line: classifier "label<TAB>token token ...", tagger "token/tag token/tag ..." (token numbers from 0; for the tagger the spelling of a token
is "w" and its number), language "symbol symbol ..." in a single line. Prints "ready", then the number of tokens after each epoch. Batches of 32 (64 streams of a
language model, windows of 64), Adam, gradients clipped at 5, as in this library.
"""
import random
import sys

import torch
from torch import nn

BATCH, RATE, CLIP, WORDS, EMBEDDING, HIDDEN = 32, 0.002, 5.0, 20_002, 128, 128
CHARACTER_EMBEDDING, CHARACTER_HIDDEN, CHARACTERS = 32, 32, 12


def padded(rows):
    """Returns the rows as [B,T], padded with 0, and the lengths."""
    lengths = [len(row) for row in rows]
    longest = max(lengths)
    return torch.tensor([row + [0] * (longest - len(row)) for row in rows]), torch.tensor(lengths)


def batches(rows, length, order):
    """Returns batches of rows of nearly the same length, in random order, or batches of random rows."""
    indices = list(range(len(rows)))
    random.shuffle(indices)
    if order == "bucketed":
        indices.sort(key=lambda i: length(rows[i]))
    cut = [indices[i:i + BATCH] for i in range(0, len(indices), BATCH)]
    random.shuffle(cut)
    return cut


class Classifier(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.embedding = nn.Embedding(WORDS, EMBEDDING, padding_idx=0)
        self.lstm = nn.LSTM(EMBEDDING, HIDDEN, batch_first=True, bidirectional=True)
        self.head = nn.Linear(2 * HIDDEN, classes)

    def loss(self, rows):
        tokens, _ = padded([row[1] for row in rows])
        states, _ = self.lstm(self.embedding(tokens))                                   # [B,T,2H]
        pooled = states.masked_fill((tokens == 0).unsqueeze(-1), -1e4).amax(1)          # [B,2H]
        return nn.functional.cross_entropy(self.head(pooled), torch.tensor([row[0] for row in rows]))


class Tagger(nn.Module):
    """Words and characters -> BiLSTM -> linear-chain CRF. The characters of each different word of a batch are read once."""

    def __init__(self, tags):
        super().__init__()
        self.embedding = nn.Embedding(WORDS, EMBEDDING, padding_idx=0)
        self.characters = nn.Embedding(CHARACTERS, CHARACTER_EMBEDDING, padding_idx=0)
        self.character_lstm = nn.LSTM(CHARACTER_EMBEDDING, CHARACTER_HIDDEN, batch_first=True, bidirectional=True)
        self.lstm = nn.LSTM(EMBEDDING + 2 * CHARACTER_HIDDEN, HIDDEN, batch_first=True, bidirectional=True)
        self.head = nn.Linear(2 * HIDDEN, tags)
        self.transitions = nn.Parameter(torch.zeros(tags, tags))
        self.first, self.last = nn.Parameter(torch.zeros(tags)), nn.Parameter(torch.zeros(tags))

    def spelled(self, tokens):
        different, places = torch.unique(tokens, return_inverse=True)
        characters, lengths = padded([[11] + [int(digit) + 1 for digit in str(word)] for word in different.tolist()])
        states, _ = self.character_lstm(self.characters(characters))                    # [U,C,2K]
        ends = states[torch.arange(len(lengths)), lengths - 1, :CHARACTER_HIDDEN]
        return torch.cat([ends, states[:, 0, CHARACTER_HIDDEN:]], 1)[places]            # [B,T,2K]

    def loss(self, rows):
        tokens, lengths = padded([row[0] for row in rows])
        tags, _ = padded([row[1] for row in rows])
        mask = torch.arange(tokens.shape[1]).unsqueeze(0) < lengths.unsqueeze(1)        # [B,T]
        states, _ = self.lstm(torch.cat([self.embedding(tokens), self.spelled(tokens)], 2))
        scores = self.head(states)                                                      # [B,T,K]
        return (self.all_paths(scores, mask) - self.one_path(scores, tags, mask, lengths)).sum() / lengths.sum()

    def one_path(self, scores, tags, mask, lengths):
        emitted = (scores.gather(2, tags.unsqueeze(2)).squeeze(2) * mask).sum(1)
        moved = (self.transitions[tags[:, :-1], tags[:, 1:]] * mask[:, 1:]).sum(1)
        ends = tags.gather(1, (lengths - 1).unsqueeze(1)).squeeze(1)
        return self.first[tags[:, 0]] + emitted + moved + self.last[ends]

    def all_paths(self, scores, mask):
        alpha = self.first + scores[:, 0]                                               # [B,K]
        for t in range(1, scores.shape[1]):
            after = torch.logsumexp(alpha.unsqueeze(2) + self.transitions, 1) + scores[:, t]
            alpha = torch.where(mask[:, t].unsqueeze(1), after, alpha)
        return torch.logsumexp(alpha + self.last, 1)


class LanguageModel(nn.Module):
    """Two LSTM layers over a stream in 64 pieces; the state goes on from window to window, its gradient does not."""

    def __init__(self, symbols):
        super().__init__()
        self.embedding = nn.Embedding(symbols, 64)
        self.lstm = nn.LSTM(64, 256, num_layers=2)
        self.head = nn.Linear(256, symbols)
        self.state = None

    def loss(self, window):
        states, state = self.lstm(self.embedding(window[:-1]), self.state)              # [T,B,H]
        self.state = tuple(part.detach() for part in state)
        return nn.functional.cross_entropy(self.head(states).flatten(0, 1), window[1:].flatten())


def windows(symbols):
    """Returns the windows [T+1,B] of a stream in 64 pieces."""
    pieces = torch.tensor(symbols[:len(symbols) // 64 * 64]).view(64, -1).t()
    return [pieces[i:i + 65] for i in range(0, len(pieces) - 1, 64)]


def read(path, task):
    rows = []
    with open(path) as lines:
        if task == "language":
            return [int(symbol) for symbol in lines.read().split()]
        for line in lines:
            if task == "classifier":
                label, tokens = line.rstrip("\n").split("\t")
                rows.append((int(label), [int(token) for token in tokens.split()]))
            else:
                pairs = [pair.split("/") for pair in line.split()]
                rows.append(([int(token) for token, _ in pairs], [int(tag) for _, tag in pairs]))
    return rows


def work(rows, task, order):
    """Returns the network, a function that returns the steps of an epoch, and the number of tokens of an epoch."""
    if task == "language":
        model = LanguageModel(1 + max(rows))

        def epoch():
            model.state = None
            return windows(rows)

        return model, epoch, sum(window[1:].numel() for window in windows(rows))
    length = (lambda row: len(row[1])) if task == "classifier" else (lambda row: len(row[0]))
    kinds = 1 + max(row[0] if task == "classifier" else max(row[1]) for row in rows)
    model = (Classifier if task == "classifier" else Tagger)(kinds)
    return model, lambda: [[rows[i] for i in batch] for batch in batches(rows, length, order)], sum(length(row) for row in rows)


def main(path, task, order):
    torch.manual_seed(1)
    random.seed(1)
    model, epoch, tokens = work(read(path, task), task, order)
    optimizer = torch.optim.Adam(model.parameters(), RATE)
    print("ready", torch.__version__, torch.get_num_threads(), flush=True)
    for _ in sys.stdin:
        for step in epoch():
            optimizer.zero_grad()
            model.loss(step).backward()
            nn.utils.clip_grad_norm_(model.parameters(), CLIP)
            optimizer.step()
        print(tokens, flush=True)


main(*sys.argv[1:])
