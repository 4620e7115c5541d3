"""The doors that are ours: the first administrator, the link in a mail, the ways in that are
closed, who may pass."""

import re
from collections.abc import Callable
from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.auth import permission_denied

from . import actions, typed
from .forms import Address, FirstAdministrator
from .who import may_enter


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


@require_http_methods(["GET", "HEAD", "POST"])
def ask_link(request: HttpRequest) -> HttpResponse:
    """Mail a link that signs in. The answer is the same whether there is an account or not."""
    where = get_next_redirect_url(request) or ""
    form = Address(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "accounts/link.html", {"form": form, "next": where})
    email = form.cleaned_data["email"]
    limited = ratelimit.consume_or_429(request, action="request_login_code", key=email.lower())
    if limited is None:
        actions.mail_link(email=email, then=where)
    return limited or redirect("accounts_link_sent")


@require_safe
def link_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/link_sent.html")


@require_http_methods(["GET", "HEAD", "POST"])
def use_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows one button, because programs that guard mail open links; POST signs in."""
    try:
        if request.method == "POST":
            return actions.sign_in_by_link(request, token=token)
        actions.read_link(token)
    except actions.LinkRefused:
        return render(request, "accounts/link_refused.html", status=410)
    return render(request, "accounts/link_opened.html")


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
    """Refuse a person who signed in and may not enter; Wagtail asks the others to sign in, and what
    they had typed comes back. A role in a region lets in, and so does a group of Wagtail's."""

    @wraps(view)
    def allowed(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        user, name = request.user, request.resolver_match.view_name
        if not user.is_authenticated and (page := typed.signed_out(request)):
            return page
        if user.is_authenticated and not may_enter(user):
            return render(request, "accounts/refused.html", status=403)
        if user.is_authenticated and ADMINISTRATORS.fullmatch(name) and not user.is_superuser:
            return permission_denied(request)
        return view(request, *args, **kwargs)

    return allowed
