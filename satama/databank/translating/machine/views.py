"""A draft by a machine in the desk's form: words to read, that nobody has saved yet."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.auth import user_passes_test

from satama.databank.models import Entry

from ..forms import TextForm
from ..views import ONE, may_translate, pair, query, show
from . import drafting

DRAFT = "translating_draft"


@require_POST
@user_passes_test(may_translate)
def draft(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Shows the desk with a machine's words in its fields. They cost characters: never by GET."""
    entry = get_object_or_404(Entry.objects.select_related("region"), pk=pk)
    if not request.user.has_perm("databank.change_text", entry):
        raise PermissionDenied
    source, text = pair(entry, language)
    try:
        made = drafting.draft(source, language)
    except drafting.NoDraft as error:
        messages.error(request, str(error))
        return redirect(reverse(ONE, args=[pk, language]) + query(request))
    form = TextForm(None, text=text, source=source, drafted=made.words)
    if lost := ", ".join(str(form.fields[name].label) for name in made.torn):
        told = _("The machine lost facts or links here; write these yourself: %(fields)s.")
        messages.warning(request, told % {"fields": lost})
    return show(request, form)
