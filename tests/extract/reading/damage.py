"""Damaged PDFs: bytes flipped, files cut, streams emptied, page trees looped, objects swapped. The same seed,
the same files."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.S)
_KIDS = re.compile(rb"/Kids\s*\[(.*?)\]", re.S)
_REFERENCE = re.compile(rb"\d+ 0 R")
_NUMBER = re.compile(rb"\b\d{1,6}\b")


def damaged(sources: list[bytes], count: int, seed: int = 3) -> Iterator[tuple[str, bytes]]:
    """`count` damaged files as (what was done, bytes), the ways of damage and the sources in turn."""
    ways = [flipped, cut, emptied, looped, swapped, renumbered, inserted]
    for k in range(count):
        chance = random.Random(f"{seed}-{k}")
        way = ways[k % len(ways)]
        yield way.__name__, way(sources[k // len(ways) % len(sources)], chance)


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Some bytes have another value."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 10, 100, 1000))):
        made[chance.randrange(8, len(made))] = chance.randrange(256)
    return bytes(made)


def cut(data: bytes, chance: random.Random) -> bytes:
    """The file ends early, or misses a piece in the middle."""
    at = chance.randrange(16, len(data))
    return data[:at] if chance.random() < 0.6 else data[:at] + data[min(len(data), at + chance.randrange(1, 5000)) :]


def emptied(data: bytes, chance: random.Random) -> bytes:
    """Some streams hold nothing, or zeros."""

    def change(match: re.Match) -> bytes:
        if chance.random() < 0.5:
            return match.group()
        return b"stream\n" + (b"" if chance.random() < 0.5 else bytes(len(match[1]))) + b"endstream"

    return _STREAM.sub(change, data)


def looped(data: bytes, chance: random.Random) -> bytes:
    """Page trees point to themselves, or to any other object."""
    references = list(dict.fromkeys(_REFERENCE.findall(data))) or [b"1 0 R"]

    def change(match: re.Match) -> bytes:
        return b"/Kids [" + b" ".join(chance.choice(references) for _ in range(chance.randrange(1, 40))) + b"]"

    return _KIDS.sub(change, data)


def swapped(data: bytes, chance: random.Random) -> bytes:
    """References point to other objects."""
    references = list(dict.fromkeys(_REFERENCE.findall(data))) or [b"1 0 R"]
    return _REFERENCE.sub(lambda m: chance.choice(references) if chance.random() < 0.1 else m.group(), data)


def renumbered(data: bytes, chance: random.Random) -> bytes:
    """Figures in the file (lengths, offsets, sizes) are far too large or zero."""
    odd = (b"0", b"-1", b"99999999", b"2147483647", b"4294967295")
    return _NUMBER.sub(lambda m: chance.choice(odd) if chance.random() < 0.01 else m.group(), data)


def inserted(data: bytes, chance: random.Random) -> bytes:
    """Rubbish stands in the middle."""
    at = chance.randrange(16, len(data))
    return data[:at] + chance.randbytes(chance.choice((1, 50, 5000))) + data[at:]
