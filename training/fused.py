"""Make a quantised encoder faster and truer, without another weight.

    python fused.py ../src/onrecord/models/attribution.onnx ...

Each file is changed in its place; one that is so already is left as it is.

Faster: one operation stands for those of which attention is made. More than half of the time went
into making its scores and moving them about. What is left is a network that reads one window at a
time and has no mask.

Truer: the feed-forward of the first piece is worked out apart from that of the others. Its values
are six times as large, and all that is quantised together shares one step.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
from onnx import GraphProto, ModelProto, NodeProto, helper, numpy_helper

HEADS = 12
PLACE = "/attention/self/"  # in the names of what a layer's attention gives
WHOLE = PLACE + "Reshape_3_output_0"
BEFORE = "/attention/output/LayerNorm/LayerNormalization_output_0"  # what a feed-forward is given
AFTER = "/output/dense/Add_output_0"  # and what it gives, that of attention left out
APART = 5  # layers in which the first piece stands out
CONTRIBUTED = "com.microsoft"  # where the operation for attention is defined


def fuse(model: ModelProto) -> int:
    """Fuse the attention of every layer, and return of how many that was."""
    graph, count = model.graph, 0
    for node in list(graph.node):
        if not any(name.endswith(WHOLE) for name in node.output) or node.domain == CONTRIBUTED:
            continue
        (whole,) = node.output
        layer = whole.removesuffix(WHOLE) + PLACE
        given = [f"{layer}{name}/Add_output_0" for name in ("query", "key", "value")]
        made = helper.make_node(
            "MultiHeadAttention", given, [whole], domain=CONTRIBUTED, num_heads=HEADS
        )
        node.CopyFrom(made)
        count += 1
    _prune(graph)
    if count and all(one.domain != CONTRIBUTED for one in model.opset_import):
        model.opset_import.append(helper.make_opsetid(CONTRIBUTED, 1))
    return count


def part(model: ModelProto, layers: int = APART) -> int:
    """Work out the first piece apart in the first layers, and return in how many that was."""
    made = {name for node in model.graph.node for name in node.output}
    ends = [name for name in made if name.endswith(AFTER) and "/attention/" not in name]
    count = 0
    for end in sorted(ends)[:layers]:
        if f"{end}:rest" not in made:
            _part(model.graph, end.removesuffix(AFTER) + BEFORE, end)
            count += 1
    return count


def _part(graph: GraphProto, begin: str, end: str) -> None:
    """Do what lies between two values once for the first piece and once for the others."""
    between = _between(graph, begin, end)
    made = []
    for name, span in (("first", (0, 1)), ("rest", (1, np.iinfo(np.int64).max))):
        bounds = [f"{end}:{name}:{what}" for what in ("starts", "ends", "axes")]
        for bound, value in zip(bounds, (*span, 1), strict=True):
            graph.initializer.append(numpy_helper.from_array(np.array([value]), bound))
        made.append(helper.make_node("Slice", [begin, *bounds], [f"{begin}:{name}"]))
        made += _again(between, begin, name)
    made.append(helper.make_node("Concat", [f"{end}:first", f"{end}:rest"], [end], axis=1))
    gone = {name for node in between for name in node.output}
    nodes: list[NodeProto] = []
    for node in graph.node:
        if end in node.output:
            nodes += made
        elif not gone.intersection(node.output):
            nodes.append(node)
    copied = [NodeProto.FromString(node.SerializeToString()) for node in nodes]
    del graph.node[:]
    graph.node.extend(copied)


def _between(graph: GraphProto, begin: str, end: str) -> list[NodeProto]:
    """Return the operations on the way from one value to another, in their order."""
    led_to = {begin}
    after = []
    for node in graph.node:
        if led_to.intersection(node.input):
            led_to.update(node.output)
            after.append(node)
    wanted, found = {end}, []
    for node in reversed(after):
        if wanted.intersection(node.output):
            wanted.update(name for name in node.input if name != begin)
            found.append(node)
    return found[::-1]


def _again(nodes: list[NodeProto], begin: str, name: str) -> Iterator[NodeProto]:
    """Yield operations as they are done for a part of the pieces."""
    own = {begin, *(output for node in nodes for output in node.output)}
    for node in nodes:
        copied = NodeProto.FromString(node.SerializeToString())
        copied.name = f"{node.name}:{name}" if node.name else ""
        del copied.input[:], copied.output[:]
        copied.input.extend(f"{given}:{name}" if given in own else given for given in node.input)
        copied.output.extend(f"{given}:{name}" for given in node.output)
        yield copied


def _prune(graph: GraphProto) -> None:
    """Remove the operations and inputs that nothing asks for any more."""
    wanted = {one.name for one in graph.output}
    kept = []
    for node in reversed(graph.node):
        if wanted.intersection(node.output):
            wanted.update(node.input)
            kept.append(node)
    inputs = [one for one in graph.input if one.name in wanted]
    del graph.node[:], graph.input[:]
    graph.node.extend(reversed(kept))
    graph.input.extend(inputs)


def main() -> None:
    """Change the files that are named."""
    for name in sys.argv[1:]:
        path = Path(name)
        model = onnx.load(path)
        fused, parted = fuse(model), part(model)
        print(f"{path}: attention of {fused} layers fused, {parted} with the first piece apart")
        onnx.save(model, path)


if __name__ == "__main__":
    main()
