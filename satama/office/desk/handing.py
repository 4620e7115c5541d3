"""To another organisation: a mail with a link that lives two weeks, and no word of what was said.
Behind it they press a button: then they have it, and read what the person agreed to."""

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from satama.accounts.folders.actions import about
from satama.base import languages, mail
from satama.databank import shelf
from satama.databank.models import Organisation, Region
from satama.databank.reading import reader_in
from satama.threads.models import HandOver

DAYS = 14
_signer = TimestampSigner(salt="office.handed", sep=".")


def address_of(organisation: Organisation, region: Region) -> str:
    """Where it reads mail today, if it says so."""
    fact, reader = organisation.email, reader_in(region, "")
    known = shelf.known_facts(reader, [fact.key]) if fact else {}
    return next((str(shown.value or "") for shown in known.values()), "")


def send(given: HandOver) -> bool:
    """Whether a mail goes; else somebody calls them."""
    thread, region = given.thread, given.thread.region
    address = address_of(given.to, region)
    if not address:
        return False
    reader = reader_in(region, "")
    with translation.override(languages.plain(reader.language)):
        words = {
            "service": str(reader.say(region.names)),
            "address": f"{settings.PUBLIC_URL}{reader.base}handed/{_signer.sign(str(given.pk))}",
            "language": reader.language,
            "direction": languages.direction(reader.language),
            "days": DAYS,
        }
        mail.send(
            to=address,
            subject=_("%(service)s hands a matter over to you") % words,
            text=render_to_string("office/mail/handed.txt", words),
            html=render_to_string("office/mail/handed.html", words),
            about=about(thread.folder) if thread.folder else f"thread-{thread.pk}",
        )
    return True


def opened(token: str, region: Region) -> HandOver | None:
    """What a link is about; None: too old, not of ours, or erased meanwhile."""
    try:
        pk = int(_signer.unsign(token, max_age=DAYS * 24 * 60 * 60))
    except (BadSignature, ValueError):
        return None
    agreed = HandOver.objects.filter(pk=pk, thread__region=region, consented__isnull=False)
    return agreed.select_related("to", "thread").first()
