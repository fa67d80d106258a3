"""The special tokens of the code model, and the order in which they take the first ids of the vocabulary."""

END_OF_TEXT = "<|endoftext|>"
FIM_PREFIX = "<|fim_prefix|>"
FIM_SUFFIX = "<|fim_suffix|>"
FIM_MIDDLE = "<|fim_middle|>"
FIM_END = "<|fim_end|>"
PATH = "<|path|>"
CHUNK = "<|chunk|>"

#: Names that the card gives the tokens, for programs that build prompts.
CARD_NAMES: dict[str, str] = {
    "endOfText": END_OF_TEXT,
    "fimPrefix": FIM_PREFIX,
    "fimSuffix": FIM_SUFFIX,
    "fimMiddle": FIM_MIDDLE,
    "fimEnd": FIM_END,
    "path": PATH,
    "chunk": CHUNK,
}

RESERVED = 9

#: All special tokens; the position is the token id.
SPECIAL_TOKENS: list[str] = [*CARD_NAMES.values(), *(f"<|reserved_{index}|>" for index in range(RESERVED))]
