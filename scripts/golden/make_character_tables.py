"""Writes index/encoding/bert_character_tables.h from the reference tokenizer's own behaviour.

Usage: python3 scripts/golden/make_character_tables.py > index/encoding/bert_character_tables.h
Needs `tokenizers` (any version whose BERT normalizer is meant to be matched). Takes about a minute.

The reference classifies characters with the Unicode version its tables were made from, which is not
ICU's, so what it drops, strips and splits at is asked of it, one character at a time.
"""

import tokenizers
from tokenizers import normalizers, pre_tokenizers

CLEAN = normalizers.BertNormalizer(
    clean_text=True, handle_chinese_chars=False, strip_accents=False, lowercase=False)
STRIP = normalizers.BertNormalizer(
    clean_text=False, handle_chinese_chars=False, strip_accents=True, lowercase=False)
SPACE_CHINESE = normalizers.BertNormalizer(
    clean_text=False, handle_chinese_chars=True, strip_accents=False, lowercase=False)
NFD = normalizers.NFD()
SPLIT = pre_tokenizers.BertPreTokenizer()

KINDS = {
    "kDropped": ("Control, format and private characters, and U+FFFD.",
                 lambda text: CLEAN.normalize_str(text) == ""),
    "kSpaces": ("Whitespace that clean-up keeps, as one space.",
                lambda text: CLEAN.normalize_str(text) == " "),
    "kStrippedMarks": ("Non-spacing marks.",
                       lambda text: NFD.normalize_str(text) == text
                       and STRIP.normalize_str(text) == ""),
    "kPunctuation": ("Each is a word of its own.",
                     lambda text: len(SPLIT.pre_tokenize_str("a" + text + "b")) == 3),
    "kChinese": ("Ideographs that become words of their own.",
                 lambda text: SPACE_CHINESE.normalize_str(text) != text),
}


def ranges_of(belongs):
    ranges = []
    for value in range(0x110000):
        if 0xD800 <= value < 0xE000 or not belongs(chr(value)):
            continue
        if ranges and ranges[-1][1] == value - 1:
            ranges[-1][1] = value
        else:
            ranges.append([value, value])
    return ranges


def print_table(name, comment, ranges):
    print(f"/// {comment}\ninline constexpr CharacterRange {name}[] = {{")
    line = "   "
    for first, last in ranges:
        item = f" {{0x{first:X}, 0x{last:X}}},"
        if len(line) + len(item) > 100:
            print(line)
            line = "   "
        line += item
    print(line + "\n};\n")


def main():
    print("#pragma once\n")
    print("// Written by scripts/golden/make_character_tables.py from tokenizers "
          f"{tokenizers.__version__}; do not edit.\n// clang-format off\n")
    print("namespace freshet::index {\n")
    print("/// Code points from first to last, both included. Tables are sorted.")
    print("struct CharacterRange {\n  char32_t first;\n  char32_t last;\n};\n")
    for name, (comment, belongs) in KINDS.items():
        print_table(name, comment, ranges_of(belongs))
    print("}  // namespace freshet::index")


main()
