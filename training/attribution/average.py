"""Average the weights of runs that went on from the same weights.

    python -m attribution.average one/network.pt two/network.pt --out joint.pt

Wortsman et al. 2022, "Model soups: averaging weights of multiple fine-tuned models".
"""

import argparse
from pathlib import Path

import torch


def average(files: list[Path], out: Path) -> None:
    """Write the mean of the weights of some files."""
    runs = [torch.load(file) for file in files]
    torch.save({name: sum(run[name] for run in runs) / len(runs) for name in runs[0]}, out)


def main() -> None:
    """Read the command line and average."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    average(asked.files, asked.out)


if __name__ == "__main__":
    main()
