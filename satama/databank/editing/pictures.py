"""Pictures that staff upload: what is taken, and how it is kept: pixels alone, nothing that a
camera wrote beside them (docs/decisions/0017)."""

import secrets
import struct
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
        except ValidationError:
            raise
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            sentence = _("This picture has too many pixels. Make it smaller first.")
        except (OSError, SyntaxError, ValueError, struct.error):
            sentence = _("This file is damaged. Save the picture again, then upload.")
        raise ValidationError(sentence)


def rewritten(file: Any) -> SimpleUploadedFile:
    """Draw the picture anew; what its file was called goes, too."""
    file.seek(0)
    with Image.open(file) as opened:
        format = opened.format or ""
        if getattr(opened, "n_frames", 1) > 1:
            raise ValidationError(_("Moving pictures are not taken. Choose one that stands."))
        opened.load()
        picture = ImageOps.exif_transpose(opened)
    clear = format != "JPEG" and picture.has_transparency_data
    picture = picture.convert("RGBA" if clear else "RGB")
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
