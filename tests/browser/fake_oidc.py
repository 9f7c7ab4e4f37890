"""An OpenID Connect provider on loopback that lets in whoever one claims to be, for tests of signing in."""

import html
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

PEOPLE = {"ann": "ann@example.com", "bob": "bob@example.com", "eve": "eve@example.org"}
CLIENT = "rolemap"


class FakeProvider:
    """The provider; `address` is its issuer."""

    def __init__(self) -> None:
        from joserfc.jwk import RSAKey  # type: ignore[import-not-found,unused-ignore]

        self._key = RSAKey.generate_key(2048, {"use": "sig", "kid": "test"})
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                url = urlsplit(self.path)
                self._answer(*provider.get(url.path, {k: v[0] for k, v in parse_qs(url.query).items()}))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                self._answer("application/json", provider.token(parse_qs(body)["code"][0]))

            def _answer(self, kind: str, text: str) -> None:
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_: object) -> None:
                """Stay silent."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def get(self, path: str, query: dict[str, str]) -> tuple[str, str]:
        """Return the kind and text of an answer: the provider's description, its keys, or the choice of who one is."""
        if path == "/authorize":
            links = [
                f'<a href="{html.escape(self._back(query, name))}">{html.escape(name.capitalize())}</a>'
                for name in PEOPLE
            ]
            return "text/html", "<title>Who are you?</title>" + " ".join(links)
        if path == "/keys":
            return "application/json", json.dumps({"keys": [self._key.as_dict(private=False)]})
        ends = {"authorization": "authorize", "token": "token"}
        described: dict[str, Any] = {f"{name}_endpoint": f"{self.address}/{end}" for name, end in ends.items()}
        described |= {"issuer": self.address, "jwks_uri": f"{self.address}/keys", "response_types_supported": ["code"]}
        described |= {"id_token_signing_alg_values_supported": ["RS256"], "subject_types_supported": ["public"]}
        return "application/json", json.dumps(described)

    @staticmethod
    def _back(query: dict[str, str], name: str) -> str:
        answer = {"code": f"{name}.{query.get('nonce', '')}", "state": query["state"]}
        return f"{query['redirect_uri']}?{urlencode(answer)}"

    def token(self, code: str) -> str:
        """Return the tokens for a code: who it is, signed."""
        from joserfc import jwt  # type: ignore[import-not-found,unused-ignore]

        name, nonce = code.split(".", 1)
        now = int(time.time())
        claims = {"iss": self.address, "sub": f"id-of-{name}", "aud": CLIENT, "iat": now, "exp": now + 600}
        claims |= {"nonce": nonce, "email": PEOPLE[name], "email_verified": True, "name": name.capitalize()}
        signed = jwt.encode({"alg": "RS256", "kid": "test"}, claims, self._key)
        return json.dumps({"access_token": "x", "token_type": "Bearer", "expires_in": 600, "id_token": signed})

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
