"""Writes tests/index/encoding/golden/wordpiece.jsonl: texts and the ids the reference tokenizer gives them.

Usage: python3 scripts/golden/make_wordpiece_golden.py MODEL_DIRECTORY OUTPUT
Needs `tokenizers`. Deterministic: the same arguments and version give the same file.

One JSON array a line: [text, ids], or [base64, ids, 1] for texts whose bytes are not UTF-8.
"""

import base64
import json
import random
import sys

from tokenizers import Tokenizer

RANDOM = random.Random(20261121)

RANGES = {
    "latin": (0x00A0, 0x024F), "ipa": (0x0250, 0x02FF), "marks": (0x0300, 0x036F),
    "greek": (0x0370, 0x03FF), "cyrillic": (0x0400, 0x052F), "armenian": (0x0530, 0x058F),
    "hebrew": (0x0590, 0x05FF), "arabic": (0x0600, 0x06FF), "syriac": (0x0700, 0x074F),
    "devanagari": (0x0900, 0x097F), "bengali": (0x0980, 0x09FF), "tamil": (0x0B80, 0x0BFF),
    "telugu": (0x0C00, 0x0C7F), "sinhala": (0x0D80, 0x0DFF), "thai": (0x0E00, 0x0E7F),
    "lao": (0x0E80, 0x0EFF), "tibetan": (0x0F00, 0x0FFF), "myanmar": (0x1000, 0x109F),
    "georgian": (0x10A0, 0x10FF), "jamo": (0x1100, 0x11FF), "ethiopic": (0x1200, 0x137F),
    "khmer": (0x1780, 0x17FF), "mongolian": (0x1800, 0x18AF), "balinese": (0x1B00, 0x1B7F),
    "vedic": (0x1CD0, 0x1CFF), "latin_more": (0x1E00, 0x1EFF), "greek_more": (0x1F00, 0x1FFF),
    "punctuation": (0x2000, 0x206F), "scripts": (0x2070, 0x20FF), "letterlike": (0x2100, 0x218F),
    "symbols": (0x2190, 0x27BF), "cjk_marks": (0x3000, 0x303F), "kana": (0x3040, 0x30FF),
    "cjk_a": (0x3400, 0x4DBF), "cjk": (0x4E00, 0x9FFF), "hangul": (0xAC00, 0xD7A3),
    "private": (0xE000, 0xE0FF), "compatibility": (0xF900, 0xFAFF), "forms": (0xFB00, 0xFDFF),
    "halfwidth": (0xFE00, 0xFFFD), "musical": (0x1D100, 0x1D1FF), "math": (0x1D400, 0x1D7FF),
    "emoji": (0x1F300, 0x1FAFF), "cjk_b": (0x20000, 0x2A6DF), "cjk_d": (0x2B740, 0x2CEAF),
    "cjk_supplement": (0x2F800, 0x2FA1F), "tags": (0xE0000, 0xE01EF), "controls": (0x00, 0x9F),
    "new_scripts": (0x10D40, 0x10D8F), "indic_more": (0x11900, 0x119FF), "medefaidrin": (0x16E40, 0x16EDF),
}

WORDS = """the reset password billing invoice error connection timeout install upgrade kubernetes
PostgreSQL OpenSSL don't can't re-index co-operate naïve café Ångström façade Zürich Straße İstanbul
ısı DIŞ ΣΊΣΥΦΟΣ ὈΔΥΣΣΕΎΣ Привет ёлка Київ שָׁלוֹם السَّلَامُ नमस्ते สวัสดี こんにちは 東京都 カタカナ
한국어 안녕하세요 中文文档 简体 繁體 Việt tiếng người ǅungla ﬁnance ½ Ⅷ x² H₂O µm №42 ™ © … “quoted”
E_1042 ERR-55 0x7fffdeadbeef snake_case_name camelCaseName kebab-case v1.2.3-rc.4 $HOME /usr/lib/x86_64
std::vector<int> foo(bar)[0] {"key":"value"} https://docs.example.org/a/b?c=d#e user@example.org 10.0.0.1
SELECT*FROM t WHERE id=1; git--version [CLS] [SEP] [MASK] [PAD] [UNK] [mask] [[CLS]] ##ing # a##b
👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 ❤️ ☕ e\u0301 a\u0323\u0302 q\u0307\u0323 \u1100\u1161\u11a8 \u0958 \u212b \u2126 \ufeffbom zero\u200bwidth
soft\u00adhyphen a\u302e\u302a b\U0001d165\U0001d16d\u0301 \u2028line \u3000wide nul\x00byte bell\x07 vt\x0b ff\x0c nel\x85
\u4e00\u9fff\u3400 \U0002b820 \U0002b920 \uf900 \ufa0e \U0002f800 \u037e \u1fef \u2260 \u226e""".split(" ")
WORDS = [word for part in WORDS for word in part.split("\n") if word]


