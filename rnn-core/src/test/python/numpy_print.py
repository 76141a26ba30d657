"""Writes how NumPy prints arrays: for each case its precision and shape, values, and the printout.

Run with NumPy 2.4 or later of that line from anywhere; it writes beside the tests' other resources.
A case is a line `float64 2,3`, a line of values that repeat until the shape is full, and the printout
with `|` before each line.
"""

from pathlib import Path

import numpy as np

TARGET = Path(__file__).parent.parent / "resources/dev/rnn4j/tensor/numpy-print.txt"
random = np.random.RandomState(20)
cases = []


def add(values, *shape):
    cases.append((np.asarray(values, dtype=np.float64).ravel(), shape))


def numbers(count, kind):
    """Values of one kind: what decides NumPy's choice of notation, digits and width."""
    if kind == "normal":
        return random.randn(count)
    if kind == "small":
        return random.randn(count) * 0.01
    if kind == "wide":
        return random.randn(count) * 10.0 ** random.randint(-12, 12, count)
    if kind == "extreme":
        return random.randn(count) * 10.0 ** random.randint(-300, 300, count)
    if kind == "whole":
        return random.randint(-1000, 1000, count).astype(np.float64)
    if kind == "tenths":
        return random.randint(-999, 1000, count) / 10
    if kind == "positive":
        return random.rand(count) + 0.5
    if kind == "large":
        return random.rand(count) * 2e8
    if kind == "powers":
        return 2.0 ** random.randint(-40, 40, count)
    values = random.randn(count)
    values[random.rand(count) < 0.3] = np.nan
    values[random.rand(count) < 0.2] = np.inf
    if random.rand() < 0.5:
        values[random.rand(count) < 0.2] = -np.inf
    values[random.rand(count) < 0.1] = -0.0
    return values


KINDS = "normal small wide extreme whole tenths positive large powers special".split()
SHAPES = [(1,), (2,), (5,), (7,), (13,), (40,), (1, 1), (2, 3), (5, 5), (3, 9), (7, 1), (2, 2, 2)]
SHAPES += [(3, 1, 4), (1, 4, 4), (2, 3, 7), (2, 1, 2, 3), (1, 2, 2, 1, 2)]

for kind in KINDS:
    for shape in SHAPES:
        add(numbers(int(np.prod(shape)), kind), *shape)

# Summaries, and sizes just at their threshold.
for kind in KINDS:
    add(numbers(31, kind), 1001)
    add(numbers(37, kind), 7, 200)
add(numbers(1000, "whole"), 1000)
add(numbers(41, "normal"), 1500, 2)
add(numbers(41, "normal"), 3, 2000)
add(numbers(41, "small"), 12, 11, 10)
add(numbers(41, "small"), 6, 6, 30)
add(numbers(41, "small"), 500, 1, 3)
add(numbers(41, "tenths"), 8, 2, 9, 8)
add([1.0, 2.0, 1e-9, 3.0], 1001)

# Edges of the rules.
for values in (
    [0.0], [-0.0], [0.0, -0.0], [1e8], [99999999.0], [1e8 - 0.5], [1e-4], [9.999e-5],
    [0.001, 1.0], [0.001, 1.0001], [1.0, 1000.0], [1.0, 1001.0], [999999.0], [1e6], [1e16, 1e17],
    [np.nan], [np.inf], [-np.inf], [np.nan, np.inf], [np.nan, -np.inf], [1.0, np.nan],
    [1.0, np.inf], [1.0, -np.inf], [np.nan, 1e-10], [-np.inf, 1e100], [0.1], [1 / 3], [2 / 3],
    [0.1, 0.25, 1 / 3], [0.5, 0.000123456789], [0.00000001, 1.0], [1e-320, 1.0], [5e-324],
    [1.7976931348623157e308], [1e100, 1e-100], [1e99, 1.0], [1e-99], [1.123456785, 1.123456775],
    [0.999999999], [9.999999999], [99.9999999951], [0.123456789012], [123456.123456789],
    [1.0000000149011612], [16777216.0, 16777217.0], [0.30000001192092896, 1e-5], [2.5, 1e9],
    [9.5e-5, 9.9999999999e-5], [1.0, 2.0, 3.0], [1.36735465, 1.61291427, 3.01809184],
    [5.684341886080802e-14], [8.41e21], [2.0e-3, 2.2e-3], [1.0e23], [9007199254740993.0],
):  # fmt: skip
    add(values, len(values))
    add(values[:1])
for _ in range(40):
    add(numbers(1, "extreme"))
    add(numbers(1, "wide"))
    add(numbers(1, "positive"))
add([], 0)
add([], 3, 0)
add([], 0, 3, 2)

with TARGET.open("w") as out, np.errstate(over="ignore"):
    for values, shape in cases:
        for precision in (np.float64, np.float32):
            given = values.astype(precision)
            array = np.resize(given, shape) if given.size else np.zeros(shape, precision)
            sizes = ",".join(map(str, shape))
            out.write(f"{np.dtype(precision)} {sizes}\n")
            out.write(" ".join(repr(float(value)) for value in given) + "\n")
            out.write("".join(f"|{line}\n" for line in str(array).split("\n")))
