"""A $filter of OData as a predicate over records: eq, ge and lt, joined by and, or, in brackets."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

_TOKEN = re.compile(r"\s*(\(|\)|'(?:[^']|'')*'|[^\s()]+)")


def predicate(text: str) -> Callable[[dict], bool]:
    """A $filter as a predicate over records. Raises ValueError for what the interface would refuse."""
    tokens = [match.group(1) for match in _TOKEN.finditer(text)]

    def either():
        parts = [both()]
        while tokens and tokens[0] == "or":
            tokens.pop(0)
            parts.append(both())
        return lambda record: any(part(record) for part in parts)

    def both():
        parts = [one()]
        while tokens and tokens[0] == "and":
            tokens.pop(0)
            parts.append(one())
        return lambda record: all(part(record) for part in parts)

    def one():
        if tokens[0] == "(":
            tokens.pop(0)
            inner = either()
            tokens.pop(0)
            return inner
        name, operator, value = (tokens.pop(0) for _ in range(3))
        return _comparison(name, operator, value)

    return either() if tokens else lambda record: True


def _comparison(name: str, operator: str, value: str) -> Callable[[dict], bool]:
    if name == "Id" and value.startswith(("'", "guid")):
        raise ValueError("a guid is compared bare")
    wanted = (
        value[1:-1].replace("''", "'") if value.startswith("'") else {"true": True, "false": False}.get(value, value)
    )
    if operator == "eq":
        return lambda record: record[name] == wanted
    if operator not in ("ge", "lt"):
        raise ValueError(f"cannot compare by {operator}")
    moment = _moment(value)
    later = operator == "ge"
    return lambda record: record[name] is not None and (_moment(record[name]) >= moment) is later


def _moment(value: str) -> tuple[datetime, str]:
    """A time with its seventh decimal, which datetime does not hold."""
    match = re.fullmatch(r"(.*?\.\d{6})(\d)(Z|[+-]\d\d:\d\d)", value)
    if match:
        return datetime.fromisoformat(match.group(1) + match.group(3)), match.group(2)
    return datetime.fromisoformat(value), "0"
