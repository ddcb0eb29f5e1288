"""Write the trained branch as the int8 ONNX file that the package runs.

python -m names.export names/branch.pt --into ../src/onrecord/models
"""

import argparse
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from fused import fuse, part
from names.network import Branch
from names.train import fresh

OUTPUTS = ("names", "nouns")


class Reading(nn.Module):
    """The branch with log shares of names and shares of nouns for its answers."""

    def __init__(self, branch: Branch) -> None:
        super().__init__()
        self.branch = branch

    def forward(self, middle: Tensor, mask: Tensor, case: Tensor) -> tuple[Tensor, ...]:
        """Return the answers in their order."""
        given = self.branch(middle, mask, case)
        return given["names"].log_softmax(-1), given["nouns"].softmax(-1)


def export(weights: Path, into: Path) -> None:
    """Write `names.onnx`."""
    branch = fresh()
    branch.load_state_dict(torch.load(weights))
    reading = Reading(branch).eval()
    width = branch.case.embedding_dim
    given = (
        torch.randn(2, 5, width),
        torch.tensor([[1, 1, 1, 1, 1], [1, 1, 1, 1, 0]]),
        torch.zeros(2, 5, dtype=torch.long),
    )
    inputs = ["middle", "mask", "case"]
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            reading,
            given,
            str(plain),
            input_names=inputs,
            output_names=list(OUTPUTS),
            dynamic_axes={name: {0: "windows", 1: "pieces"} for name in (*inputs, *OUTPUTS)},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            plain,
            into / "names.onnx",
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gemm"],
        )
    model = onnx.load(into / "names.onnx")
    fuse(model)
    part(model)
    onnx.save(model, into / "names.onnx")


def main() -> None:
    """Read the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--into", type=Path, required=True)
    asked = parser.parse_args()
    export(asked.weights, asked.into)


if __name__ == "__main__":
    main()
