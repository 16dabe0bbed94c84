"""The web application: routes only. Pages are plain HTML by Jinja, which escapes; a form's answer is a redirect."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from urllib.parse import quote, unquote

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from corpus.store import FileMissing, Store, corrections, documents_by_id, queue, unattached
from corpus.store.lost import lost
from corpus.tables import ACTIONS, POSITIONS, STATUSES
from extract.reading import ReadingError
from flows.review import changes
from flows.review.agreement import agreement, codes
from flows.review.guarding import Guard
from flows.review.places import NotInDocument, page_text
from flows.review.record import SCALE, NoSuchRecord, Record, Shelf, document_as_corrected, load

HERE = Path(__file__).parent
STATIC = {"review.css": "text/css", "review.js": "text/javascript"}
LAST = 10**9  # row of the queue that a page may start at
SAMPLE = 50  # recommendations that are coded blind


def create_app(store: Store, token: str = "", reviewer: str = "", lang: str = "nl", sample: int = SAMPLE) -> FastAPI:
    """The application over an open store. `reviewer` is the name until a browser gives another."""
    app = FastAPI(title="opvolging review", docs_url=None, redoc_url=None, openapi_url=None)
    guard = Guard(token)
    app.middleware("http")(guard)
    site = Site(store, guard, reviewer, lang, sample)
    app.add_exception_handler(NoSuchRecord, lambda request, error: site.problem(request, "no_such_record", "", 404))
    app.add_exception_handler(FileMissing, lambda request, error: site.problem(request, "file_missing", "", 404))
    app.add_exception_handler(ReadingError, lambda request, error: site.problem(request, "page_unreadable", "", 404))
    for method, path, answer in site.routes():
        app.add_api_route(path, answer, methods=[method], response_class=HTMLResponse)
    return app


class Site:
    """The pages, over one store."""

    def __init__(self, store: Store, guard: Guard, reviewer: str, lang: str, sample: int) -> None:
        self.store, self.guard, self.default_reviewer, self.sample_size = store, guard, reviewer, sample
        self.shelf = Shelf(store)
        self.lang, self.words = lang, tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))[lang]
        self.skipped: dict[str, list[tuple[str, str]]] = {}  # reviewer → records skipped since the start
        environment = Environment(
            loader=FileSystemLoader(HERE),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals |= {
            "w": self.words, "lang": lang, "form_key": guard.form_key, "link": link, "codes": CODES, "scale": SCALE,
        }  # fmt: skip
        environment.filters["columns"] = self.columns
        self.templates = Jinja2Templates(env=environment)

    def routes(self):
        """(method, path, function) of every address."""
        record = "/record/{document_id}/{recommendation_id}"
        blind = "/blind/{document_id}/{recommendation_id}"
        return [
            ("GET", "/", self.queue),
            ("GET", "/next", self.next),
            ("GET", record, self.record),
            ("POST", record, self.decide),
            ("GET", "/document/{document_id}", self.document),
            ("POST", "/document/{document_id}", self.add),
            ("GET", "/page/{document_id}/{number}.png", self.image),
            ("GET", "/done", self.done),
            ("POST", "/undo", self.undo),
            ("POST", "/reviewer", self.name),
            ("GET", "/blind", self.blind),
            ("GET", blind, self.blind_record),
            ("POST", blind, self.decide_blind),
            ("GET", "/static/{name}", self.static),
        ]

    def columns(self, corrected: str) -> str:
        """'status;addressee' in the words of the page."""
        names = filter(None, corrected.split(";"))
        return ", ".join(self.words.get(f"field_{n}", self.words.get(f"kind_{n}", n)).lower() for n in names)

    # ---- who

    def reviewer(self, request: Request) -> str:
        """The name that the browser gave, or that of the command line."""
        return unquote(request.cookies.get("reviewer", "")) or self.default_reviewer

    async def form(self, request: Request) -> dict[str, str]:
        """The fields of a form of ours, from a reviewer with a name. Raises Refused."""
        fields = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
        if not self.guard.accepts(fields.get("form_key", "")):
            raise changes.Refused("old_form")
        return fields

    async def name(self, request: Request) -> Response:
        """Remember the reviewer's name in the browser."""
        try:
            name = " ".join((await self.form(request)).get("reviewer", "").split())[:80]
        except changes.Refused as refused:
            return self.problem(request, refused.reason, "", 403)
        response = RedirectResponse("/", 303)
        response.set_cookie("reviewer", quote(name), max_age=365 * 86400, samesite="strict", httponly=True)
        return response

    # ---- pages

    def page(self, request: Request, template: str, status: int = 200, **context) -> Response:
        """A page with what every page shows."""
        reviewer = self.reviewer(request)
        said = request.query_params.get("said", "")
        if said and f"said_{said}" not in self.words:
            said = ""
        context = {"reviewer": reviewer, "said": said, "problem": "", "detail": ""} | context
        return self.templates.TemplateResponse(request, template, context, status_code=status)

    def problem(self, request: Request, reason: str, detail: str, status: int) -> Response:
        """A page that says what went wrong."""
        return self.page(request, "problem.html", status, problem=reason, detail=detail)

    def queue(self, request: Request, start: int = 0) -> Response:
        """The queue, the most doubtful first."""
        page = queue.page(self.store, min(max(0, start), LAST))
        return self.page(request, "queue.html", page=page, skipped=set(self.skipped.get(self.reviewer(request), [])))

    def next(self, request: Request, said: str = "") -> Response:
        """The record that comes first in the queue."""
        key = queue.first(self.store, self.skipped.get(self.reviewer(request), []))
        return RedirectResponse((link("record", *key) if key else "/") + (f"?said={quote(said)}" if said else ""), 303)

    def record(self, request: Request, document_id: str, recommendation_id: str, page: int = 0) -> Response:
        """The page of the PDF beside the record."""
        record = load(self.store, self.shelf, document_id, recommendation_id)
        return self.page(request, "record.html", blind=False, **self._shown(record, page))

    def _shown(self, record: Record, page: int, form: dict[str, str] | None = None) -> dict:
        """What the templates of a record need; `form` is what the reviewer sent, when it was refused."""
        outlines = record.outlines()
        numbers = sorted({o.page for o in outlines}) or [record.recommendation.page]
        count = record.document.pages
        if 1 <= page <= count and page not in numbers:
            numbers = [page]
        sizes = {p.number: (p.width, p.height) for p in record.reading.pages} if record.reading else {}
        return {
            "record": record,
            "values": record.values() | (form or {}),
            "note": (form or {}).get("note", ""),
            "pages": [(n, sizes.get(n, (595.0, 842.0)), [o for o in outlines if o.page == n]) for n in numbers],
            "page_text": "\n\n".join(page_text(record.reading, n) for n in numbers) if record.reading else "",
            "first_page": numbers[0],
        }

    async def decide(self, request: Request, document_id: str, recommendation_id: str) -> Response:
        """Accept, correct, delete or skip one record."""
        return await self._decide(request, document_id, recommendation_id, blind=False)

    async def _decide(self, request: Request, document_id: str, recommendation_id: str, blind: bool) -> Response:
        form, record = {}, await run_in_threadpool(load, self.store, self.shelf, document_id, recommendation_id, blind)
        try:
            form = await self.form(request)
            reviewer = self._named(request)
            act = self._act_blind if blind else self._act
            return await run_in_threadpool(act, record, form, reviewer)
        except (changes.Refused, NotInDocument) as refused:
            reason, detail = getattr(refused, "reason", "not_in_document"), getattr(refused, "detail", str(refused))
            shown = await run_in_threadpool(self._shown, record, 0, form)
            return self.page(request, "record.html", 422, blind=blind, **shown, problem=reason, detail=detail)

    def _named(self, request: Request) -> str:
        if not (reviewer := self.reviewer(request)):
            raise changes.Refused("name_missing")
        return reviewer

    def _act(self, record: Record, form: dict[str, str], reviewer: str) -> Response:
        decision = form.get("decision", "save")
        if decision == "skip":
            key = (record.document.document_id, record.recommendation.recommendation_id)
            skipped = self.skipped.setdefault(reviewer, [])
            skipped[:] = [other for other in skipped if other != key] + [key]
            said = "skipped"
        elif decision == "delete":
            changes.store_deletion(self.store, record, form, reviewer)
            said = "deleted"
        else:
            said = changes.store_decision(self.store, record, form, reviewer)
        return RedirectResponse(f"/next?said={said}", 303)

    def document(self, request: Request, document_id: str) -> Response:
        """All recommendations of one document, and those corrections that fit none any more."""
        corrected, found, made = document_as_corrected(self.store, document_id)
        codings = {c.recommendation_id: c for c in corrected.codings}
        left = unattached(found, made)
        return self.page(request, "document.html", document=corrected, codings=codings, lost=left)

    async def add(self, request: Request, document_id: str) -> Response:
        """Add a recommendation that the program missed, then show it."""
        try:
            form = await self.form(request)
            made = await run_in_threadpool(self._add, document_id, form.get("text", ""), self._named(request))
            await run_in_threadpool(load, self.store, self.shelf, document_id, made)
        except NoSuchRecord:
            return self.problem(request, "already_there", "", 409)
        except (changes.Refused, NotInDocument) as refused:
            reason = getattr(refused, "reason", "not_in_document")
            return self.problem(request, reason, getattr(refused, "detail", str(refused)), 422)
        return RedirectResponse(f"{link('record', document_id, made)}?said=added", 303)

    def _add(self, document_id: str, text: str, reviewer: str) -> str:
        document, _, _ = document_as_corrected(self.store, document_id)
        _, index = self.shelf.read(document.sha256) or (None, None)
        return changes.store_missed(self.store, document_id, text, index, reviewer)

    def image(self, document_id: str, number: int) -> Response:
        """One page of a document's PDF as PNG; files are found by the document's hash, never by a name."""
        document = documents_by_id(self.store, [document_id]).get(document_id)
        if document is None:
            raise NoSuchRecord(document_id)
        image = self.shelf.image(document.sha256, number)
        return Response(image, media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})

    def done(self, request: Request) -> Response:
        """The latest decisions, and every correction that fits no recommendation any more."""
        every = corrections(self.store)
        return self.page(request, "done.html", made=every[::-1][:200], lost=lost(self.store), total=len(every))

    async def undo(self, request: Request) -> Response:
        """Take back the reviewer's last decision and show the record that it was about."""
        try:
            await self.form(request)
            last = await run_in_threadpool(changes.undo_last, self.store, self._named(request))
        except changes.Refused as refused:
            return self.problem(request, refused.reason, refused.detail, 422)
        if last is None:
            return RedirectResponse("/?said=nothing", 303)
        if last.kind == "add":
            return RedirectResponse(f"{link('document', last.document_id)}?said=undone", 303)
        kind = "blind" if last.blind else "record"
        return RedirectResponse(f"{link(kind, last.document_id, last.recommendation_id)}?said=undone", 303)

    # ---- blind double coding

    def blind(self, request: Request) -> Response:
        """The sample, what this reviewer has coded of it, and how far reviewers agree."""
        made = [c for c in corrections(self.store) if c.blind]
        by_field = {field: codes(made, field) for field in CODES}
        done = by_field["status"].get(self.reviewer(request), {})
        return self.page(
            request,
            "blind.html",
            items=queue.described(self.store, queue.sample(self.store, self.sample_size)),
            done=done,
            coders=Counter({name: len(values) for name, values in sorted(by_field["status"].items())}),
            agreements=[agreement(field, by_reviewer) for field, by_reviewer in by_field.items()],
        )

    def blind_record(self, request: Request, document_id: str, recommendation_id: str) -> Response:
        """A record without what the program made of it."""
        record = load(self.store, self.shelf, document_id, recommendation_id, blind=True)
        return self.page(request, "record.html", blind=True, **self._shown(record, 0))

    async def decide_blind(self, request: Request, document_id: str, recommendation_id: str) -> Response:
        """Store a blind decision and go to the next of the sample."""
        return await self._decide(request, document_id, recommendation_id, blind=True)

    def _act_blind(self, record: Record, form: dict[str, str], reviewer: str) -> Response:
        key = (record.document.document_id, record.recommendation.recommendation_id)
        order = queue.sample(self.store, self.sample_size)
        if form.get("decision") != "skip":
            changes.store_blind(self.store, record, form, reviewer)
        done = codes((c for c in corrections(self.store) if c.blind), "status").get(reviewer, {})
        at = order.index(key) + 1 if key in order else 0
        left = [other for other in order[at:] + order[:at] if other not in done and other != key]
        return RedirectResponse(link("blind", *left[0]) if left else "/blind?said=blind_done", 303)

    def static(self, request: Request, name: str) -> Response:
        """One of our two files."""
        if name not in STATIC:
            return self.problem(request, "no_such_record", "", 404)
        return FileResponse(HERE / name, media_type=STATIC[name], headers={"Cache-Control": "no-cache"})


CODES = {"status": STATUSES, "position": POSITIONS, "action": ACTIONS}


def link(*parts: str | int) -> str:
    """A path of this site; whatever stands in an identity is a single part of it."""
    return "/" + "/".join(quote(str(part), safe="") for part in parts)
