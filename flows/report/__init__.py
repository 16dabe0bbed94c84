"""The report: one self-contained HTML page with figures, plots and each recommendation beside its answer.

`build(tables, …)` makes the page from the four tables; `read(directory)` takes them from a folder of `opvolging run`.
"""

from flows.report.page import build
from flows.report.source import read

__all__ = ["build", "read"]
