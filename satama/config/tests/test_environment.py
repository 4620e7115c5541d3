"""A setting that cannot be used stops the start with one sentence that says which."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from satama.config.database import from_url
from satama.config.environment import SETTINGS, BadSetting, Environment, content_folder

ROOT = Path(__file__).resolve().parents[3]
SAFE = {
    "SATAMA_PRODUCTION": "yes",
    "SATAMA_SECRET_KEY": "k" * 40,
    "SATAMA_URL": "https://satamala.example",
}


def refusal(act, *values) -> str:
    with pytest.raises(BadSetting) as stopped:
        act(*values)
    return str(stopped.value)


def test_everything_has_a_default_and_a_purpose():
    environment = Environment({})

    assert [s.name for s in SETTINGS if environment.text(s.name) != s.default] == []
    assert [s.name for s in SETTINGS if not s.purpose.endswith(".")] == []
    assert len({s.name for s in SETTINGS}) == len(SETTINGS)


def test_what_is_set_counts_and_blanks_do_not():
    environment = Environment({"PORT": " 9000 ", "DATA": "  ", "SATAMA_HOSTS": " a.fi ,, b.fi,"})

    assert environment.number("PORT", 1, 65535) == 9000
    assert environment.text("DATA") == "var"
    assert environment.names("SATAMA_HOSTS") == ["a.fi", "b.fi"]


@pytest.mark.parametrize("value", ["0", "65536", "-1", "80.5", "http", "8 000", "٨٠٠٠x"])
def test_a_port_is_a_number_within_bounds(value):
    environment = Environment({"PORT": value})

    assert refusal(environment.number, "PORT", 1, 65535) == (
        "PORT must be a whole number from 1 to 65535."
    )


@pytest.mark.parametrize(("value", "flag"), [("yes", True), ("YES", True), ("no", False)])
def test_a_flag_is_yes_or_no(value, flag):
    assert Environment({"SATAMA_DEBUG": value}).flag("SATAMA_DEBUG") is flag


@pytest.mark.parametrize("value", ["true", "1", "on", "ja"])
def test_a_flag_is_nothing_else(value):
    environment = Environment({"SATAMA_DEBUG": value})

    assert refusal(environment.flag, "SATAMA_DEBUG") == (
        f"SATAMA_DEBUG must be yes or no, not {value!r}."
    )


def test_a_misspelt_setting_is_told():
    bad = {"SATAMA_PRODUCTON": "yes", "SATAMA_A": "", "OTHER": "x", "PATH": "/bin"}

    assert refusal(Environment, bad) == (
        "Unknown setting SATAMA_A, SATAMA_PRODUCTON. See docs/settings.md."
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"SATAMA_DEBUG": "yes"}, "SATAMA_DEBUG may not be yes in production."),
        (
            {"SATAMA_SECRET_KEY": ""},
            "Production needs SATAMA_SECRET_KEY: at least 40 random characters.",
        ),
        (
            {"SATAMA_SECRET_KEY": "k" * 39},
            "Production needs SATAMA_SECRET_KEY: at least 40 random characters.",
        ),
        ({"SATAMA_URL": ""}, "Production needs SATAMA_URL: the public address, with https://."),
        (
            {"SATAMA_URL": "http://satamala.example"},
            "Production needs SATAMA_URL: the public address, with https://.",
        ),
    ],
)
def test_production_refuses_what_is_unsafe(change, sentence):
    assert refusal(Environment(SAFE | change).refuse_unsafe) == sentence


def test_production_starts_when_safe_and_a_laptop_needs_nothing():
    Environment(SAFE).refuse_unsafe()
    Environment({}).refuse_unsafe()


@pytest.mark.parametrize(
    "url",
    [
        "mysql://a:b@c/d",
        "postgresql://host",
        "postgresql://host/",
        "satamala",
        "",
        "postgresql://host:port/name",
    ],
)
def test_a_database_is_postgresql_with_a_name(url):
    assert refusal(from_url, url) == (
        "DATABASE_URL must be postgresql://user:password@host:port/name."
    )


def test_a_database_address_is_read():
    found = from_url("postgresql://ad%40min:p%2Fw@db.example:5433/welcome?sslmode=require")

    assert {name: found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "welcome",
        "USER": "ad@min",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "5433",
    }
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_a_database_may_be_a_socket():
    found = from_url("postgresql://postgres:@/postgres?host=/srv/satama/postgres")

    assert (found["HOST"], found["PORT"], found["OPTIONS"]) == ("/srv/satama/postgres", "", {})


def test_the_content_is_where_it_is_set_or_beside_the_code(tmp_path):
    assert content_folder(str(tmp_path)) == tmp_path
    assert content_folder("") == ROOT / "content"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SATAMA_WORKERS", "many", "SATAMA_WORKERS must be a whole number from 1 to 64."),
        ("SATAMA_PRODUCTION", "ja", "SATAMA_PRODUCTION must be yes or no, not 'ja'."),
        ("SATAMA_COLOUR", "blue", "Unknown setting SATAMA_COLOUR. See docs/settings.md."),
        (
            "DATABASE_URL",
            "sqlite:///x",
            "DATABASE_URL must be postgresql://user:password@host:port/name.",
        ),
        (
            "SATAMA_MAIL_URL",
            "mail.example.org",
            "SATAMA_MAIL_URL must begin with smtp:// and name a host.",
        ),
        (
            "SATAMA_MAIL_URL",
            "smtp://mail.example.org:x",
            "SATAMA_MAIL_URL must begin with smtp:// and name a host.",
        ),
        (
            "SATAMA_URL",
            "mykokkola.fi",
            "SATAMA_URL must begin with http:// or https:// and name a host.",
        ),
        (
            "SATAMA_CONTENT",
            "/no/such/folder",
            "SATAMA_CONTENT is /no/such/folder: there is no such folder.",
        ),
    ],
)
def test_the_start_ends_with_one_sentence_and_no_traceback(tmp_path, name, value, sentence):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SATAMA_", "DJANGO_"))}
    never = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing", "DATA": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "-c", "import satama.config.settings"],
        env={**kept, **never, name: value},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert (done.returncode, done.stderr.strip()) == (1, sentence)


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, ("", "")),
        (
            {"SATAMA_TRANSLATOR": "libretranslate+http://127.0.0.1:5000"},
            ("libretranslate+http://127.0.0.1:5000", ""),
        ),
        (
            {"SATAMA_TRANSLATOR": "deepl+https://deepl.example", "SATAMA_TRANSLATOR_KEY": "k:fx"},
            ("deepl+https://deepl.example", "k:fx"),
        ),
    ],
)
def test_a_translation_service_is_named_with_its_protocol(values, found):
    assert Environment(values).translator() == found


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"SATAMA_TRANSLATOR": "https://deepl.example"},
            "SATAMA_TRANSLATOR must begin with libretranslate+https:// or "
            "libretranslate+http:// or deepl+https:// and name a host.",
        ),
        (
            {"SATAMA_TRANSLATOR": "deepl+https://deepl.example"},
            "SATAMA_TRANSLATOR is DeepL, which needs SATAMA_TRANSLATOR_KEY.",
        ),
        (
            {"SATAMA_TRANSLATOR_KEY": "two\nlines"},
            "SATAMA_TRANSLATOR_KEY has characters that no key has.",
        ),
    ],
)
def test_a_translation_service_that_cannot_work_is_refused(values, sentence):
    assert refusal(Environment(values).translator) == sentence
