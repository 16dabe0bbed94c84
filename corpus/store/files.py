"""Files by the hash of their bytes, through fsspec: a folder by default, S3 or another place by URL."""

from __future__ import annotations

import hashlib
import os
import uuid

import fsspec


class FileMissing(Exception):
    """The database names a file that the place of the files does not hold, or holds with other bytes."""


class Files:
    """A place for bytes: `put` gives their SHA-256, `get` gives them back. The same bytes are stored once."""

    def __init__(self, url: str) -> None:
        self.system, self.root = fsspec.url_to_fs(url)
        self.url = url

    def path(self, sha256: str) -> str:
        """Where a file is: ROOT/ab/abcdef….pdf, so that no folder holds too many."""
        return f"{self.root}/{sha256[:2]}/{sha256}.pdf"

    def put(self, data: bytes) -> str:
        """Store the bytes, whole or not at all, and return their SHA-256."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        if self.system.exists(path) and self.system.size(path) == len(data):
            return sha256
        if "file" not in self.system.protocol:
            self.system.pipe_file(path, data)  # object stores show a file only when it is whole
            return sha256
        os.makedirs(os.path.dirname(path), exist_ok=True)
        draft = f"{path}.{uuid.uuid4().hex}.tmp"
        with open(draft, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        os.replace(draft, path)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes, checked against their hash. Raises FileMissing."""
        try:
            data = self.system.cat_file(self.path(sha256))
        except FileNotFoundError as error:
            raise FileMissing(f"{self.path(sha256)} is gone: pull it again") from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise FileMissing(f"{self.path(sha256)} has been changed: delete it and pull it again")
        return data

    def sweep(self) -> int:
        """Delete what a killed pull left half written in a folder; return how many."""
        if "file" not in self.system.protocol:
            return 0
        left = self.system.glob(f"{self.root}/*/*.tmp")
        for path in left:
            self.system.rm_file(path)
        return len(left)
