"""Pictures: what is taken, what is kept of it, and how readers see it."""

import struct
import zlib
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, PngImagePlugin
from wagtail.images.models import Image as Picture
from wagtail.models import Collection

from satama.databank.models import Entry

from . import cast
from .test_drafts import PUBLISH
from .test_editing_form import faults, signed_in
from .test_staff import address, opened

pytestmark = pytest.mark.django_db

ADD = "/staff/images/add/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def administrator(db) -> Client:
    cast.region()
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("admin@satamala.example"))
    return client


def drawn(format: str = "JPEG", size: tuple[int, int] = (64, 48), **options) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, "#0f5485").save(file, format, **options)
    return file.getvalue()


def post(client: Client, content: bytes, name: str = "pier.jpg"):
    root = Collection.get_first_root_node()
    form = {"title": "Pier", "collection": root.pk, "file": SimpleUploadedFile(name, content)}
    with_sizes = {f"focal_point_{name}": "" for name in ("x", "y", "width", "height")}
    return client.post(ADD, form | with_sizes | {"tags": "", "description": "Kim, CC BY 4.0"})


def kept(media) -> list:
    return [file for file in media.rglob("*") if file.is_file()]


def content(picture: Picture) -> bytes:
    with picture.file.open() as file:
        return file.read()


def from_a_camera() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Camera of Kim"
    exif[0x0112] = 6  # held upright
    exif.get_ifd(0x8825)[2] = (63.0, 50.0, 17.0)
    return drawn(exif=exif, comment=b"at home")


def test_of_a_picture_the_pixels_are_kept_and_nothing_that_the_camera_wrote(administrator, media):
    assert post(administrator, from_a_camera(), "Kim at home.jpg").status_code == 302

    picture = Picture.objects.get()
    file = content(picture)
    held = Image.open(BytesIO(file))
    assert (picture.title, picture.description) == ("Pier", "Kim, CC BY 4.0")
    assert held.size == (picture.width, picture.height) == (48, 64)  # upright
    assert not held.getexif()
    assert b"Kim" not in file and b"home" not in file
    assert "home" not in picture.file.name


@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_other_formats_are_kept_without_their_words(administrator, format):
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "Kim")
    options = {"pnginfo": words} if format == "PNG" else {"xmp": b"<x:xmpmeta>Kim</x:xmpmeta>"}

    assert (
        post(administrator, drawn(format, **options), f"pier.{format.lower()}").status_code == 302
    )

    assert b"Kim" not in content(Picture.objects.get())


def test_what_hangs_on_behind_a_picture_is_dropped(administrator):
    post(administrator, drawn() + b"<script>alert(1)</script><?php phpinfo(); ?>")

    assert b"<" + b"script" not in content(Picture.objects.get())


def test_a_large_picture_is_kept_smaller(administrator):
    post(administrator, drawn(size=(3000, 1500)))

    picture = Picture.objects.get()
    assert (picture.width, picture.height) == (2400, 1200)


