"""Words of a conversation by a machine: only where a region wants it, for they leave the house."""

from django.utils.translation import gettext as _

from satama.base import languages
from satama.databank.models import Region
from satama.databank.translating.machine.drafting import NOT_ON, NoDraft, bought
from satama.databank.translating.machine.marks import Torn, take_apart
from satama.databank.translating.machine.service import service
from satama.threads.models import Desk


def offered(region: Region, source: str, target: str) -> bool:
    """Off unless the region's desk says that visitors' words may be sent to the service."""
    wanted = Desk.objects.filter(region=region, machine=True).exists()
    easy = languages.is_easy(source) or languages.is_easy(target)
    same = languages.plain(source) == languages.plain(target)
    return bool(wanted and region.machine_budget and not (easy or same) and service())


def draft(region: Region, text: str, *, source: str, target: str) -> str:
    """The text in the other language. Raises NoDraft."""
    if not offered(region, source, target):
        raise NoDraft(NOT_ON)
    apart = take_apart(text)
    said = bought(region, [piece.marked for piece in apart.pieces], source, target)
    try:
        return apart.together(iter(said))
    except Torn as torn:
        raise NoDraft(_("The machine lost facts or links. Write it yourself.")) from torn
