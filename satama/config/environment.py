"""Settings from the environment, each read once, each documented; a bad value stops the start with
one sentence."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit


class BadSetting(SystemExit):
    """A setting that cannot be used; the message says which, and what to do."""


@dataclass(frozen=True)
class Setting:
    """One row of docs/settings.md: its name, what it is when unset, and what it is for."""

    name: str
    default: str
    purpose: str


SETTINGS = (
    Setting("PORT", "8000", "The port that the server listens on."),
    Setting("DATA", "var", "The folder for the embedded database, media and the secret key."),
    Setting("DATABASE_URL", "", "postgresql://… of your own PostgreSQL; unset, one runs in DATA."),
    Setting("SATAMA_PRODUCTION", "no", "yes: refuse to start with anything unsafe."),
    Setting("SATAMA_DEBUG", "no", "yes: show errors in the browser. Never in production."),
    Setting("SATAMA_SECRET_KEY", "", "At least 40 random characters. Unset, one is made in DATA."),
    Setting(
        "SATAMA_KEYS", "", "Keys of what is secret at rest, with commas between; first in use."
    ),
    Setting("SATAMA_URL", "", "The public address, such as https://mykokkola.fi."),
    Setting("SATAMA_HOSTS", "", "More host names to answer to, with commas between."),
    Setting("SATAMA_ADDRESS", "127.0.0.1", "The network address that the server listens on."),
    Setting("SATAMA_PROXIES", "0", "How many proxies of your own stand before Satama."),
    Setting("SATAMA_WORKERS", "1", "Server processes. One for each core is usual."),
    Setting("SATAMA_WORK", "yes", "no: `serve` leaves mail and other work to `satama work`."),
    Setting("SATAMA_REGION", "kokkola", "The region that the bare address leads to."),
    Setting("SATAMA_CONTENT", "", "The folder of content packs; unset, the ones we ship."),
    Setting("SATAMA_MAIL_URL", "", "smtp://user:password@host:587 for staff mail; unset, printed."),
    Setting("SATAMA_MAIL_FROM", "satama@localhost", "The sender of staff mail."),
    Setting("SATAMA_LINK_PAUSE", "5", "Seconds between two questions to one host about links."),
    Setting("SATAMA_TRANSLATOR", "", "A service for drafts of translations; unset, there is none."),
    Setting("SATAMA_TRANSLATOR_KEY", "", "The key that the translation service gave you."),
)


@dataclass(frozen=True)
class Environment:
    """The environment, checked. `values` holds what was set; everything else is its default."""

    values: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))

    def __post_init__(self) -> None:
        known = {setting.name for setting in SETTINGS}
        unknown = sorted(n for n in self.values if n.startswith("SATAMA_") and n not in known)
        if unknown:
            raise BadSetting(f"Unknown setting {', '.join(unknown)}. See docs/settings.md.")

    def text(self, name: str) -> str:
        default = next(setting.default for setting in SETTINGS if setting.name == name)
        return self.values.get(name, "").strip() or default

    def flag(self, name: str) -> bool:
        value = self.text(name).lower()
        if value not in {"yes", "no"}:
            raise BadSetting(f"{name} must be yes or no, not {value!r}.")
        return value == "yes"

    def number(self, name: str, lowest: int, highest: int) -> int:
        value = self.text(name)
        if not value.isdigit() or not lowest <= int(value) <= highest:
            raise BadSetting(f"{name} must be a whole number from {lowest} to {highest}.")
        return int(value)

    def address(self, name: str, *schemes: str) -> str:
        """A web or mail address, or nothing."""
        value = self.text(name)
        try:
            parts = urlsplit(value)
            known = parts.scheme in schemes and parts.hostname and parts.port != 0
        except ValueError:  # a port that is no number
            known = False
        if value and not known:
            begins = " or ".join(f"{scheme}://" for scheme in schemes)
            raise BadSetting(f"{name} must begin with {begins} and name a host.")
        return value

    def translator(self) -> tuple[str, str]:
        """The service that drafts translations, and its key; both empty when there is none."""
        schemes = ("libretranslate+https", "libretranslate+http", "deepl+https")
        address = self.address("SATAMA_TRANSLATOR", *schemes)
        key = self.text("SATAMA_TRANSLATOR_KEY")
        if not (key.isascii() and key.isprintable()) or " " in key:
            raise BadSetting("SATAMA_TRANSLATOR_KEY has characters that no key has.")
        if address.startswith("deepl+") and not key:
            raise BadSetting("SATAMA_TRANSLATOR is DeepL, which needs SATAMA_TRANSLATOR_KEY.")
        return address, key

    def names(self, name: str) -> list[str]:
        return [part.strip() for part in self.text(name).split(",") if part.strip()]

    def keys(self, name: str) -> list[str]:
        """Each long enough; the message does not repeat them."""
        keys = self.names(name)
        if any(len(key) < 40 for key in keys):
            raise BadSetting(f"{name} must hold keys of at least 40 random characters each.")
        return keys

    def refuse_unsafe(self) -> None:
        """Stop a production start that would be unsafe."""
        if not self.flag("SATAMA_PRODUCTION"):
            return
        if self.flag("SATAMA_DEBUG"):
            raise BadSetting("SATAMA_DEBUG may not be yes in production.")
        if len(self.text("SATAMA_SECRET_KEY")) < 40:
            raise BadSetting("Production needs SATAMA_SECRET_KEY: at least 40 random characters.")
        if not self.text("SATAMA_URL").startswith("https://"):
            raise BadSetting("Production needs SATAMA_URL: the public address, with https://.")


def content_folder(chosen: str) -> Path:
    """Where the content packs are: as set, beside the code, or where the wheel put them."""
    import sys

    if chosen and not Path(chosen).is_dir():
        raise BadSetting(f"SATAMA_CONTENT is {chosen}: there is no such folder.")
    beside = Path(__file__).resolve().parents[2] / "content"
    installed = Path(sys.prefix) / "share" / "satama" / "content"
    return Path(chosen) if chosen else beside if beside.is_dir() else installed
