"""The Kamer's OData interface on loopback, as shared/kamer-api.md and shared/real/api show it, with faults on demand.

For a person to try:

    python -m tests.kamer_server --documents 200
    OPVOLGING_KAMER_URL=http://127.0.0.1:8900/OData/v4/2.0 opvolging pull

It understands the $filter that the program sends (tests/odata_filter.py), $orderby ApiGewijzigdOp,Id, $expand of
BijlageDocument and BronDocument (the others stand in the records), $skip, and pages by @odata.nextLink.
"""

from __future__ import annotations

import argparse
import json
import re
import threading
import time
import uuid
from collections import Counter
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, unquote, urlsplit

from tests.odata_filter import predicate

PATH = "/OData/v4/2.0"
START = datetime(2024, 1, 1, tzinfo=UTC)


def pdf(text: str) -> bytes:
    """A one-page PDF with a line of text."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("latin-1", "replace")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(out)
    out += (
        b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start
    )
    return bytes(out)


class Kamer:
    """The records and files behind the interface, and what it is told to do wrong."""

    def __init__(self, page: int = 250) -> None:
        self.records: dict[str, dict] = {}
        self.files: dict[str, bytes] = {}
        self.page, self.clock, self.serial = page, START, 0
        self.faults: list[tuple[str, str, int]] = []  # [(part of an address, what goes wrong, how often still)]
        self.requests: list[str] = []
        self.agents: set[str] = set()
        self.delay = 0.0
        self.at_once, self.most_at_once, self.lock = 0, 0, threading.Lock()

    def tick(self) -> str:
        self.clock += timedelta(seconds=61, microseconds=7)
        return self.clock.strftime("%Y-%m-%dT%H:%M:%S.%f") + "8Z"

    def add(self, subject: str, kind: str = "Brief regering", annex_of: str = "", **fields) -> str:
        """A new document; returns its Id."""
        self.serial += 1
        identity = str(uuid.uuid5(uuid.NAMESPACE_URL, f"document {self.serial}"))
        data = fields.pop("data", None) or pdf(f"{identity} {subject}")
        self.files[identity] = data
        self.records[identity] = {
            "Id": identity,
            "Soort": kind,
            "DocumentNummer": f"2024D{self.serial:05}",
            "Titel": None if kind == "Bijlage" else "Grensbewaking",
            "Onderwerp": subject,
            "Datum": f"{2020 + self.serial % 5}-03-01T00:00:00+01:00",
            "Volgnummer": -1 if kind == "Bijlage" else self.serial,
            "ContentType": "application/pdf",
            "ContentLength": len(data),
            "GewijzigdOp": self.tick(),
            "ApiGewijzigdOp": self.tick(),
            "Verwijderd": False,
            "HuidigeDocumentVersie_Id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"version {self.serial}")),
            "Kamerstukdossier": [] if kind == "Bijlage" else [{"Nummer": 28638, "Toevoeging": None, "Titel": "Grens"}],
            "Zaak": [] if kind == "Bijlage" else [{"Nummer": f"2024Z{self.serial:05}", "Soort": kind}],
            "DocumentActor": [
                {"ActorNaam": "B. Mede", "Functie": "minister", "Relatie": "Mede ondertekenaar"},
                {"ActorNaam": "A. Eerst", "Functie": "minister van Defensie", "Relatie": "Eerste ondertekenaar"},
            ],
            "bron": annex_of,
        } | fields
        return identity

    def fill(self, count: int) -> None:
        """So many documents: letters with a report as annex, and every fifth a letter about something else."""
        while self.serial < count:
            letter = self.add(f"Beleidsreactie op inspectierapport nummer {self.serial}")
            if self.serial < count:
                self.add(f"Inspectierapport {self.serial}", "Bijlage", annex_of=letter)
            if self.serial % 5 == 0 and self.serial < count:
                self.add("Geannoteerde agenda van de JBZ-raad")

    def touch(self) -> None:
        """The Kamer repairs metadata: all records change at one moment, none in its content."""
        moment = self.tick()
        for record in self.records.values():
            record |= {"GewijzigdOp": moment, "ApiGewijzigdOp": moment}

    def change(self, identity: str, text: str) -> None:
        """A new version of a file."""
        self.files[identity] = pdf(text)
        self.records[identity] |= {
            "ContentLength": len(self.files[identity]),
            "ApiGewijzigdOp": self.tick(),
            "HuidigeDocumentVersie_Id": str(uuid.uuid5(uuid.NAMESPACE_URL, text)),
        }

    def delete(self, identity: str) -> None:
        """A tombstone: null everywhere but the identity and the moment."""
        gone = dict.fromkeys(self.records[identity])
        self.records[identity] = gone | {"Id": identity, "Verwijderd": True, "ApiGewijzigdOp": self.tick(), "bron": ""}

    def fail(self, address: str, how: str, times: int = 1) -> None:
        """Let requests whose address contains the text go wrong so many times: see Handler.fault."""
        self.faults.append((address, how, times))

    def due_fault(self, address: str) -> str:
        with self.lock:
            for place, (part, how, times) in enumerate(self.faults):
                if part in address and times > 0:
                    self.faults[place] = (part, how, times - 1)
                    return how
        return ""

    def downloads(self) -> list[str]:
        return [address for address in self.requests if address.endswith("/resource")]

    def answer(self, query: dict[str, str]) -> tuple[list[dict], int]:
        """The records of one page, and where the next begins (0: there is none)."""
        holds = predicate(query.get("$filter", ""))
        found = sorted((r for r in self.records.values() if holds(r)), key=lambda r: (r["ApiGewijzigdOp"], r["Id"]))
        skip = int(query.get("$skip", 0))
        page = found[skip : skip + self.page]
        if "BijlageDocument" in query.get("$expand", ""):
            page = self._expanded(page)
        return page, skip + self.page if skip + self.page < len(found) else 0

    def _expanded(self, page: list[dict]) -> list[dict]:
        annexes: dict[str, list[dict]] = {}
        for record in self.records.values():
            annexes.setdefault(record["bron"], []).append(record)
        return [
            record
            | {"BijlageDocument": annexes.get(record["Id"], [])}
            | {"BronDocument": [{"Id": record["bron"]}] if record["bron"] else []}
            for record in page
        ]


class Handler(BaseHTTPRequestHandler):
    """Answers GET; `self.server.kamer` holds what there is."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        kamer: Kamer = self.server.kamer
        address = unquote(self.path)
        kamer.requests.append(address)
        kamer.agents.add(self.headers.get("User-Agent", ""))
        with kamer.lock:
            kamer.at_once += 1
            kamer.most_at_once = max(kamer.most_at_once, kamer.at_once)
        try:
            time.sleep(kamer.delay)
            self.respond(kamer, address)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            with kamer.lock:
                kamer.at_once -= 1

    def respond(self, kamer: Kamer, address: str) -> None:
        fault = kamer.due_fault(address)
        file = re.fullmatch(rf"{re.escape(PATH)}/Document\((.*)\)/resource", address)
        if fault and self.fault(fault, kamer.files.get(file.group(1), b"x" * 999) if file else b"{}" * 500):
            return
        if file:
            self.file(kamer, file.group(1))
        else:
            self.page(kamer, loop=fault == "loop")

    def file(self, kamer: Kamer, identity: str) -> None:
        if identity not in kamer.files or kamer.records[identity]["Verwijderd"]:
            return self.send(404, b"gone", "text/plain")
        etag = f'"{kamer.records[identity]["HuidigeDocumentVersie_Id"]}"'
        if self.headers.get("If-None-Match") == etag:
            return self.send(304, b"", "application/pdf")
        return self.send(200, kamer.files[identity], "application/pdf", ETag=etag)

    def page(self, kamer: Kamer, loop: bool) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        try:
            records, following = kamer.answer(query)
        except (ValueError, KeyError, IndexError) as error:
            return self.send(400, str(error).encode(), "text/plain")
        answer: dict = {"@odata.context": f"http://{self.headers['Host']}{PATH}/$metadata#Document", "value": records}
        if loop:
            following = int(query.get("$skip", 0)) or kamer.page
        if following:
            more = query | {"$skip": str(following)}
            link = "&".join(f"{name}={quote(value)}" for name, value in more.items())
            answer["@odata.nextLink"] = f"https://gegevensmagazijn.tweedekamer.nl{PATH}/Document?{link}"
        return self.send(200, json.dumps(answer).encode(), "application/json; odata.metadata=minimal")

    def fault(self, how: str, body: bytes) -> bool:
        """Do wrong what is asked: a status ('503', '429:2' with Retry-After), cut, short, html, silent, malformed."""
        if how[:3].isdecimal():
            status, _, pause = how.partition(":")
            self.send(int(status), b"later", "text/plain", **({"Retry-After": pause} if pause else {}))
        elif how == "cut":
            self.send(200, body, "application/pdf", send_only=len(body) // 2)
            self.close_connection = True
        elif how == "short":
            self.send(200, body[:-7], "application/pdf")
        elif how == "html":
            self.send(200, b"<html>Onderhoud</html>".ljust(len(body)), "text/html")
        elif how == "silent":
            time.sleep(3)
            self.close_connection = True
        elif how == "malformed":
            self.send(200, b'{"value": [{"Id": ', "application/json")
        return how != "loop"

    def send(self, status: int, body: bytes, kind: str, send_only: int | None = None, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body if send_only is None else body[:send_only])

    def log_message(self, *_: object) -> None:
        """Quiet: the requests are in `requests`."""


class Server(ThreadingHTTPServer):
    """`with Server(Kamer()) as server:` serves on a free port; `server.base` is the address to pull from."""

    daemon_threads = True

    def __init__(self, kamer: Kamer, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.kamer, self.base = kamer, f"http://127.0.0.1:{self.server_address[1]}{PATH}"

    def __enter__(self) -> Server:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()


def main() -> None:
    parser = argparse.ArgumentParser(description="The Kamer's OData interface on loopback, with made documents.")
    parser.add_argument("--documents", type=int, default=50)
    parser.add_argument("--port", type=int, default=8900)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument("--fail", action="append", default=[], help="ADDRESS=FAULT=TIMES, e.g. resource=503=3")
    arguments = parser.parse_args()
    kamer = Kamer()
    kamer.fill(arguments.documents)
    kamer.delay = arguments.delay
    for fault in arguments.fail:
        address, how, times = fault.split("=")
        kamer.fail(address, how, int(times))
    server = Server(kamer, arguments.port)
    print(f"{Counter(r['Soort'] for r in kamer.records.values())}\nOPVOLGING_KAMER_URL={server.base} opvolging pull")
    server.serve_forever()


if __name__ == "__main__":
    main()
