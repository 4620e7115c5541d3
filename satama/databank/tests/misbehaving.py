"""A web server on this machine that does what it is told, also what no server should do."""

import ssl
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Act = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """`says` holds the answers of each path in their order, the last one for all that follow;
    `asked` every request as it came."""

    def __init__(self, host: str = "127.0.0.1", certificate: Path | None = None) -> None:
        self.says: dict[str, list[Act]] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.over = threading.Event()
        self.server = ThreadingHTTPServer((host, 0), self._handler())
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # people hang up on it all the time
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        scheme = "https" if certificate else "http"
        self.url = f"{scheme}://{host}:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    def __enter__(self) -> "Site":
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def at(self, path: str, *answers: Act) -> str:
        """Teach it a path; the whole address."""
        self.says[path] = list(answers)
        return self.url + path

    def _handler(site) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                return None

            def do_HEAD(self) -> None:
                site.asked.append(f"{self.command} {self.path}")
                site.headers.append(dict(self.headers.items()))
                answers = site.says.get(self.path, [status(404)])
                (answers.pop(0) if len(answers) > 1 else answers[0])(self)

            do_GET = do_HEAD

        return Handler


def status(code: int, **headers: str) -> Act:
    """A plain answer; `retry_after=…` is the header's name."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()

    return act


def unless_get(code: int) -> Act:
    """HEAD is refused; GET is fine."""
    return lambda handler: status(200 if handler.command == "GET" else code)(handler)


def hangs_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


def says_nonsense(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"ahoy\r\n\r\n")


def slowly(site: Site) -> Act:
    """A little all the time, and never an end."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not site.over.wait(0.05):
            handler.wfile.write(b"X-Wait: a little\r\n"[:3])

    return act


def without_end(site: Site) -> Act:
    """A body that never ends, to GET alone."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        unless_get(405)(handler)
        while handler.command == "GET" and not site.over.is_set():
            handler.wfile.write(b"x" * 65536)

    return act


def certificate(folder: Path) -> Path:
    """A certificate that nobody but itself vouches for, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "satamala.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    kept = folder / "site.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    kept.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return kept
