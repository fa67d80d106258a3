"""Trains the tiny tokenizers of the test fixtures: byte-level BPE, WordPiece and Unigram, on text written for it."""

import json
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

from .tokenizer import train_tokenizer

_CODE = """
export function sum(values: number[]): number {
  let total = 0;
  for (const value of values) {
    total += value;
  }
  return total;
}

def read_lines(path):
    with open(path, encoding="utf-8") as file:
        return [line.rstrip("\\n") for line in file]

class Stack:
    def __init__(self):
        self.items = []

    def push(self, item):
        self.items.append(item)
        return self

const names = users.filter((user) => user.active).map((user) => user.name);
if (names.length === 0) throw new Error('nobody is active');
"""

_PROSE = """
The quick reader opens the file, looks at every line and closes it again. What a token is, and where it begins,
depends on the text around it. Numbers such as 1024 and 3.14 count as well. Unhappy, unkind and unreadable words share
a beginning.
토큰은 글자보다 크고 단어보다 작은 조각입니다. 한국어 문장도 코드와 함께 쓰입니다. 편집기는 입력할 때마다 다음 줄을 제안합니다.
안녕하세요, 오늘도 함수를 하나 만들고 시험을 실행합니다. 결과가 다르면 다시 고칩니다. 글자와 글자 사이에는 경계가 있습니다.
"""

TEXTS = [_CODE, _PROSE, *_CODE.split("\n"), *_PROSE.split("\n")]


def byte_level_tokenizer(vocabulary: int) -> Tokenizer:
    """Return a byte-level BPE tokenizer like the code model's, with that many tokens."""
    return train_tokenizer(iter(TEXTS), vocabulary)


def wordpiece_tokenizer(vocabulary: int) -> Tokenizer:
    """Return a BERT-like tokenizer: cleaned and lower-cased text, pieces that go on marked by ##."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    trainer = trainers.WordPieceTrainer(vocab_size=vocabulary, special_tokens=special, show_progress=False)
    tokenizer.train_from_iterator(TEXTS, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[(token, tokenizer.token_to_id(token)) for token in ("[CLS]", "[SEP]")],
    )
    return tokenizer


def unigram_tokenizer(vocabulary: int) -> Tokenizer:
    """Return a SentencePiece-like Unigram tokenizer: blanks as U+2581, characters it does not know as bytes."""
    trained = Tokenizer(models.Unigram())
    trained.pre_tokenizer = pre_tokenizers.Metaspace(replacement="\u2581", prepend_scheme="always")
    special = ["<unk>", "<s>", "</s>"]
    trainer = trainers.UnigramTrainer(
        vocab_size=vocabulary, special_tokens=special, unk_token="<unk>", show_progress=False
    )
    trained.train_from_iterator((text.replace("\n", " ") for text in TEXTS), trainer)
    pieces = json.loads(trained.to_str())["model"]["vocab"]
    lowest = min(score for _, score in pieces)
    taken = {piece for piece, _ in pieces}
    pieces += [[f"<0x{byte:02X}>", lowest - 10] for byte in range(256) if f"<0x{byte:02X}>" not in taken]
    tokenizer = Tokenizer(models.Unigram([tuple(piece) for piece in pieces], unk_id=0, byte_fallback=True))
    tokenizer.add_special_tokens(special)
    tokenizer.pre_tokenizer = trained.pre_tokenizer
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("\u2581", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
    )
    return tokenizer


def write(tokenizer: Tokenizer, folder: Path) -> None:
    """Write tokenizer.json without blanks between its parts."""
    folder.mkdir(parents=True, exist_ok=True)
    compact = json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=False, separators=(",", ":"))
    (folder / "tokenizer.json").write_text(compact + "\n", encoding="utf-8")
