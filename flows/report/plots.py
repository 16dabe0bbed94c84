"""Plots as SVG text for inside a page: readable without colour, by hatches, labels and order."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping

import matplotlib

matplotlib.use("svg")
from matplotlib.figure import Figure

from corpus.tables import STATUSES
from flows.report.figures import Shares

# face, hatch and colour of the number on it; from dark to light, so that a grey print keeps the order
STYLES = {
    "adopted": ("#0b4f6c", "", "white"),
    "partly_adopted": ("#6fa8c0", "///", "black"),
    "deferred": ("#f2d8a7", "..", "black"),
    "rejected": ("#e0a08f", "xx", "black"),
    "unanswered": ("#ffffff", "", "black"),
}
SETTINGS = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 11,
    "hatch.linewidth": 0.6,
    "hatch.color": "#00000088",
    "axes.spines.top": False,
    "axes.spines.right": False,
}
ROW = 0.42  # inches for one bar


def bars(shares: Shares, words: Mapping[str, str], name: str) -> str:
    """Stacked bars, one for each group, with the count on each part. `name` keeps the SVG's ids apart."""
    with matplotlib.rc_context(SETTINGS | {"svg.hashsalt": name}):
        figure = Figure(figsize=(9, 1.1 + ROW * max(len(shares), 1)), layout="constrained")
        axes = figure.subplots()
        _stack(axes, shares, words)
        axes.set_yticks(range(len(shares)), [_short(group or words["unknown"]) for group in shares])
        axes.invert_yaxis()
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.set_xlabel(words["recommendations"])
        figure.legend(loc="outside upper left", ncols=len(STATUSES), frameon=False, fontsize=10, handlelength=1.6)
        return _svg(figure, name)


def _stack(axes, shares: Shares, words: Mapping[str, str]) -> None:
    left = [0] * len(shares)
    widest = max((counts.total() for counts in shares.values()), default=1)
    for status in STATUSES:
        face, hatch, ink = STYLES[status]
        widths = [counts[status] for counts in shares.values()]
        drawn = axes.barh(
            range(len(shares)), widths, 0.72, left, color=face, hatch=hatch, edgecolor="#222", linewidth=0.7,
            label=words[status],
        )  # fmt: skip
        labels = [str(width) if width >= widest * 0.03 else "" for width in widths]
        box = {"facecolor": face, "edgecolor": "none", "pad": 1.2} if hatch else None
        axes.bar_label(drawn, labels, label_type="center", color=ink, fontsize=10, bbox=box)
        left = [a + b for a, b in zip(left, widths, strict=True)]


def histogram(days: list[int], words: Mapping[str, str], name: str) -> str:
    """How many reports were answered within how many days, in steps of 30 or more."""
    with matplotlib.rc_context(SETTINGS | {"svg.hashsalt": name}):
        figure = Figure(figsize=(9, 2.8), layout="constrained")
        axes = figure.subplots()
        step = 30 * max(1, -(-(days[-1] - min(days[0], 0)) // (30 * 20)))
        edges = range(step * (min(days[0], 0) // step), days[-1] + step + 1, step)
        counts, _, drawn = axes.hist(days, bins=list(edges), color="#6fa8c0", edgecolor="#222", linewidth=0.7)
        axes.bar_label(drawn, [str(int(n)) if n else "" for n in counts], fontsize=10)
        axes.set_xlabel(words["waiting_axis"])
        axes.set_ylabel(words["waiting_count"])
        axes.yaxis.get_major_locator().set_params(integer=True)
        return _svg(figure, name)


def _short(label: str, most: int = 38) -> str:
    label = label.replace("$", r"\$")
    return label if len(label) <= most else label[: most - 1].rstrip() + "…"


def _svg(figure: Figure, name: str) -> str:
    """The SVG element alone, hidden from screen readers (a table beside it says the same), its ids made unique."""
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    svg = out.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.S)
    svg = re.sub(r'\bid="', f'id="{name}-', svg)
    svg = re.sub(r'(url\(|href=")#', rf"\g<1>#{name}-", svg)
    return re.sub(r'<svg ([^>]*?)width="[^"]*" height="[^"]*"', r'<svg aria-hidden="true" focusable="false" \1', svg)
