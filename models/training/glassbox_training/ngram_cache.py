"""The baseline: a count-based n-gram cache of the open file alone, longest context first."""

from collections import Counter, defaultdict

from tokenizers import Tokenizer

from .infill_tasks import InfillTask

LONGEST = 8
NEW_TOKENS = 48


class NgramCache:
    """Completes from what followed the same tokens earlier in the text before the cursor."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """Take the tokenizer that cuts the text."""
        self._tokenizer = tokenizer

    def complete(self, task: InfillTask) -> str:
        """Return the rest of the line by the longest context seen before; empty when none was."""
        ids = self._tokenizer.encode(task.before + task.line).ids
        start = len(ids)
        followers: dict[tuple[int, ...], Counter[int]] = defaultdict(Counter)
        for at in range(1, len(ids)):
            for length in range(1, min(LONGEST, at) + 1):
                followers[tuple(ids[at - length : at])][ids[at]] += 1
        while len(ids) < start + NEW_TOKENS:
            contexts = (tuple(ids[-length:]) for length in range(LONGEST, 0, -1))
            found = next((followers[context] for context in contexts if context in followers), None)
            if found is None:
                break
            ids.append(found.most_common(1)[0][0])
            if "\n" in self._tokenizer.decode(ids[start:]):
                break
        return self._tokenizer.decode(ids[start:], skip_special_tokens=False).split("\n")[0]
