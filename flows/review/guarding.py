"""Who may use the page: requests for this machine only, or with the token; forms only from our own pages."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
import secrets
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

COOKIE = "opvolging_token"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Guard:
    """Middleware. Without a token only requests that name a loopback host pass, so that no other site's name can
    be pointed at this machine; with one, only requests that bring it (as ?token=… once, then as a cookie)."""

    def __init__(self, token: str = "") -> None:
        self.token = token
        self.form_key = secrets.token_urlsafe(24)  # goes into every form of ours; other sites cannot read it
        self._proof = hashlib.sha256(f"opvolging\0{token}".encode()).hexdigest()

    async def __call__(self, request: Request, call_next) -> Response:
        """Answer or refuse one request."""
        refused = self._refusal(request)
        response = refused or await call_next(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    def _refusal(self, request: Request) -> Response | None:
        if self.token:
            if given := parse_qs(request.url.query).get("token"):
                return self._let_in(request, given[0])
            if not self._has_proof(request):
                return _no(401, "This page asks for a token: open the address that `opvolging review` printed.")
        elif not is_loopback(_named_host(request)):
            return _no(421, "Open this page as 127.0.0.1 or localhost.")
        if request.method not in ("GET", "HEAD") and not _from_here(request):
            return _no(403, "This form was sent from another site.")
        return None

    def _let_in(self, request: Request, given: str) -> Response:
        if not hmac.compare_digest(given.encode(), self.token.encode()):
            return _no(401, "This is not the token.")
        response = RedirectResponse(request.url.path, 303)
        response.set_cookie(COOKIE, self._proof, httponly=True, samesite="strict", secure=request.url.scheme == "https")
        return response

    def _has_proof(self, request: Request) -> bool:
        cookie = SimpleCookie(request.headers.get("cookie", "")).get(COOKIE)
        return bool(cookie) and hmac.compare_digest(cookie.value.encode(), self._proof.encode())

    def accepts(self, form_key: str) -> bool:
        """Whether a form carries the key of this server."""
        return hmac.compare_digest(form_key.encode(), self.form_key.encode())


def _named_host(request: Request) -> str:
    """The host that the browser thinks it talks to, without its port; '' when it names none that makes sense."""
    match = re.fullmatch(
        r"\[([0-9a-fA-F:.]+)\](?::\d{1,5})?|([A-Za-z0-9.-]+)(?::\d{1,5})?", request.headers.get("host", "")
    )
    return (match[1] or match[2]) if match else ""


def _from_here(request: Request) -> bool:
    """Browsers say from which site a form comes; one that says nothing is checked by the form's key alone."""
    origin = request.headers.get("origin")
    if origin and origin != "null":
        return urlsplit(origin).netloc == request.headers.get("host", "")
    return origin is None and request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


def _no(status: int, text: str) -> Response:
    return PlainTextResponse(text + "\n", status)
