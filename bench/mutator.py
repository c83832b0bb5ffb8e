"""Draw a seeded sample of the mutants that mutmut makes of some files; print them as JSON.

    python bench/mutator.py SEED COUNT FILE...

Run with the benchmark's own Python (`bench/peers.py`): only this needs mutmut. Each mutant is the
whole file with one thing changed, so that what runs it needs nothing of mutmut's.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from random import Random
from typing import Any

import libcst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.file_mutation import create_mutations, deep_replace


def mutants(file: str) -> tuple[libcst.Module, list[Any], Any]:
    """Give the file's tree, its mutants (those in functions), and where each node stands."""
    tree, made, *_ = create_mutations(file, Path(file).read_text(encoding="utf-8"))
    places = MetadataWrapper(tree, unsafe_skip_copy=True).resolve(PositionProvider)
    return tree, [m for m in made if m.contained_by_top_level_function is not None], places


def main(seed: str, count: str, *files: str) -> None:
    """Print `{"made": how many there are, "sample": [...]}`."""
    read = {file: mutants(file) for file in files}
    every = [(file, number) for file in files for number in range(len(read[file][1]))]
    chosen = sorted(Random(seed).sample(every, min(int(count), len(every))))
    sample = []
    for file, number in chosen:
        tree, made, places = read[file]
        mutant = made[number]
        changed = deep_replace(tree, mutant.original_node, mutant.mutated_node)
        assert isinstance(changed, libcst.Module)
        place = places[mutant.original_node]
        sample.append(
            {
                "file": file,
                "first": place.start.line,
                "last": place.end.line,
                "before": tree.code_for_node(mutant.original_node).strip(),
                "after": tree.code_for_node(mutant.mutated_node).strip(),
                "source": changed.code,
            }
        )
    json.dump({"made": len(every), "sample": sample}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
