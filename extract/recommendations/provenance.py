"""Whose recommendation a sentence speaks of: the report's own, or one of another body or another time."""

from __future__ import annotations

import re

from extract.issuers import mentions
from extract.phrases import any_of, rules
from extract.recommendations.candidates import Context

_PAST = re.compile(
    r"\b(?:beval(?:en)?|adviseerden?|raadden?|bevolen|deed|deden|riep(?:en)?|heeft|hebben|had|hadden|zijn|werd|werden)\b",
    re.IGNORECASE,
)


def own_names(context: Context) -> re.Pattern[str]:
    """A pattern of the names that this document has for its issuers, and the words that stand for them."""
    names = [re.escape(n) for issuer in context.issuers for n in issuer.names]
    names += ["rapport", "onderzoekers", "rapporteurs", "commissie van onderzoek"]
    return re.compile(r"(?<![\w-])(?:" + "|".join(names) + r")(?![\w-])", re.IGNORECASE)


def is_foreign(text: str, context: Context) -> bool:
    """Whether the text ascribes its recommendations to another body, another report or another time."""
    words = rules("recommendations")["foreign"]
    foreign, earlier = any_of(words["phrases"]), any_of(words["earlier"])
    own = own_names(context).search(text) is not None
    ours = {issuer.name for issuer in context.issuers}
    others = [name for _, name in mentions(text) if name not in ours]
    if foreign.search(text) and not own:
        return True
    if earlier.search(text) and _PAST.search(text):
        return True
    return bool(others) and not own and bool(re.search(r"\b(?:beval|adviseerde|aanbevolen|geadviseerd|wees)\b", text))
