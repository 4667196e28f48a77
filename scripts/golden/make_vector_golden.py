"""Writes tests/index/encoding/golden/vectors.json: texts and their vectors in plain 32-bit floats.

Usage: python3 scripts/golden/make_vector_golden.py MODEL_DIRECTORY OUTPUT
Needs `numpy` and `tokenizers`. An independent forward pass of BERT with mean pooling, one text at a time,
so that nothing is padded; only the weights are shared with what it checks.
"""

import json
import math
import struct
import sys

import numpy as np
from tokenizers import Tokenizer

TEXTS = [
    "How do I reset my password?",
    "To reset a password, open Settings, choose Security and press \"Reset password\".",
    "Invoices are sent on the first working day of each month.",
    "error E_1042: connection to 10.0.0.1:5432 refused",
    "kubectl rollout restart deployment/api --namespace=production",
    "std::vector<int> values(10); // the answer is values[0]",
    "Der Straßenname enthält ein scharfes S und Umlaute: äöü.",
    "Le café est fermé; rendez-vous à l'hôtel.",
    "Привет, мир! Как сбросить пароль?",
    "如何在系统中重置用户的密码？",
    "パスワードをリセットする方法を教えてください。",
    "비밀번호를 재설정하는 방법",
    "كيف يمكنني إعادة تعيين كلمة المرور؟",
    "สวัสดีครับ ผมลืมรหัสผ่าน",
    "👩‍👩‍👧‍👦 family plan 🙂 costs 12 € per month",
    "a",
    "",
    "   \n\t ",
    "[MASK] is a special token, [CLS] too",
    "The quick brown fox jumps over the lazy dog. " * 20,
    "word " * 400,
    "Unbelievablylongcompoundwordthatnobodyhaseverwrittenbefore" * 3,
    "SELECT id, title FROM documents WHERE updated_at > '2026-01-01' ORDER BY id LIMIT 10;",
    "Refunds are possible within 30 days of purchase, except for gift cards and custom orders.",
]


def read_weights(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    return {name: np.frombuffer(data[entry["data_offsets"][0]:entry["data_offsets"][1]], np.float32)
            .reshape(entry["shape"])
            for name, entry in header.items() if name != "__metadata__" and entry["dtype"] == "F32"}


def norm(x, weights, name, epsilon):
    mean = x.mean(-1, keepdims=True)
    variance = ((x - mean) ** 2).mean(-1, keepdims=True)
    return (x - mean) / np.sqrt(variance + epsilon) * weights[name + ".weight"] + weights[name + ".bias"]


def dense(x, weights, name):
    return x @ weights[name + ".weight"].T + weights[name + ".bias"]


def gelu(x):
    return x * 0.5 * (1 + np.vectorize(math.erf)(x / math.sqrt(2))).astype(np.float32)


def forward(ids, weights, config):
    heads, epsilon = config["num_attention_heads"], config["layer_norm_eps"]
    x = (weights["embeddings.word_embeddings.weight"][ids]
         + weights["embeddings.position_embeddings.weight"][:len(ids)]
         + weights["embeddings.token_type_embeddings.weight"][0])
    x = norm(x, weights, "embeddings.LayerNorm", epsilon)
    for layer in range(config["num_hidden_layers"]):
        name = f"encoder.layer.{layer}."
        parts = [dense(x, weights, name + "attention.self." + part).reshape(len(ids), heads, -1).swapaxes(0, 1)
                 for part in ("query", "key", "value")]
        scores = parts[0] @ parts[1].swapaxes(1, 2) / math.sqrt(parts[0].shape[-1])
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        seen = (scores / scores.sum(-1, keepdims=True)) @ parts[2]
        seen = seen.swapaxes(0, 1).reshape(len(ids), -1)
        x = norm(dense(seen, weights, name + "attention.output.dense") + x, weights,
                 name + "attention.output.LayerNorm", epsilon)
        inner = gelu(dense(x, weights, name + "intermediate.dense"))
        x = norm(dense(inner, weights, name + "output.dense") + x, weights, name + "output.LayerNorm", epsilon)
    pooled = x.mean(0)
    return pooled / np.linalg.norm(pooled)


def main():
    model, output = sys.argv[1:]
    with open(model + "/config.json", encoding="utf-8") as file:
        config = json.load(file)
    with open(model + "/sentence_bert_config.json", encoding="utf-8") as file:
        most = json.load(file)["max_seq_length"]
    weights = read_weights(model + "/model.safetensors")
    tokenizer = Tokenizer.from_file(model + "/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.enable_truncation(most)
    with open(output, "w", encoding="utf-8") as out:
        out.write("[\n")
        for position, text in enumerate(TEXTS):
            vector = forward(tokenizer.encode(text).ids, weights, config)
            numbers = ",".join(f"{value:.6f}" for value in vector)
            out.write("{" + f"\"text\":{json.dumps(text, ensure_ascii=False)},\"vector\":[{numbers}]" + "}"
                      + ("," if position + 1 < len(TEXTS) else "") + "\n")
        out.write("]\n")


main()
