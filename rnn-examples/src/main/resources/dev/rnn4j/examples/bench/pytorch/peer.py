"""Recurrent layers in PyTorch, timed beside rnn4j's: serves requests from the standard input.

A request is a letter and what belongs to it. The answer is a byte, 0 where all is well, and then
what was asked for, or a message. Numbers are big-endian, as Java writes them.
"""
import array
import struct
import sys
import time

source, sink = sys.stdin.buffer, sys.stdout.buffer
sys.stdout = sys.stderr  # whatever prints must not answer


def read(form):
    values = struct.unpack(">" + form, source.read(struct.calcsize(">" + form)))
    return values[0] if len(values) == 1 else values


def text():
    return source.read(read("H")).decode()


def swapped(numbers):
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def tensor():
    shape = [read("i") for _ in range(read("i"))]
    numbers = swapped(array.array("f", source.read(read("i"))))
    return torch.frombuffer(numbers, dtype=torch.float32).clone().reshape(shape)


def write_text(value):
    encoded = value.encode("ascii", "backslashreplace")[:65535]  # Java's UTF-8 is not quite UTF-8
    sink.write(struct.pack(">H", len(encoded)) + encoded)


def write_tensor(value):
    value = value.contiguous()
    sink.write(struct.pack(">i%di" % value.dim(), value.dim(), *value.shape))
    numbers = swapped(array.array("f", value.flatten().tolist()))
    sink.write(struct.pack(">i", 4 * len(numbers)) + numbers.tobytes())


class BuiltIn:
    """A layer of PyTorch's own: the gates lie one below the other, transposed, with two biases."""

    KINDS = {
        "elman": ("RNN", ["gate"]),
        "lstm": ("LSTM", ["input", "forget", "candidate", "output"]),
        "gru-reset-after": ("GRU", ["reset", "update", "candidate"]),
    }

    def __init__(self, cell, hidden, values):
        kind, self.gates = self.KINDS[cell]
        first = values[self.gates[0] + ".weightIh"]
        self.layer = getattr(torch.nn, kind)(first.shape[0], hidden)
        zeros = torch.zeros(hidden)
        with torch.no_grad():
            for name, own in (("weight_ih_l0", "weightIh"), ("weight_hh_l0", "weightHh")):
                parts = [values[gate + "." + own].T for gate in self.gates]
                getattr(self.layer, name).copy_(torch.cat(parts))
            for name, own in (("bias_ih_l0", "bias"), ("bias_hh_l0", "biasHh")):
                parts = [values.get(gate + "." + own, zeros) for gate in self.gates]
                getattr(self.layer, name).copy_(torch.cat(parts))
        self.parameters = list(self.layer.parameters())

    def apply(self, x, state):
        return self.layer(x, state)

    def gradients(self):
        result = {}
        for name, own in (("weight_ih_l0", "weightIh"), ("weight_hh_l0", "weightHh")):
            parts = getattr(self.layer, name).grad.chunk(len(self.gates))
            result.update((gate + "." + own, part.T) for gate, part in zip(self.gates, parts))
        return result


