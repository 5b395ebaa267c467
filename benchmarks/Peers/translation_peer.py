"""Trains an encoder-decoder network with attention in PyTorch, and translates with a beam search.

    translation_peer.py FILE SYMBOLS LENGTH

FILE has one pair per line: "symbol symbol ...<TAB>symbol symbol ...". A source ends with 0; a target begins and ends with 0. 1 is the unknown symbol. SYMBOLS is
the size of both vocabularies. Prints "ready", then one number for each line of standard input:

    epoch           trains an epoch; the number of predicted target symbols
    search B N      translates the first N sources, B at once, to LENGTH symbols each; the number of symbols of the translations

A bidirectional GRU, and the decoder of decoder_peer.py. Batches of 64 pairs of similar length.
"""
import random
import sys

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from decoder_peer import BATCH, EMBEDDING, Decoder, Source, padded, serve, update

HIDDEN = 256


class Translator(Decoder):
    def __init__(self, symbols):
        super().__init__(symbols, 2 * HIDDEN, HIDDEN)
        self.source = nn.Embedding(symbols, EMBEDDING)
        self.encoder = nn.GRU(EMBEDDING, HIDDEN, batch_first=True, bidirectional=True)

    def encode(self, sources):
        """Reads sources, the longest first. Returns the source for the decoder, and its first state [B,H]."""
        symbols, lengths = padded(sources)                                              # [B,S]
        packed = pack_padded_sequence(self.source(symbols), lengths, batch_first=True)
        states, last = self.encoder(packed)                                             # last: [2,B,H]
        states, _ = pad_packed_sequence(states, batch_first=True)                       # [B,S,2H]
        first = torch.tanh(self.bridge(torch.cat([last[0], last[1]], 1)))
        return Source(states, self.key(states), lengths), first


def batches(pairs):
    """Returns batches of pairs of similar length, in random order."""
    order = list(pairs)
    random.shuffle(order)
    order.sort(key=lambda pair: len(pair[0]) + len(pair[1]))
    cut = [order[i:i + BATCH] for i in range(0, len(order), BATCH)]
    random.shuffle(cut)
    return cut


def train(model, optimizer, pairs):
    for batch in batches(pairs):
        batch = sorted(batch, key=lambda pair: len(pair[0]), reverse=True)
        update(model, optimizer, model.loss(*model.encode([source for source, _ in batch]), [target for _, target in batch]))
    return sum(len(target) - 1 for _, target in pairs)


def translate(model, sources, together, length):
    with torch.no_grad():
        ordered = sorted(sources, key=len, reverse=True)
        parts = [ordered[i:i + together] for i in range(0, len(ordered), together)]
        return sum(len(symbols) for part in parts for symbols in model.search(*model.encode(part), length))


def main(path, symbols, length):
    torch.manual_seed(1)
    random.seed(1)
    with open(path) as lines:
        pairs = [tuple([int(symbol) for symbol in side.split()] for side in line.split("\t")) for line in lines]
    model, endless = Translator(int(symbols)), Translator(int(symbols))
    serve(
        model, endless, lambda optimizer: train(model, optimizer, pairs),
        lambda together, count: translate(endless, [source for source, _ in pairs[:count]], together, int(length)))


main(*sys.argv[1:])
