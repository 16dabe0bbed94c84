"""A small typesetter for tests: blocks become a PDF of which every block is known. Written with reportlab."""

from __future__ import annotations

import io
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4


@dataclass(frozen=True)
class Look:
    """A page layout: columns as (left, right) in points, type size, leading, gap between blocks in leadings."""

    columns: tuple[tuple[float, float], ...] = ((80.0, 480.0),)
    size: float = 10.0
    leading: float = 13.0
    gap: float = 0.7
    font: str = "Helvetica"
    bold: str = "Helvetica-Bold"
    italic: str = "Helvetica-Oblique"
    top: float = 90.0
    bottom: float = 90.0
    bullet: str = "•"
    header: str = ""
    footer: str = ""


class Setter:
    """Sets blocks one after the other, over columns and pages; notes go to the foot of their page."""

    def __init__(self, look: Look):
        self.look, self.out = look, io.BytesIO()
        self.canvas = Canvas(self.out, pagesize=A4, invariant=1)
        self.page, self.column, self.y = 1, 0, HEIGHT - look.top
        self.notes: list[str] = []
        self.marks = 0
        self._furniture()

    def _furniture(self) -> None:
        look = self.look
        self.canvas.setFont(look.font, 7)
        if look.header:
            self.canvas.drawString(look.columns[0][0], HEIGHT - 40, look.header)
        if look.footer:
            self.canvas.drawString(look.columns[0][0], 40, look.footer.format(self.page))

    def _foot(self) -> None:
        left = self.look.columns[0][0]
        y = self.look.bottom - 20
        if self.notes:
            self.canvas.line(left, y + 12, left + 80, y + 12)
        self.canvas.setFont(self.look.font, 7)
        for note in self.notes:
            self.canvas.drawString(left, y, note)
            y -= 9
        self.notes = []

    def room(self, height: float) -> None:
        """Go to the next column or page when `height` is not left."""
        if self.y - height >= self.look.bottom:
            return
        if self.column + 1 < len(self.look.columns):
            self.column += 1
        else:
            self._foot()
            self.canvas.showPage()
            self.page, self.column = self.page + 1, 0
            self._furniture()
        self.y = HEIGHT - self.look.top

    def wrapped(self, text: str, font: str, size: float, width: float) -> list[str]:
        lines = [""]
        for word in text.split():
            trial = f"{lines[-1]} {word}".strip()
            if lines[-1] and stringWidth(trial, font, size) > width:
                lines.append(word)
            else:
                lines[-1] = trial
        return lines

    def text(
        self, text: str, font: str = "", size: float = 0.0, indent: float = 0.0, label: str = "", note: str = ""
    ) -> None:
        """A block of running text; `label` hangs before its first line; `note` is a footnote marked at its end."""
        look = self.look
        font, size = font or look.font, size or look.size
        left, right = look.columns[self.column]
        lines = self.wrapped(text, font, size, right - left - indent - (8 if note else 0))
        for k, words in enumerate(lines):
            self.room(look.leading)
            left = look.columns[self.column][0]
            self.canvas.setFont(font, size)
            if k == 0 and label:
                self.canvas.drawString(left + indent - 16, self.y, label)
            self.canvas.drawString(left + indent, self.y, words)
            if note and k == len(lines) - 1:
                self._mark(left + indent + stringWidth(words, font, size), note)
            self.y -= look.leading * max(1.0, size / look.size)
        self.y -= look.leading * look.gap

    def _mark(self, x: float, note: str) -> None:
        self.marks += 1
        self.canvas.setFont(self.look.font, self.look.size * 0.6)
        self.canvas.drawString(x, self.y + self.look.size * 0.35, str(self.marks))
        self.notes.append(f"{self.marks} {note}")

    def heading(self, text: str) -> None:
        self.room(4 * self.look.leading)
        self.text(text, font=self.look.bold, size=self.look.size + 2)

    def table(self, rows: list[list[str]], ruled: bool = True) -> None:
        """Rows of cells of one line each; the first row is bold."""
        left, right = self.look.columns[self.column]
        step = (right - left) / len(rows[0])
        for k, row in enumerate(rows):
            self.room(self.look.leading + 4)
            self.canvas.setFont(self.look.bold if k == 0 else self.look.font, self.look.size - 1)
            for n, cell in enumerate(row):
                self.canvas.drawString(left + n * step + 4, self.y, cell)
                if ruled:
                    self.canvas.rect(left + n * step, self.y - 5, step, self.look.leading + 4)
            self.y -= self.look.leading + 4
        self.y -= self.look.leading

    def done(self) -> bytes:
        self._foot()
        self.canvas.save()
        return self.out.getvalue()


def sample() -> bytes:
    """A PDF of some pages with one of everything."""
    setter = Setter(Look(header="Kop van het stuk", footer="Blad {}"))
    for chapter in range(1, 6):
        setter.heading(f"{chapter} Een hoofdstuk")
        for _ in range(4):
            setter.text(
                "De raad heeft gezien dat het werk niet af is en vraagt om een plan. " * 6, note="Zie de bijlage."
            )
        for number in range(1, 4):
            setter.text("Maak een plan en houd u eraan, ook wanneer dat moeite kost.", indent=18, label=f"{number}.")
        setter.table([["Naam", "Waarde"], ["een", "twee"], ["drie", "vier"]])
    return setter.done()
