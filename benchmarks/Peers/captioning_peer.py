"""Trains a captioning network with attention over the regions of an image in PyTorch, and captions with a beam search.

    captioning_peer.py FILE FEATURES SYMBOLS LENGTH REGIONS SIZE

FILE has one caption per line: "image<TAB>symbol symbol ...", which begins and ends with 0; 1 is the unknown symbol. The captions of an image follow each other.
FEATURES has the numbers of the images as 32-bit floats, REGIONS × SIZE for each. SYMBOLS is the size of the vocabulary. Prints "ready", then one number for each
line of standard input:

    epoch           trains an epoch; the number of predicted symbols
    search B N      captions the first N images, B at once, with LENGTH symbols each; the number of symbols of the captions

Rectified linear units for each region, their mean for the first state, and the decoder of decoder_peer.py. Batches of 64 captions; those of an image come one
after another, and the image is read once for all of them, as in this library.
"""
import random
import sys
from itertools import groupby

import torch
from torch import nn

from decoder_peer import BATCH, Decoder, Source, serve, update

HIDDEN = 512


class Captioner(Decoder):
    def __init__(self, symbols, size):
        super().__init__(symbols, HIDDEN, HIDDEN)
        self.region = nn.Linear(size, HIDDEN)

    def encode(self, images, which=None):
        """Reads images [I,R,F]. Returns the source for the decoder, and its first state [B,H]; row b reads the image which[b], or image b."""
        states = torch.relu(self.region(images))                                        # [I,R,C]
        keys, first = self.key(states), torch.tanh(self.bridge(states.mean(1)))         # [I,R,A], [I,H]
        return (Source(states, keys), first) if which is None else (Source(states[which], keys[which]), first[which])


def train(model, optimizer, images, captions):
    groups = [list(group) for _, group in groupby(captions, key=lambda caption: caption[0])]
    random.shuffle(groups)
    order = [caption for group in groups for caption in group]
    for i in range(0, len(order), BATCH):
        batch = order[i:i + BATCH]
        used = sorted({image for image, _ in batch})
        place = {image: index for index, image in enumerate(used)}
        which = torch.tensor([place[image] for image, _ in batch])
        update(model, optimizer, model.loss(*model.encode(images[used], which), [symbols for _, symbols in batch]))
    return sum(len(symbols) - 1 for _, symbols in captions)


def caption(model, images, together, length):
    with torch.no_grad():
        return sum(len(symbols) for part in images.split(together) for symbols in model.search(*model.encode(part), length))


def main(path, features, symbols, length, regions, size):
    torch.manual_seed(1)
    random.seed(1)
    with open(path) as lines:
        fields = [line.split("\t") for line in lines]
    captions = [(int(image), [int(symbol) for symbol in text.split()]) for image, text in fields]
    count = max(image for image, _ in captions) + 1
    with open(features, "rb") as file:
        numbers = torch.frombuffer(bytearray(file.read()), dtype=torch.float32)
    images = numbers.view(count, int(regions), int(size))
    model, endless = Captioner(int(symbols), int(size)), Captioner(int(symbols), int(size))
    serve(
        model, endless, lambda optimizer: train(model, optimizer, images, captions),
        lambda together, count: caption(endless, images[:count], together, int(length)))


main(*sys.argv[1:])
