"""The last resort: a page that needs neither database nor templates to be right."""

from django.http import HttpRequest, HttpResponse
from django.template import loader

from satama.base import languages

WORDS = {
    "fi": ("Jokin meni rikki", "Vika on meillä. Yritä hetken päästä uudelleen."),
    "sv": ("Något gick sönder", "Felet är vårt. Försök igen om en stund."),
    "en": ("Something broke", "The fault is ours. Please try again in a moment."),
    "uk": ("Щось зламалося", "Це наша помилка. Спробуйте ще раз за хвилину."),
    "ru": ("Что-то сломалось", "Это наша ошибка. Попробуйте ещё раз через минуту."),
    "ar": ("حدث عطل ما", "الخطأ من جانبنا. حاول مرة أخرى بعد قليل."),
}


def broken(request: HttpRequest) -> HttpResponse:
    """500 in the language of the address. The database may be gone, so the words are here."""
    asked = [*request.path.strip("/").split("/", 2), ""][1]
    language = asked if asked in WORDS else "en"
    title, text = WORDS[language]
    page = loader.render_to_string(
        "web/500.html",
        {"language": language, "dir": languages.direction(language), "title": title, "text": text},
    )
    return HttpResponse(page, status=500, headers={"Cache-Control": "no-store"})
