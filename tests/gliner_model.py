"""The smallest GLiNER 2 model: an ONNX graph of the published form whose weights know a handful of names.

A span scores for a label by its first and its last word. What loads and runs it is what runs a trained model.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import NodeProto, TensorProto, helper, numpy_helper

SPECIAL = (
    "[PAD]", "[UNK]", "[P]", "[C]", "[E]", "[R]", "[L]", "[MASK]", "[SEP_STRUCT]", "[SEP_TEXT]",
    "[DESCRIPTION]", "[EXAMPLE]", "[OUTPUT]",
)  # fmt: skip
WIDTH = 8  # words of a span, fixed in the form


def make_model(folder: Path, names: Mapping[str, str], labels: Sequence[str]) -> Path:
    """Write a model that finds these names as what they are labelled; a label is known by its first word."""
    heads = [label.split()[0] for label in labels]
    words = {word for name in names for word in name.split()} | set(heads)
    every = [*SPECIAL, "(", ")", "entities", *sorted(words)]
    vocabulary = {word: number for number, word in enumerate(every)}
    (folder / "onnx").mkdir(parents=True)
    onnx.save(_graph(vocabulary, names, heads), folder / "onnx" / "model.onnx")
    plain = {"special": True, "normalized": False, "single_word": False, "lstrip": False, "rstrip": False}
    added = [{"id": vocabulary[token], "content": token, **plain} for token in SPECIAL]
    tokenizer = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": added, "normalizer": None,
        "pre_tokenizer": None, "post_processor": None, "decoder": None,
        "model": {"type": "WordLevel", "vocab": vocabulary, "unk_token": "[UNK]"},
    }  # fmt: skip
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer), "utf-8")
    return folder


def _graph(vocabulary: Mapping[str, int], names: Mapping[str, str], labels: Sequence[str]) -> onnx.ModelProto:
    first, last, named = (np.zeros((len(vocabulary), len(labels)), np.float32) for _ in range(3))
    for number, label in enumerate(labels):
        named[vocabulary[label], number] = 1
    for name, label in names.items():
        parts, number = name.split(), labels.index(label.split()[0])
        first[vocabulary[parts[0]], number] = last[vocabulary[parts[-1]], number] = 10
    whole = {"zero": [0], "one": [1], "far": [1 << 30], "rest": [-1], "width": [WIDTH]}
    scalars = {"first_column": 0, "second_column": 1}
    constants = [
        *(numpy_helper.from_array(np.array(value, np.int64), name) for name, value in whole.items()),
        *(numpy_helper.from_array(np.array(value, np.int64), name) for name, value in scalars.items()),
        numpy_helper.from_array(first, "first"),
        numpy_helper.from_array(last, "last"),
        numpy_helper.from_array(named, "named"),
        numpy_helper.from_array(np.array(15, np.float32), "bias"),
    ]
    shapes: dict[str, list[int | None]] = {
        "input_ids": [1, None], "attention_mask": [1, None], "text_positions": [None],
        "schema_positions": [None], "span_idx": [1, None, 2],
    }  # fmt: skip
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name, shape in shapes.items()]
    output = helper.make_tensor_value_info("span_scores", TensorProto.FLOAT, [1, None, None, WIDTH])
    graph = helper.make_graph(_nodes(), "tiny", inputs, [output], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    return model


def _nodes() -> list[NodeProto]:
    node = helper.make_node
    return [
        node("Squeeze", ["input_ids", "zero"], ["ids"]),
        node("Gather", ["ids", "text_positions"], ["words"]),
        node("Squeeze", ["span_idx", "zero"], ["spans"]),
        node("Gather", ["spans", "first_column"], ["starts"], axis=1),
        node("Gather", ["spans", "second_column"], ["ends"], axis=1),
        node("Gather", ["words", "starts"], ["start_words"]),
        node("Gather", ["words", "ends"], ["end_words"]),
        node("Gather", ["first", "start_words"], ["by_start"]),
        node("Gather", ["last", "end_words"], ["by_end"]),
        node("Add", ["by_start", "by_end"], ["by_label"]),
        node("Slice", ["schema_positions", "one", "far"], ["marks"]),
        node("Add", ["marks", "second_column"], ["label_places"]),
        node("Gather", ["ids", "label_places"], ["label_ids"]),
        node("Gather", ["named", "label_ids"], ["labels"]),
        node("Transpose", ["by_label"], ["turned"], perm=[1, 0]),
        node("MatMul", ["labels", "turned"], ["raw"]),
        node("Sub", ["raw", "bias"], ["shifted"]),
        node("Sigmoid", ["shifted"], ["likely"]),
        node("Shape", ["likely"], ["shape"]),
        node("Gather", ["shape", "first_column"], ["count"]),
        node("Unsqueeze", ["count", "zero"], ["counts"]),
        node("Concat", ["one", "counts", "rest", "width"], ["target"], axis=0),
        node("Reshape", ["likely", "target"], ["span_scores"]),
    ]
