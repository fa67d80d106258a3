"""The special tokens of the encoder; the position is the token id."""

SPECIAL_TOKENS: list[str] = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
PADDING, UNKNOWN, BEGIN, SEPARATOR, MASK = range(len(SPECIAL_TOKENS))

#: Names that the card gives the tokens.
CARD_NAMES: dict[str, str] = {"padding": "[PAD]", "begin": "[CLS]", "separator": "[SEP]", "mask": "[MASK]"}
