"""Prints what cells of three papers make of a sequence, by their equations in NumPy and SciPy.

All numbers of a cell are sin(1), sin(2), ... / 2: its parameters in the order of their paths, then
x [T, N, I]. Each line has the outputs at all steps, then the components of the state.
"""

import numpy as np
from scipy.linalg import expm

T, N, I, H, D = 6, 2, 3, 4, 5


class Numbers:
    def __init__(self):
        self.count = 0

    def __call__(self, *shape):
        size = int(np.prod(shape))
        values = np.sin(np.arange(self.count + 1, self.count + size + 1)) / 2
        self.count += size
        return values.reshape(shape)


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def show(name, outputs, *state):
    values = np.concatenate([np.ravel(v) for v in (outputs,) + state])
    print(name, " ".join(repr(float(v)) for v in values))


def sru():
    p = Numbers()
    wf, bf, wr, br, w, vf, vr = p(H, H), p(H), p(H, H), p(H), p(H, H), p(H), p(H)
    x, c, out = p(T, N, H), np.zeros((N, H)), []
    for t in range(T):
        f = sigmoid(x[t] @ wf + vf * c + bf)
        r = sigmoid(x[t] @ wr + vr * c + br)
        c = f * c + (1 - f) * (x[t] @ w)
        out.append(r * c + (1 - r) * x[t])
    show("sru", np.array(out), c)


def fast_grnn():
    p = Numbers()
    w, u, bz, bh, zeta, nu = p(I, H), p(H, H), p(H), p(H), p(), p()
    x, h, out = p(T, N, I), np.zeros((N, H)), []
    for t in range(T):
        a = x[t] @ w + h @ u
        z = sigmoid(a + bz)
        h = (sigmoid(zeta) * (1 - z) + sigmoid(nu)) * np.tanh(a + bh) + z * h
        out.append(h)
    show("fast-grnn", np.array(out), h)


def lmu():
    p = Numbers()
    theta = 7.5
    ex, eh, em = p(I, 1), p(H, 1), p(D, 1)
    wx, wh, wm = p(I, H), p(H, H), p(D, H)
    q = np.arange(D)
    i, j = np.meshgrid(q, q, indexing="ij")
    a = (2 * i + 1) / theta * np.where(i < j, -1.0, (-1.0) ** (i - j + 1))
    b = ((2 * q + 1) / theta * (-1.0) ** q)[:, None]
    ad = expm(a)
    bd = np.linalg.solve(a, (ad - np.eye(D)) @ b)
    x, h, m, out = p(T, N, I), np.zeros((N, H)), np.zeros((N, D)), []
    for t in range(T):
        u = x[t] @ ex + h @ eh + m @ em
        m = m @ ad.T + u @ bd.T
        h = np.tanh(x[t] @ wx + h @ wh + m @ wm)
        out.append(h)
    show("lmu", np.array(out), h, m)


sru()
fast_grnn()
lmu()
