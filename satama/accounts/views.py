"""The doors that are ours: the first administrator, the ways in that are closed, who may pass."""

import re
from collections.abc import Callable
from functools import wraps

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.auth import permission_denied

from . import actions
from .forms import FirstAdministrator


@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def first(request: HttpRequest, token: str) -> HttpResponse:
    """Make the first administrator: the link shows the form, the form acts."""
    form = FirstAdministrator(request.POST if request.method == "POST" else None)
    try:
        actions.check_first_link(token=token)
        if not form.is_valid():
            return render(request, "accounts/first.html", {"form": form})
        user = actions.make_first_administrator(
            token=token,
            email=form.cleaned_data["email"],
            password=form.cleaned_data["password1"],
        )
    except actions.FirstLinkRefused as refusal:
        reason = {"reason": type(refusal).__name__}
        return render(request, "accounts/first_refused.html", reason, status=refusal.status)
    get_adapter(request).login(request, user)
    return redirect("wagtailadmin_home")


@require_safe
def sign_in(request: HttpRequest) -> HttpResponse:
    """Wagtail's own sign-in knows no second factor and no limit: lead to ours."""
    return redirect("account_login")


def closed(request: HttpRequest, **parts: str) -> HttpResponse:
    """A page of allauth's or Wagtail's that staff do not need."""
    raise Http404


# Pages of Wagtail's that we do not use, or that show all of a noun to whoever may see some of it.
ADMINISTRATORS = re.compile(
    "|".join(
        (
            "wagtailadmin_(api|pages|collections|workflows|reports)(:.+)",
            "wagtailadmin_(explore|choose_page|block_preview|error_test).*",
            "wagtaildocs.*",
            "wagtailsettings:.+",
        )
    )
)


def for_staff(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse a person who signed in and may not enter; Wagtail asks the others to sign in. A role
    in a region lets in, and so does a group of Wagtail's."""

    @wraps(view)
    def allowed(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        user, name = request.user, request.resolver_match.view_name
        if user.is_authenticated and not user.has_perm("wagtailadmin.access_admin"):
            return render(request, "accounts/refused.html", status=403)
        if user.is_authenticated and ADMINISTRATORS.fullmatch(name) and not user.is_superuser:
            return permission_denied(request)
        return view(request, *args, **kwargs)

    return allowed
