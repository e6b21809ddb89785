# SPDX-License-Identifier: EUPL-1.2
"""Looks for words in the memory of a running program, as somebody would in its core dump."""

import re
import unittest

LARGEST = 1 << 36  # Bytes of one mapping.


def writable_maps(pid):
    """What a core dump would hold: memory that the program can write."""
    with open(f"/proc/{pid}/maps") as lines:
        for line in lines:
            span, rights, _, _, _, *name = line.split()
            if rights.startswith("rw"):
                start, end = (int(part, 16) for part in span.split("-"))
                yield start, end, name[0] if name else "anonymous"


def words_in(pid, words):
    """Where the words are, in UTF-8 or UTF-16: the word, the map, and what is around it."""
    patterns = [(word, re.compile(re.escape(word.encode(code)))) for word in words for code in ("utf-8", "utf-16-le")]
    found = []
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for start, end, name in writable_maps(pid):
            try:
                memory.seek(start)
                if end - start > LARGEST:
                    raise unittest.SkipTest("a sanitizer's shadow is larger than any memory")
                content = memory.read(end - start)
            except OSError:
                # Guarded pages, which hold keys: no core dump has them either.
                continue
            for word, pattern in patterns:
                for hit in pattern.finditer(content):
                    around = content[max(0, hit.start() - 48):hit.end() + 48]
                    found.append((word, f"{name} at {start + hit.start():x}", around))
    return found
