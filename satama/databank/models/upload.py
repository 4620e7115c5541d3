"""Upload: a file between being shown to its sender and being applied."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils import timezone

from .region import Region

KEPT = timedelta(hours=1)


class Uploads(models.QuerySet["Upload"]):
    def keep(self, **fields: object) -> "Upload":
        """One for a person; older ones go, whoever sent them."""
        expired = models.Q(sent__lt=timezone.now() - KEPT)
        self.filter(expired | models.Q(person=fields["person"])).delete()
        return self.create(**fields)

    def referred(self, reference: str, person: object, *endings: str) -> "Upload | None":
        """The one that a reference names, for who sent it and as long as it is kept; of files whose
        names end so."""
        try:
            pk = signing.loads(reference, salt=self.model.__name__, max_age=KEPT)
        except signing.BadSignature:
            return None
        found = self.select_related("region").filter(pk=pk, person=person).first()
        return found if found and found.name.lower().endswith(endings) else None


class Upload(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    sent = models.DateTimeField(auto_now_add=True)

    objects = Uploads.as_manager()

    @property
    def reference(self) -> str:
        return signing.dumps(self.pk, salt=type(self).__name__)
