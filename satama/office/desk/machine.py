"""Words of a conversation by a machine: only where a region wants it, for they leave the house."""

from django.utils.translation import gettext as _

from satama.base import languages
from satama.databank.models import Region
from satama.databank.translating.machine.budget import OverBudget, give_back, spend
from satama.databank.translating.machine.drafting import NoDraft
from satama.databank.translating.machine.marks import Torn, take_apart
from satama.databank.translating.machine.service import service, translate
from satama.databank.translating.machine.wire import Refused
from satama.threads.models import Desk


def offered(region: Region, source: str, target: str) -> bool:
    """Off unless the region's desk says that visitors' words may be sent to the service."""
    wanted = Desk.objects.filter(region=region, machine=True).exists()
    easy = languages.is_easy(source) or languages.is_easy(target)
    same = languages.plain(source) == languages.plain(target)
    return bool(wanted and region.machine_budget and not (easy or same) and service())


def draft(region: Region, text: str, *, source: str, target: str) -> str:
    """The text in the other language. Raises NoDraft."""
    by, today = service(), region.today()
    if by is None or not offered(region, source, target):
        raise NoDraft(_("Drafts by a machine are not switched on here."))
    apart = take_apart(text)
    texts = [piece.marked for piece in apart.pieces]
    characters = sum(map(len, texts))
    try:
        spend(region, characters, today)
        return apart.together(iter(translate(by, texts, source, target)))
    except OverBudget as over:
        raise NoDraft(_("Of this month's characters too few are left for this text.")) from over
    except Torn as torn:
        raise NoDraft(_("The machine lost facts or links. Write it yourself.")) from torn
    except Refused as refused:
        if not refused.spent:
            give_back(region, characters, today)
        raise NoDraft(str(refused)) from refused