def of_range(name, length):
    first, last = RANGES[name]
    return "".join(chr(RANDOM.randint(first, last)) for _ in range(length))


def word():
    kind = RANDOM.random()
    if kind < 0.55:
        return RANDOM.choice(WORDS)
    if kind < 0.8:
        return of_range(RANDOM.choice(list(RANGES)), RANDOM.randint(1, 6))
    letters = "etaoinshrdlucmfwypvbgkqjxzETAOIN0123456789"
    return "".join(RANDOM.choice(letters) for _ in range(RANDOM.randint(1, 12)))


def mixed():
    separators = [" ", " ", " ", "", "\t", "\n", "\r\n", "-", ", ", ". ", "\u00a0", "\u0301", "\u302e"]
    return "".join(word() + RANDOM.choice(separators) for _ in range(RANDOM.randint(1, 6)))


def every_character(first, last, size):
    """All characters of a stretch, in words of several, so that order and company matter, too."""
    for start in range(first, last, size):
        yield "".join(chr(c) + (" " if c % 3 == 0 else "")
                      for c in range(start, min(start + size, last)) if not 0xD800 <= c < 0xE000)


def texts():
    yield from ["", " ", "\n\t", "\u0301", "\ufffd", "a" * 99, "a" * 100, "a" * 101, "é" * 100, "é" * 101,
                "e\u0301" * 100, "x" * 3000, "\u0301" * 300, "\u302e" * 300 + "\U0001d165", "日" * 150,
                "한" * 40, "[" * 50, "[CLS" * 5 + "]", "🙂" * 120]
    for name, (first, last) in RANGES.items():
        for _ in range(20):
            yield of_range(name, RANDOM.randint(1, 12))
    yield from every_character(0x0000, 0x3400, 24)
    yield from every_character(0xA000, 0xAC40, 24)
    yield from every_character(0xF880, 0x10000, 24)
    yield from every_character(0x10000, 0x12000, 24)
    yield from every_character(0x16A00, 0x17000, 24)
    yield from every_character(0x1BC00, 0x1FC00, 24)
    while True:
        yield mixed()


def broken(tokenizer):
    """Valid text with bytes cut out, doubled and thrown in; ids are those of its decoding with U+FFFD."""
    data = bytearray(mixed().encode("utf-8", "surrogatepass"))
    for _ in range(RANDOM.randint(1, 4)):
        at = RANDOM.randrange(len(data) + 1)
        data[at:at + RANDOM.randint(0, 1)] = bytes(
            RANDOM.choice([0x80, 0xBF, 0xC0, 0xE2, 0xED, 0xF0, 0xF5, 0xFF]) for _ in range(RANDOM.randint(0, 2)))
    ids = tokenizer.encode(bytes(data).decode("utf-8", "replace"), add_special_tokens=False).ids
    return [base64.b64encode(bytes(data)).decode(), ids, 1]


def main():
    model, output = sys.argv[1:]
    tokenizer = Tokenizer.from_file(model + "/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    count = 0
    with open(output, "w", encoding="utf-8") as out:
        def write(row):
            out.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")).replace("\u2028", "\\u2028")
                      .replace("\x7f", "\\u007f") + "\n")
        for text in texts():
            write([text, tokenizer.encode(text, add_special_tokens=False).ids])
            count += 1
            if count == 20000:
                break
        for _ in range(1000):
            write(broken(tokenizer))


main()
