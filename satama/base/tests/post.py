"""A post office of our own: a real SMTP server that can refuse, drop the line, or die."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller


class Post:
    """What arrived, and how it answers: by the local part of the recipient's address."""

    def __init__(self) -> None:
        self.arrived: list[EmailMessage] = []
        self.moods: dict[str, list[str]] = {}

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = self._next(f"rcpt {address}")
        if answer == "250":
            envelope.rcpt_tos.append(address)
        return f"{answer} said of {address}"

    async def handle_DATA(self, server, session, envelope):
        for address in envelope.rcpt_tos:
            answer = self._next(f"data {address}")
            if answer == "drop":
                server.transport.abort()
                return "421 dropped"
            if answer != "250":
                return f"{answer} said of the words"
            self.arrived.append(message_from_bytes(envelope.content, policy=default))
            if answer == "250" and self._next(f"after {address}") == "drop":
                server.transport.abort()
        return "250 taken"

    def _next(self, at: str) -> str:
        """The next answer that a test wants; when none is left, yes."""
        return self.moods[at].pop(0) if self.moods.get(at) else "250"


class Office(Controller):
    """Any free port; the loop runs in a thread of its own."""

    def __init__(self, post: Post) -> None:
        super().__init__(post, hostname="127.0.0.1", port=0)

    def _trigger_server(self) -> None:
        """The port is known once the server listens."""
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()
