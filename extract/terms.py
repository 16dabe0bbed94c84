"""What a text is about: its content terms, and how much of one text's terms another has."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

_STOP = frozenset(
    """de het een en van in op te voor dat die met om aan is zijn er bij als ook door naar tot worden wordt of niet dan deze dit uit over onder hun haar zij hij ik mij wij
    aanbeveling aanbevelingen inspectie raad rekenkamer ombudsman minister kamer uw mijn heeft hebben had was werd kan kunnen zal zullen zou zouden moet moeten daarom daarbij
    maar nog al wel zo geen meer waar wat wie hoe daar hier na bij per sinds tussen ten ter tijdens binnen jaar jaren onder andere""".split()
)


def terms(text: str) -> Counter[str]:
    """What a text is about: content words cut to eight letters, and the parts of long compounds."""
    out: Counter[str] = Counter()
    for word in re.findall(r"[^\W\d_]{3,}|\d[\d.,]*\d|\d", text.lower()):
        if word in _STOP:
            continue
        stem = re.sub(r"(?:en|s|e|t|de|te|ingen|ing)$", "", word)[:9] if len(word) > 4 else word
        out[stem] += 1
        if len(word) >= 10:
            out[word[:5]] += 0.5
            out[word[-6:]] += 0.5
    return out


class Similarity:
    """Weighted overlap of terms; a term counts for less the more passages and recommendations of this letter have it."""

    def __init__(self, texts: Sequence[str]):
        self.counts = [terms(t) for t in texts]
        seen = Counter(term for c in self.counts for term in c)
        self.weight = {t: math.log((1 + len(texts)) / n) + 0.1 for t, n in seen.items()}

    def of(self, a: Counter[str], b: Counter[str]) -> float:
        """Share of the weight of `a` that `b` covers, tempered by its length; 0 to 1."""
        total = sum(self.weight.get(t, 1.0) * n for t, n in a.items())
        if not total:
            return 0.0
        shared = sum(self.weight.get(t, 1.0) * min(n, b[t]) for t, n in a.items() if t in b)
        return shared / total
