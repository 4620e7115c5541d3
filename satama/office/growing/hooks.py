"""Its address; and that who asked is told when an entry goes public."""

from typing import Any

from django.dispatch import receiver
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.signals import published

from satama.accounts import typed
from satama.databank.models import Entry

from . import actions, views
from .forms import GrowForm

typed.FORMS[views.GROW] = lambda **_: GrowForm


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [path("desk/<int:pk>/entry/new/", views.grow, name=views.GROW)]


@receiver(published, sender=Entry)
def is_public(instance: Entry, **_more: Any) -> None:
    actions.tell(instance)
