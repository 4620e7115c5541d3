"""Staff users: an e-mail address and a way to prove it. Visitors have no accounts; they may have a
folder."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from satama.base.secret import SecretText


class Users(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(_("e-mail"), unique=True)
    # Wagtail shows these; a role ("Adviser, Welcome Office") serves as well as a name.
    first_name = models.CharField(_("first name or role"), max_length=150, blank=True)
    last_name = models.CharField(_("last name"), max_length=150, blank=True)
    language = models.CharField(
        _("language of our mails"), max_length=12, blank=True, help_text=_("Empty: the region's.")
    )
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = Users()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once_whatever_its_case"),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name or self.email


class Folder(models.Model):
    """A visitor's own pocket: what hangs on it goes with it. Days, never times: when somebody was
    here is nobody's business. `key`: the keyed hash of its code, `word`: the number of its check
    word; `keep`: the days it lives without being used, `until`: the last of them."""

    key = models.CharField(max_length=64, unique=True)
    word = models.PositiveSmallIntegerField()
    keep = models.PositiveSmallIntegerField(default=90)
    until = models.DateField()
    saved = models.BooleanField(default=False)
    language = models.CharField(max_length=12)
    email = SecretText(blank=True)
    email_proved = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(key__regex="^[0-9a-f]{64}$"), name="folder_key_is_a_hash"
            ),
            models.CheckConstraint(
                condition=models.Q(keep__gte=1, keep__lte=400), name="folder_is_kept_for_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"Folder {self.pk}"
