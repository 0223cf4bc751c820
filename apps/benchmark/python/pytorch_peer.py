"""PyTorch's part of the benchmark: answers every line of JSON on stdin with one on stdout. One thread, eager, float32."""

import base64
import json
import math
import resource
import sys
import time

import torch
import torch.nn.functional as functional
from torch import nn

torch.set_num_threads(1)


def tensor(values, dtype="float32"):
    """Shapes and base64 as `pytorch.ts` writes them."""
    kind = {"float32": torch.float32, "int32": torch.int32}[dtype]
    data = torch.frombuffer(bytearray(base64.b64decode(values["data"])), dtype=kind).reshape(values["shape"])
    return data.long() if dtype == "int32" else data


def loaded(module, **values):
    with torch.no_grad():
        for name, value in values.items():
            getattr(module, name).copy_(tensor(value))
    return module


def affine(module, layer):
    return loaded(module, weight=layer["weight"], bias=layer["bias"])


def linear(layer):
    out, incoming = layer["weight"]["shape"]
    return affine(nn.Linear(incoming, out), layer)


class LastHiddenState(nn.Module):
    def __init__(self, layer):
        super().__init__()
        hidden = layer["hiddenWeight"]["shape"][1]
        self.lstm = loaded(
            nn.LSTM(layer["inputWeight"]["shape"][1], hidden, batch_first=True),
            weight_ih_l0=layer["inputWeight"],
            weight_hh_l0=layer["hiddenWeight"],
            bias_ih_l0=layer["inputBias"],
            bias_hh_l0=layer["hiddenBias"],
        )

    def forward(self, x):
        return self.lstm(x)[1][0][0]


class Positions(nn.Module):
    def __init__(self, layer):
        super().__init__()
        self.weight = nn.Parameter(tensor(layer["weight"]))

    def forward(self, x):
        return x + self.weight


class CausalSelfAttention(nn.Module):
    def __init__(self, layer):
        super().__init__()
        self.heads = layer["heads"]
        self.projection = linear(layer["projection"])
        self.output = linear(layer["output"])

    def forward(self, x):
        batch, positions, features = x.shape
        size = features // self.heads
        query, key, value = (
            part.reshape(batch, positions, self.heads, size).transpose(1, 2)
            for part in self.projection(x).split(features, dim=2)
        )
        if hasattr(functional, "scaled_dot_product_attention"):
            attended = functional.scaled_dot_product_attention(query, key, value, is_causal=True)
        else:
            later = torch.full((positions, positions), -math.inf).triu(1)
            scores = query @ key.transpose(2, 3) / math.sqrt(size) + later
            attended = scores.softmax(3) @ value
        return self.output(attended.transpose(1, 2).reshape(batch, positions, features))


class Residual(nn.Module):
    def __init__(self, layer):
        super().__init__()
        self.layers = nn.Sequential(*map(module, layer["layers"]))

    def forward(self, x):
        return x + self.layers(x)


class Gelu(nn.Module):
    def forward(self, x):
        return functional.gelu(x, approximate="tanh")


def conv2d(layer):
    out, incoming, height, width = layer["weight"]["shape"]
    return affine(nn.Conv2d(incoming, out, (height, width)), layer)


def embedding(layer):
    return loaded(nn.Embedding(*layer["weight"]["shape"]), weight=layer["weight"])


MODULES = {
    "linear": linear,
    "conv2d": conv2d,
    "maxPool2d": lambda layer: nn.MaxPool2d(layer["size"]),
    "lstm": LastHiddenState,
    "embedding": embedding,
    "positions": Positions,
    "layerNorm": lambda layer: affine(nn.LayerNorm(layer["weight"]["shape"]), layer),
    "causalSelfAttention": CausalSelfAttention,
    "residual": Residual,
    "flatten": lambda _: nn.Flatten(),
    "relu": lambda _: nn.ReLU(),
    "tanh": lambda _: nn.Tanh(),
    "gelu": lambda _: Gelu(),
}


def module(layer):
    return MODULES[layer["kind"]](layer)


def training(work):
    layers, loss, optimizer = work["layers"], work["loss"], work["optimizer"]
    model = nn.Sequential(*map(module, layers))
    inputs = tensor(work["inputs"], "int32" if layers[0]["kind"] == "embedding" else "float32")
    rate = optimizer["learningRate"]
    update = {"adam": torch.optim.Adam, "sgd": torch.optim.SGD}[optimizer["kind"]](model.parameters(), lr=rate)
    if loss["kind"] == "crossEntropy":
        targets = tensor(loss["targets"], "int32").reshape(-1)

        def loss_of(outputs):
            return functional.cross_entropy(outputs.reshape(-1, loss["classes"]), targets)
    else:
        targets = tensor(loss["targets"])

        def loss_of(outputs):
            return functional.binary_cross_entropy_with_logits(outputs, targets)

    def step():
        update.zero_grad(set_to_none=True)
        value = loss_of(model(inputs))
        value.backward()
        update.step()
        return value.item()

    return step


def evaluating(expression):
    def run():
        with torch.no_grad():
            return expression()

    return run


def matmul(work):
    left, right = tensor(work["left"]), tensor(work["right"])
    return evaluating(lambda: left @ right)


def convolution(work):
    images, weight = tensor(work["images"]), tensor(work["weight"])
    return evaluating(lambda: functional.conv2d(images, weight, padding=1))


def elementwise_chain(work):
    x, a, b = (tensor(work[name]) for name in "xab")
    return evaluating(lambda: torch.tanh(x * a + b) * torch.sigmoid(x))


def softmax(work):
    x = tensor(work["x"])
    return evaluating(lambda: x.softmax(1))


PREPARATIONS = {
    "training": training,
    "matmul": matmul,
    "convolution": convolution,
    "elementwiseChain": elementwise_chain,
    "softmax": softmax,
}

tasks = {}


def run(request):
    result = tasks[request["task"]]()
    if isinstance(result, float):
        return {"loss": result}
    data = result.contiguous().numpy().tobytes()
    return {"float32": base64.b64encode(data).decode()}


def time_of_run(request):
    task, repetitions = tasks[request["task"]], request["repetitions"]
    start = time.perf_counter()
    for _ in range(repetitions):
        task()
    return {"milliseconds": 1000 * (time.perf_counter() - start) / repetitions}


def prepare(request):
    task = max(tasks, default=0) + 1
    tasks[task] = PREPARATIONS[request["work"]["kind"]](request["work"])
    return {"task": task}


def close(request):
    del tasks[request["task"]]
    return {}


def memory(_):
    with open("/proc/self/statm") as statistics:
        resident = int(statistics.read().split()[1]) * resource.getpagesize()
    return {"residentBytes": resident, "peakBytes": 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}


ANSWERS = {
    "describe": lambda _: {"version": torch.__version__},
    "prepare": prepare,
    "run": run,
    "time": time_of_run,
    "memory": memory,
    "close": close,
}

for line in sys.stdin:
    asked = json.loads(line)
    try:
        answer = ANSWERS[asked["do"]](asked)
    except Exception as error:  # The benchmark shows it.
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