def bomb(side: int) -> bytes:
    """A few bytes that say they are a picture of side times side pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + head + rows + chunk(b"IEND", b"")


def moving() -> bytes:
    file = BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:])
    return file.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
NOT_A_PICTURE = "Upload a valid image."
NOT_TAKEN = "Not a supported image format."


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("pier.jpg", lambda: b"<!doctype html><script>alert(1)</script>", NOT_A_PICTURE),
        ("pier.jpg", lambda: b"<?php phpinfo(); ?>", NOT_A_PICTURE),
        ("pier.jpg", lambda: SVG, "extension does not match"),
        ("pier.jpg", lambda: b"GIF89a" + SVG, "extension does not match"),
        ("pier.svg", lambda: SVG, NOT_TAKEN),
        ("pier.png", lambda: drawn("JPEG"), "extension does not match"),
        ("pier.gif", lambda: drawn("GIF"), NOT_TAKEN),
        ("pier.php", lambda: drawn("JPEG"), NOT_TAKEN),
        ("pier.webp", moving, "Moving pictures are not taken."),
        ("pier.jpg", lambda: drawn(size=(400, 400), quality=95)[:1500], "This file is damaged."),
        ("pier.png", lambda: drawn("PNG", (8000, 6000)), "too many pixels"),
        ("pier.png", lambda: bomb(30_000), "pixels"),
        ("pier.png", lambda: bomb(600), "This file is damaged."),
        ("pier.jpg", lambda: drawn() + b"\0" * 10_000_001, "This file is too big"),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_what_is_no_good_picture_is_refused_and_nothing_of_it_kept(
    administrator, media, name, content, sentence
):
    answer = post(administrator, content(), name)

    assert answer.status_code == 200
    assert sentence in " ".join(faults(answer))
    assert not Picture.objects.exists()
    assert kept(media) == []


def uploaded(**fields) -> Picture:
    file = SimpleUploadedFile("a1b2.jpg", drawn(size=(1200, 600)), "image/jpeg")
    return Picture.objects.create(**{"title": "Pier", "file": file} | fields)


def pier(**fields) -> Entry:
    texts = {
        "fi": {"title": "Laituri", "alt": "Puinen laituri.", "body": "Laituri."},
        "en": {"title": "Pier", "body": "A pier."},
    }
    return cast.entry("pier", texts=texts, image=uploaded(**fields))


def shown(client: Client, language: str = "fi") -> BeautifulSoup:
    return BeautifulSoup(client.get(f"/satamala/{language}/entries/pier").content, "html.parser")


def test_readers_see_the_picture_with_its_words_its_credit_and_room_kept_for_it(client):
    pier(description="Kim, CC BY 4.0")

    figure = shown(client).select_one("figure.picture")

    image = figure.img
    assert (image["alt"], image.get("lang")) == ("Puinen laituri.", None)
    assert (image["width"], image["height"], image["loading"]) == ("960", "480", "lazy")
    assert figure.source["type"] == "image/webp"
    assert [part.split()[1] for part in figure.source["srcset"].split(", ")] == ["480w", "960w"]
    assert "Kim, CC BY 4.0" in figure.figcaption.get_text()


def test_words_of_a_picture_that_are_not_translated_are_marked_with_their_language(client):
    pier()

    image = shown(client, "en").select_one("figure.picture img")

    assert (image["alt"], image["lang"]) == ("Puinen laituri.", "fi")


def test_a_page_whose_file_is_gone_is_there_without_it(client, media):
    entry = pier()
    for file in kept(media):
        file.unlink()

    assert shown(client).select_one("h1").get_text(strip=True).replace("\u00ad", "") == "Laituri"
    assert shown(client).select_one("figure.picture") is None
    assert entry.image is not None


def test_a_picture_is_sent_for_a_week_as_what_it_is(client):
    pier()
    source = shown(client).select_one("figure.picture img")["src"]

    answer = client.get(source)

    assert answer.status_code == 200
    assert Image.open(BytesIO(answer.content)).size == (960, 480)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "public, max-age=604800, immutable"


@pytest.mark.parametrize(
    "path",
    [
        *("images/../secret-key", "images/%2e%2e/secret-key", "images/..%2fsecret-key"),
        *("images/.hidden.jpg", "images/page.html", "images/no-such.jpg", "images/", ""),
        *("images/a/b.jpg", "images//etc/passwd", "secret-key", "documents/a.pdf"),
    ],
)
def test_nothing_else_is_sent(client, media, path):
    cast.region()
    (media / "secret-key").write_text("secret")
    (media / "images").mkdir()
    for name in (".hidden.jpg", "page.html"):
        (media / "images" / name).write_text("secret")

    answer = client.get(f"/media/{path}", follow=True)

    assert answer.status_code == 404
    assert answer.content != b"secret"


def test_the_upload_itself_is_for_staff(client, administrator):
    original = f"/media/{uploaded().file.name}"

    assert client.get(original).status_code == 404
    assert administrator.get(original).status_code == 200


def test_a_picture_without_words_is_not_published(administrator):
    entry = cast.entry("pier", texts={"fi": "Laituri"})
    posted = opened(administrator, entry) | {"image": str(uploaded().pk)}

    draft = administrator.post(address(entry), posted)
    answer = administrator.post(address(entry), posted | PUBLISH)

    assert draft.status_code == 302
    assert faults(answer) == ["Say what the picture shows, or take it away."]
    assert Entry.objects.get().image is None


def test_a_picture_with_words_is_published(administrator, client):
    entry = cast.entry("pier", texts={"fi": "Laituri"})
    words = {"image": str(uploaded().pk), "texts-0-alt": "Puinen laituri."}

    administrator.post(address(entry), opened(administrator, entry) | words | PUBLISH)

    assert shown(client).select_one("figure.picture img")["alt"] == "Puinen laituri."


def test_an_editor_adds_and_chooses_pictures(db):
    editor = signed_in("editor", region=cast.region())

    assert post(editor, drawn()).status_code == 302
    assert "Pier" in editor.get("/staff/images/chooser/").content.decode()


def test_a_translator_adds_no_pictures(db, media):
    translator = signed_in("translator", region=cast.region())

    assert post(translator, drawn()).status_code in (302, 403)
    assert not Picture.objects.exists()


def test_an_editor_changes_no_picture_of_others(db):
    theirs = uploaded()
    editor = signed_in("editor", region=cast.region())

    editor.post(f"/staff/images/{theirs.pk}/delete/")

    assert Picture.objects.get() == theirs


def test_a_picture_that_a_page_shows_is_not_deleted(administrator):
    shown_one = pier().image

    administrator.post(f"/staff/images/{shown_one.pk}/delete/")

    assert Picture.objects.get() == shown_one


def test_documents_are_closed(administrator):
    for page in ("documents/", "documents/multiple/add/", "documents/1/a.pdf"):
        assert administrator.get(f"/staff/{page}").status_code == 404
    assert "/staff/documents/" not in administrator.get("/staff/").content.decode()
