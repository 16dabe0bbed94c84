"""A watched folder: its PDFs, also in folders in it. What is taken away counts as withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.sources.base import Fetched, Item, NotAsPromised, Page, Unreachable


class Folder:
    """The source `folder:PATH`. A file with another size or time is looked at again."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path).resolve()
        self.name = f"folder:{self.path}"

    def pages(self, cursor: str) -> Iterator[Page]:
        """One page with all files that are there now. Raises Unreachable when the folder is not."""
        if not self.path.is_dir():
            raise Unreachable(f"{self.path} is not a folder")
        found = sorted(path for path in self.path.rglob("*") if path.suffix.lower() == ".pdf" and path.is_file())
        yield Page(tuple(map(self._item, found)), cursor, complete=True)

    def items(self, identities: Iterable[str]) -> list[Item]:
        return [self._item(self.path / identity) for identity in identities if (self.path / identity).is_file()]

    def fetch(self, url: str, length: int, etag: str = "") -> Fetched | None:
        """The bytes. Raises NotAsPromised while the file is still being written, or is no PDF."""
        try:
            data = Path(url).read_bytes()
        except OSError as error:
            raise NotAsPromised(f"{url}: {error.strerror}") from error
        if len(data) != length:
            raise NotAsPromised(f"{url}: {len(data)} bytes where {length} were promised")
        if b"%PDF-" not in data[:1024]:
            raise NotAsPromised(f"{url}: not a PDF")
        return Fetched(data)

    def selects(self, item: Item) -> str:
        return "folder"

    def takes_annex(self, annex: Item) -> bool:
        return True

    def _item(self, path: Path) -> Item:
        known, inside = path.stat(), path.relative_to(self.path)
        return Item(
            inside.as_posix(),
            name=path.name,
            case_number=inside.parent.as_posix(),  # files of one folder are linked together
            url=str(path),
            content_length=known.st_size,
            content_version=f"{known.st_size}-{known.st_mtime_ns}",
        )
