"""Member: what a person may do in a region or for an organisation (docs/roles.md)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .organisation import Organisation
from .region import Region

REGION_ROLES = {
    "translator": _("Translator"),
    "adviser": _("Adviser"),
    "editor": _("Editor"),
    "coordinator": _("Coordinator"),
}
ORGANISATION_ROLES = {"writer": _("Writer"), "owner": _("Owner")}
ROLES = REGION_ROLES | ORGANISATION_ROLES


class Member(models.Model):
    """A role of a person: of several in a region, one for an organisation."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="memberships",
        verbose_name=_("person"),
    )
    region = models.ForeignKey(
        Region,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("region"),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("organisation"),
    )
    role = models.CharField(max_length=12, choices=list(ROLES.items()), verbose_name=_("role"))
    since = models.DateField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=list(REGION_ROLES), region__isnull=False, organisation=None)
                | Q(role__in=list(ORGANISATION_ROLES), region=None, organisation__isnull=False),
                name="member_of_a_region_or_an_organisation",
                violation_error_message=_(
                    "Translators, advisers, editors and coordinators belong to a region; writers"
                    " and owners to an organisation. Choose one of the two."
                ),
            ),
            models.UniqueConstraint(
                fields=["user", "region", "role"], name="member_of_a_region_once_in_a_role"
            ),
            models.UniqueConstraint(
                fields=["user", "organisation"], name="member_of_an_organisation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.region or self.organisation}"
