"""Write trained weights as the int8 ONNX file that the package runs.

    python -m attribution.export weights/network.pt --into ../src/onrecord/models

Matrices are quantised per channel, activations as they come; the bias of each distance, which the
reader adds itself, goes into the file's metadata.
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from attribution.network import MIDDLE, Network
from attribution.train import fresh, start_folder
from fused import fuse, part
from onrecord.models.windows import BREAK, END, START

OUTPUTS = (
    "cue",
    "query",
    "key",
    "plain",
    "hand_query",
    "hand_key",
    "hand_plain",
    "votes",
    "middle",
)


class Reading(nn.Module):
    """The part of the network that reading needs."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        """Return the outputs in their order."""
        states = self.network.encoder(
            input_ids=pieces, attention_mask=mask, output_hidden_states=True
        ).hidden_states
        given = {**self.network.heads(states[-1]), "middle": states[MIDDLE]}
        return tuple(given[name] for name in OUTPUTS)


def export(weights: Path, into: Path) -> None:
    """Write `attribution.onnx` and `attribution.tokens.json`."""
    network = fresh()
    network.load_state_dict(torch.load(weights))
    network.encoder.set_attn_implementation("eager")
    reading = Reading(network).eval()
    pieces = torch.tensor([[START, 2023, BREAK, 2003, END], [START, 2023, 2003, END, 0]])
    mask = (pieces > 0).long()
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            reading,
            (pieces, mask),
            str(plain),
            input_names=["pieces", "mask"],
            output_names=list(OUTPUTS),
            dynamic_axes={
                name: {0: "windows", 1: "pieces"} for name in ("pieces", "mask", *OUTPUTS)
            },
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            plain,
            into / "attribution.onnx",
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        )
    model = onnx.load(into / "attribution.onnx")
    for name in ("distance", "hand_distance"):
        entry = model.metadata_props.add()
        entry.key = name
        biases = getattr(network, name).tolist()
        entry.value = json.dumps([[round(value, 5) for value in row] for row in biases])
    fuse(model)
    part(model)
    onnx.save(model, into / "attribution.onnx")
    shutil.copy(start_folder() / "tokenizer.json", into / "attribution.tokens.json")


def main() -> None:
    """Read the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--into", type=Path, required=True)
    asked = parser.parse_args()
    export(asked.weights, asked.into)


if __name__ == "__main__":
    main()
