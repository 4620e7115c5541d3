"""The door of the Desk: advisers and coordinators, each in their regions. What is of another region
is not there for them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from wagtail.admin.auth import user_passes_test

from satama.accounts.models import User
from satama.base import languages
from satama.databank.models import Region
from satama.databank.reading import region_of, regions
from satama.databank.roles.rights import RIGHTS
from satama.databank.roles.scope import memberships, scope
from satama.threads.models import Thread

RIGHT = "threads.answer_thread"


def may_answer(user: Any) -> bool:
    return bool(scope(user, RIGHT))


def may_see_counts(user: Any) -> bool:
    return bool(scope(user, "office.view_wrongdesk"))


def may_settle(user: Any) -> bool:
    return bool(scope(user, "threads.change_desk"))


for_advisers = user_passes_test(may_answer)


def threads_of(user: Any) -> QuerySet[Thread]:
    return scope(user, RIGHT).within(Thread.objects.all())


def regions_of(user: Any, right: str = RIGHT) -> list[Region]:
    where = scope(user, right)
    return [region for region in regions().values() if where.covers(region)]


def of_thread(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of one thread, which it is given."""

    @for_advisers
    @wraps(view)
    def show(request: HttpRequest, pk: int, **named: Any) -> HttpResponse:
        near = threads_of(request.user).select_related("folder", "topic", "municipality")
        thread = get_object_or_404(near.select_related("assigned", "held_by"), pk=pk)
        thread.region = region_of(thread.region_id)
        return view(request, thread, **named)

    return show


def role_of(user: Any, region: Region) -> str:
    """As what somebody reads a thread there: a code, which its owner sees in their language."""
    held = (one for one in memberships(user) if one.region_id == region.pk)
    return next((one.role for one in held if RIGHT in RIGHTS[one.role]), "administrator")


def advisers(region: Region, also: Any = None) -> QuerySet[User]:
    """Who may answer there."""
    roles = [role for role, rights in RIGHTS.items() if RIGHT in rights]
    there = Q(memberships__region=region, memberships__role__in=roles, is_active=True)
    return User.objects.filter(there | Q(pk=also and also.pk)).distinct().order_by("email")


def own_language(region: Region) -> str:
    """The language in which staff read and write here: that of their pages."""
    return region.spoken(languages.plain(get_language() or "en"))
