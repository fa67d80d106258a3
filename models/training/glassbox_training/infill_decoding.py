"""Fills in the middle greedily, with token healing: bytes of a cut word are forced, not its tokens."""

import numpy as np
from tokenizers import Tokenizer

from .decoder_session import DecoderSession
from .infill_tasks import InfillTask
from .special_tokens import END_OF_TEXT, FIM_END, FIM_MIDDLE, FIM_PREFIX, FIM_SUFFIX, PATH, SPECIAL_TOKENS

CONTEXT = 1024
NEW_TOKENS = 48
SUFFIX_TOKENS = 128


def token_bytes(tokenizer: Tokenizer) -> list[bytes]:
    """Return the bytes of every token; special tokens have none."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [byte for byte in range(256) if byte not in printable]
    alphabet = {chr(byte): byte for byte in printable} | {chr(256 + index): byte for index, byte in enumerate(rest)}
    vocabulary = tokenizer.get_vocab()
    names = sorted(vocabulary, key=vocabulary.__getitem__)
    return [b"" if name in SPECIAL_TOKENS else bytes(alphabet[character] for character in name) for name in names]


class InfillDecoder:
    """Greedy single-line infill by one model."""

    def __init__(self, session: DecoderSession, tokenizer: Tokenizer) -> None:
        """Take the model's session and tokenizer."""
        self._session = session
        self._tokenizer = tokenizer
        self._bytes = token_bytes(tokenizer)
        self._stops = {SPECIAL_TOKENS.index(FIM_END), SPECIAL_TOKENS.index(END_OF_TEXT)}

    def complete(self, task: InfillTask) -> str:
        """Return the text that the model puts between the cursor and the line's end."""
        prompt, forced = self._prompt(task)
        produced = b""
        logits, cache = self._session.run(np.array(prompt), logits_to_keep=1)
        for _ in range(NEW_TOKENS):
            token = self._choose(logits[-1], forced[len(produced) :])
            if token in self._stops:
                break
            produced += self._bytes[token]
            if b"\n" in produced[len(forced) :]:
                break
            logits, cache = self._session.run(np.array([token]), cache, logits_to_keep=1)
        return produced[len(forced) :].split(b"\n")[0].decode("utf-8", "ignore")

    def _prompt(self, task: InfillTask) -> tuple[list[int], bytes]:
        line = self._encode(task.line)
        forced = self._bytes[line[-1]] if line else b""
        line = line[:-1]
        head = [SPECIAL_TOKENS.index(PATH), *self._encode(f"{task.path}\n")]
        suffix = self._encode(task.after[: SUFFIX_TOKENS * 8])[:SUFFIX_TOKENS]
        room = CONTEXT - NEW_TOKENS - len(head) - len(suffix) - len(line) - 4
        prefix = self._encode(task.before)[-room:]
        begin, after, middle = (SPECIAL_TOKENS.index(name) for name in (FIM_PREFIX, FIM_SUFFIX, FIM_MIDDLE))
        return [*head, begin, *prefix, after, *suffix, middle, *line], forced

    def _choose(self, logits: np.ndarray, forced: bytes) -> int:
        """Return the likeliest token that agrees with the bytes still forced."""
        for token in np.argsort(-logits):
            piece = self._bytes[token]
            if not forced or (piece and (piece.startswith(forced) or forced.startswith(piece))):
                return int(token)
        raise ValueError("no token agrees with the forced bytes")

    def _encode(self, text: str) -> list[int]:
        return self._tokenizer.encode(text).ids
