"""Writes what NumPy's legacy generator draws: one line for each seed and call, numbers in hexadecimal.

Run with NumPy 2.x from anywhere; it writes beside the tests' other resources.
"""

from pathlib import Path

import numpy as np

TARGET = Path(__file__).parent.parent / "resources/dev/rnn4j/random/numpy-random.txt"
SEEDS = [0, 1, 42, 1234, 2**31, 2**32 - 1]


def floats(values):
    return [float(value).hex() for value in values]


def mixed():
    """Calls in turn: a normal number kept back survives the uniform and integer draws in between."""
    r = np.random
    return floats([r.randn(), r.rand(), r.randint(10), r.randn(), r.uniform(-2, 3), r.randn()])


def shuffled(n):
    values = list(range(n))
    np.random.shuffle(values)
    return values


CALLS = {
    "words": lambda: np.random.randint(0, 2**32, 20, dtype=np.uint32),
    "rand": lambda: floats(np.random.rand(320)),
    "randn": lambda: floats(np.random.randn(300)),
    "uniform": lambda: floats(np.random.uniform(-0.3, 1.7, 20)),
    "mixed": mixed,
    "randint 0 100": lambda: np.random.randint(0, 100, 50),
    "randint -7 1": lambda: np.random.randint(-7, 1, 50),
    "randint 5 6": lambda: np.random.randint(5, 6, 3),
    "randint 0 4294967296": lambda: np.random.randint(0, 2**32, 20),
    "randint 0 4294967297": lambda: np.random.randint(0, 2**32 + 1, 20),
    "randint -9223372036854775808 9223372036854775807": lambda: np.random.randint(
        -(2**63), 2**63 - 1, 20
    ),
    "choice 2": lambda: np.random.choice(2, 40),
    "choice 1000": lambda: np.random.choice(1000, 40),
    "permutation 1": lambda: np.random.permutation(1),
    "permutation 10": lambda: np.random.permutation(10),
    "permutation 317": lambda: np.random.permutation(317),
    "shuffle 23": lambda: shuffled(23),
}

with TARGET.open("w") as out:
    for seed in SEEDS:
        for call, draw in CALLS.items():
            np.random.seed(seed)
            out.write(f"{seed} {call}: {' '.join(map(str, draw()))}\n")
