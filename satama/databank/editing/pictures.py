"""Pictures that staff upload: what is taken, and how it is kept: pixels alone, nothing that a
camera wrote beside them (docs/decisions/0017)."""

import secrets
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

LARGEST = 2400  # pixels of the longer side that are kept: the page shows less
SUFFIXES = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}


class PictureField(WagtailImageField):
    """A picture with another name and nothing but its pixels: no place, no camera, no hidden
    rest."""

    def to_python(self, data: Any) -> Any:
        try:
            taken = super().to_python(data)
            return taken and rewritten(taken)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise ValidationError(
                _("This picture has too many pixels. Make it smaller first.")
            ) from None


def rewritten(file: Any) -> SimpleUploadedFile:
    """Draw the picture anew; its place in the file's name goes, too."""
    file.seek(0)
    try:
        with Image.open(file) as opened:
            format = opened.format or ""
            if getattr(opened, "n_frames", 1) > 1:
                raise ValidationError(_("Moving pictures are not taken. Choose one that stands."))
            opened.load()
            picture = ImageOps.exif_transpose(opened)
    except (OSError, SyntaxError, ValueError) as fault:
        if isinstance(fault, ValidationError):
            raise
        raise ValidationError(
            _("This file is damaged. Save the picture again, then upload.")
        ) from None
    picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    if format == "JPEG":
        picture = picture.convert("RGB")
    picture.info = {}  # comments and profiles would be written again
    picture.thumbnail((LARGEST, LARGEST))
    kept = BytesIO()
    picture.save(kept, format, quality=90, optimize=True)
    name = f"{secrets.token_hex(8)}.{SUFFIXES[format]}"
    return SimpleUploadedFile(name, kept.getvalue(), Image.MIME[format])


class PictureForm(BaseImageForm):
    """Wagtail's description is the credit: what a picture shows is said in each text."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if old := self.fields.get("file"):
            field = PictureField(label=old.label, required=old.required, widget=old.widget)
            self.fields["file"] = field
        if credit := self.fields.get("description"):
            credit.label = _("Credit")
            credit.help_text = _("Who made it and its licence. Readers see it below the picture.")
