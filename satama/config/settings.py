"""All settings in one file, read from the environment (docs/settings.md lists them)."""

import os
import secrets
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .database import from_url, start_embedded
from .environment import Environment, content_folder

environment = Environment()
environment.refuse_unsafe()

PACKAGE = Path(__file__).resolve().parents[1]
DATA = Path(environment.text("DATA")).expanduser().resolve()
PORT = environment.number("PORT", 1, 65535)
ADDRESS = environment.text("SATAMA_ADDRESS")
WORKERS = environment.number("SATAMA_WORKERS", 1, 64)
PRODUCTION = environment.flag("SATAMA_PRODUCTION")
DEBUG = environment.flag("SATAMA_DEBUG")
INDEX_FOLDER: Path | None = DATA / "index"  # of search; None keeps it in memory
CONTENT = content_folder(environment.text("SATAMA_CONTENT"))
REGION = environment.text("SATAMA_REGION")
PUBLIC_URL = environment.address("SATAMA_URL", "http", "https").rstrip("/")
PUBLIC_URL = PUBLIC_URL or f"http://127.0.0.1:{PORT}"

LANGUAGE_CODE = "en"
# Our words, and those that a region brings for languages of its own (docs/languages.md).
LOCALE_PATHS = [PACKAGE / "locale", CONTENT / "locale"]
_SPOKEN = {file.parts[-3] for path in LOCALE_PATHS for file in path.glob("*/LC_MESSAGES/*.po")}
LANGUAGES = [(code.replace("_", "-"), code) for code in sorted({*_SPOKEN, LANGUAGE_CODE})]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Helsinki"


def _secret_key() -> str:
    """The key from the environment, or our own, made once and kept in the data folder."""
    given = environment.text("SATAMA_SECRET_KEY")
    if given:
        return given
    kept = DATA / "secret-key"
    if not kept.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return kept.read_text()


SECRET_KEY = _secret_key()
KEYS = environment.keys("SATAMA_KEYS") or [SECRET_KEY]
DATABASE_URL = environment.text("DATABASE_URL") or start_embedded(DATA / "postgres").get_uri()
DATABASES = {"default": from_url(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOMS = ["finder", "api", "office", "threads", "databank", "accounts", "web", "base"]
INSTALLED_APPS = [
    *(f"satama.{room}" for room in ROOMS),
    "wagtail.contrib.settings",
    "wagtail.snippets",
    "satama.accounts.apps.WagtailUsers",
    "wagtail.images",
    "wagtail.documents",  # Wagtail's forms ask for it; its pages are closed (accounts.urls)
    "wagtail.search",  # of pictures
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "satama.web.security.headers",
    "satama.api.middleware.answers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "satama.accounts.middleware.staff",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "satama.config.urls"
WSGI_APPLICATION = "satama.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "satama.databank.roles.backend.Roles",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/staff/"
PARTNERS_URL = "/partner"  # leads on to the pages of their own organisation
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_ADAPTER = "satama.accounts.adapter.StaffAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Satama: "
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to people who have nothing to do with us
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False  # signed in until the browser closes, or for SESSION_COOKIE_AGE
# Five wrong passwords for one address; more from one network, which an office shares.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "20/5m/ip,5/5m/key",
    "login": "30/m/ip",
    "request_login_code": "20/5m/ip,5/5m/key",  # links by mail
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Satama"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an administrator vouches for the address

WAGTAIL_SITE_NAME = "Satama"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False  # an administrator changes an address, see accounts
WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", "English"), ("fi", "Suomi"), ("sv", "Svenska")]
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILIMAGES_IMAGE_FORM_BASE = "satama.databank.editing.pictures.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10_000_000
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_JPEG_QUALITY, WAGTAILIMAGES_WEBP_QUALITY = 75, 70
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # what is promised is promised in local time

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Compressed on the way out by the page cache, so there is one place for it.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    if not DEBUG
    else {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600
WHITENOISE_USE_FINDERS = DEBUG

_host = urlsplit(PUBLIC_URL).hostname or "127.0.0.1"
ALLOWED_HOSTS = [_host, *environment.names("SATAMA_HOSTS")]
if not PRODUCTION:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SECURE = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # until the browser closes: nothing of ours stays on a borrowed phone
CSRF_FAILURE_VIEW = "satama.databank.views.errors.forged"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
# A visitor's words never reach a log: pages are asked for by GET, so addresses are not logged
# either.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("SATAMA_PROXIES", 0, 9)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# Sign-in attempts are counted in the database, so that every process sees the same count.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "web_cache"}
}
_mail = urlsplit(environment.address("SATAMA_MAIL_URL", "smtp"))
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _mail.hostname else 'console'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "", _mail.port or 587
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_TLS = bool(_mail.hostname) and EMAIL_PORT == 587
EMAIL_TIMEOUT = 60
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.text("SATAMA_MAIL_FROM")

# What `satama work` does again and again, beside sending mail; the first time when it starts.
JOBS = {
    "publish_scheduled": timedelta(minutes=1),
    "forget-asked": timedelta(days=1),
    "measure-coverage": timedelta(days=1),
    "forget-reach": timedelta(days=1),
    "forget": timedelta(hours=1),
    "clearsessions": timedelta(hours=1),
}
if PRODUCTION:  # nobody's laptop asks other people's servers, or writes to people
    JOBS |= {"check-links": timedelta(hours=1), "ask-keepers": timedelta(days=1)}

LINK_PAUSE = timedelta(seconds=environment.number("SATAMA_LINK_PAUSE", 1, 60))
TRANSLATOR, TRANSLATOR_KEY = environment.translator()
LINKS_MAY_BE_LOOPBACK = False  # True in tests alone: the own network is never asked

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"no_address": {"()": "satama.web.security.WithoutAddress"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["no_address"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"satama": {"level": "INFO"}, "django.security.DisallowedHost": {"level": "ERROR"}},
}
