"""To another organisation: a mail with a link that lives two weeks, and no word of what was said.
Behind it they press a button: then they have it, and read what the person agreed to."""

from django.core.signing import BadSignature, TimestampSigner

from satama.databank import shelf
from satama.databank.models import Organisation, Region
from satama.databank.reading import reader_in
from satama.threads.models import HandOver

from .. import notices

DAYS = 14
_signer = TimestampSigner(salt="office.handed", sep=".")


def address_of(organisation: Organisation, region: Region) -> str:
    """Where it reads mail today, if it says so."""
    fact, reader = organisation.email, reader_in(region, "")
    known = shelf.known_facts(reader, [fact.key]) if fact else {}
    return next((str(shown.value or "") for shown in known.values()), "")


def send(given: HandOver) -> bool:
    """Whether a mail goes; else somebody calls them."""
    address = address_of(given.to, given.thread.region)
    if address:
        notices.handed(given, address, _signer.sign(str(given.pk)), DAYS)
    return bool(address)


def opened(token: str, region: Region) -> HandOver | None:
    """What a link is about; None: too old, not of ours, or erased meanwhile."""
    try:
        pk = int(_signer.unsign(token, max_age=DAYS * 24 * 60 * 60))
    except (BadSignature, ValueError):
        return None
    agreed = HandOver.objects.filter(pk=pk, thread__region=region, consented__isnull=False)
    return agreed.select_related("to", "thread").first()