class Equations:
    """A cell that PyTorch does not have, as users write it; x·W is computed for all steps at once."""

    def __init__(self, cell, hidden, values):
        self.hidden = hidden
        self.values = {path: torch.nn.Parameter(value) for path, value in values.items()}
        self.parameters = list(self.values.values())
        self.step = {"gru": self.gru, "mgu": self.mgu, "layer-norm-lstm": self.layer_norm_lstm}[cell]
        self.gates = {path.split(".")[0] for path in values if path.endswith(".weightIh")}

    def apply(self, x, state):
        inputs = {}
        for gate in self.gates:
            inputs[gate] = x @ self.values[gate + ".weightIh"]
            if gate + ".bias" in self.values:
                inputs[gate] = inputs[gate] + self.values[gate + ".bias"]
        inputs = {gate: value.unbind() for gate, value in inputs.items()}
        zeros = x.new_zeros(x.shape[1], self.hidden)
        state = state or (zeros, zeros)
        outputs = []
        for t in range(x.shape[0]):
            state = self.step({gate: value[t] for gate, value in inputs.items()}, *state)
            outputs.append(state[0])
        return torch.stack(outputs), state

    def sum(self, gate, inputs, h):
        total = inputs[gate] + h @ self.values[gate + ".weightHh"]
        return self.norm(gate + ".norm", total) if gate + ".norm.scale" in self.values else total

    def norm(self, path, x):
        scale, shift = self.values[path + ".scale"], self.values[path + ".shift"]
        return torch.nn.functional.layer_norm(x, scale.shape, scale, shift, 1e-5)

    def gru(self, inputs, h, unused):
        r = torch.sigmoid(self.sum("reset", inputs, h))
        z = torch.sigmoid(self.sum("update", inputs, h))
        n = torch.tanh(self.sum("candidate", inputs, r * h))
        return n + z * (h - n), unused

    def mgu(self, inputs, h, unused):
        f = torch.sigmoid(self.sum("forget", inputs, h))
        g = torch.tanh(self.sum("candidate", inputs, f * h))
        return h + f * (g - h), unused

    def layer_norm_lstm(self, inputs, h, c):
        i = torch.sigmoid(self.sum("input", inputs, h))
        f = torch.sigmoid(self.sum("forget", inputs, h))
        g = torch.tanh(self.sum("candidate", inputs, h))
        o = torch.sigmoid(self.sum("output", inputs, h))
        c = f * c + i * g
        return o * torch.tanh(self.norm("cellNorm", c)), c

    def gradients(self):
        return {path: value.grad for path, value in self.values.items() if value.dim() == 2}


class Work:
    """What is timed of a layer; each run returns the mean of the squares of its outputs."""

    def __init__(self, work, layer, x, rate):
        self.layer, self.x, self.rate, self.state = layer, x, rate, None
        self.run = getattr(self, work)

    def training(self):
        for parameter in self.layer.parameters:
            parameter.grad = None
        outputs, _ = self.layer.apply(self.x, None)
        loss = outputs.square().mean()
        loss.backward()
        with torch.no_grad():
            for parameter in self.layer.parameters:
                parameter -= self.rate * parameter.grad
        return loss.item()

    def forward(self):
        with torch.inference_mode():
            outputs, _ = self.layer.apply(self.x, None)
            return outputs.square().mean().item()

    def step(self):
        with torch.inference_mode():
            outputs, self.state = self.layer.apply(self.x, self.state)
            return outputs[0, 0, 0].item()


def serve(request, works):
    if request == b"T":
        torch.set_num_threads(read("i"))
        answer = lambda: write_text(torch.__version__)
    elif request == b"M":
        work, cell, hidden, rate = text(), text(), read("i"), read("d")
        x = tensor()
        values = {text(): tensor() for _ in range(read("i"))}
        layer = (BuiltIn if cell in BuiltIn.KINDS else Equations)(cell, hidden, values)
        works.append(Work(work, layer, x, rate))
        answer = lambda: None
    elif request == b"R":
        runs, clock = read("i"), (time.thread_time_ns if read("?") else time.perf_counter_ns)
        start = clock()
        for _ in range(runs):
            value = works[-1].run()
        nanos = clock() - start
        answer = lambda: sink.write(struct.pack(">dq", value, nanos))
    elif request == b"G":
        gradients = works[-1].layer.gradients()

        def answer():
            sink.write(struct.pack(">i", len(gradients)))
            for path, value in gradients.items():
                write_text(path)
                write_tensor(value)
    else:
        works.pop()
        answer = lambda: None
    return answer


def main():
    works = []
    while request := source.read(1):
        try:
            answer = serve(request, works)
            sink.write(b"\0")
            answer()
        except Exception as e:
            sink.write(b"\1")
            write_text("%s: %s" % (type(e).__name__, e))
        sink.flush()


try:
    import torch
except ImportError as e:
    sink.write(b"\1")
    write_text("%s; install PyTorch there, or name a Python that has it" % e)
    sink.flush()
    sys.exit(1)
main()
