"""The form of an entry, the words first; what its kind has no use for is hidden."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)

from .fields import Marked, Ticked
from .kinds import UNUSED, without

SOURCE = MultiFieldPanel(
    [
        FieldPanel("source"),
        FieldRowPanel([FieldPanel("source_date"), FieldPanel("checked")]),
        FieldPanel("confirmed"),
    ],
    _("Where we have it from"),
)
DATES = FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")], _("When it holds"))
KEPT = MultiFieldPanel([FieldPanel("keeper"), FieldPanel("review_days")], _("Who keeps it true"))


def needed(field: str) -> FieldPanel:
    """A field without which there is no row, not even a draft: Wagtail lets words wait until one
    publishes, and the database does not."""
    return FieldPanel(field, required_on_save=True)


class _OfKind:
    """Hidden when the kind has no use for it and there is nothing in it. The script does the same
    when the kind is changed."""

    panel: Any
    form: Any

    def _held(self) -> bool:
        raise NotImplementedError

    @property
    def attrs(self) -> dict[str, Any]:
        field = getattr(self.panel, "field_name", "") or self.panel.relation_name
        kinds = without(field)
        if not kinds:
            return dict(self.panel.attrs)
        unused = field in UNUSED.get(getattr(self.form, "kind", ""), ())
        hidden = unused and not self._held()
        return {**self.panel.attrs, "data-without": " ".join(kinds), "hidden": hidden}


class Field(FieldPanel):
    """A field of an entry or its text."""

    class BoundPanel(_OfKind, FieldPanel.BoundPanel):
        def _held(self) -> bool:
            return bool(self.bound_field is None or self.bound_field.value())


class Rows(InlinePanel):
    """Rows of an entry."""

    class BoundPanel(_OfKind, InlinePanel.BoundPanel):
        def _held(self) -> bool:
            return bool(self.formset.forms)


WORDS = ObjectList(
    [
        needed("kind"),
        Rows(
            "texts",
            [
                needed("title"),
                FieldPanel("summary", widget=Marked(links=False), required_on_save=True),
                FieldPanel("body", widget=Marked),
                Field("eligibility", widget=Marked),
                Field("fees", widget=Marked),
                Field("documents", widget=Marked),
                Field("application", widget=Marked),
                FieldPanel("alt"),
                FieldRowPanel([needed("language"), needed("made"), FieldPanel("checked")]),
            ],
            heading=capfirst(_("text")),
            min_num=1,
            max_num=1,
            classname="one-text",
        ),
        FieldPanel(
            "image",
            help_text=_("A picture needs words for those who cannot see it: in the text, above."),
        ),
    ],
    _("Words"),
)
REACH = ObjectList(
    [
        Rows(
            "channels",
            [
                needed("kind"),
                FieldPanel("fact"),
                FieldPanel("place"),
                FieldPanel("hours"),
                FieldPanel("languages"),
            ],
            heading=capfirst(_("ways to reach it")),
        ),
        Field("charge"),
        Field("languages_served"),
        Field("municipalities", widget=Ticked),
    ],
    _("How to reach it"),
)
PLACE = ObjectList(
    [
        FieldPanel("region"),
        FieldPanel("organisation"),
        FieldPanel("also", widget=Ticked),
        Rows(
            "topic_rows",
            [FieldPanel("topic")],
            heading=_("Topics, the most fitting first"),
        ),
        FieldPanel("audiences"),
        Rows(
            "links",
            [needed("relation"), FieldPanel("target")],
            heading=_("Before and after"),
        ),
    ],
    _("Where it belongs"),
)
TRUTH = ObjectList(
    [needed("status"), DATES, SOURCE, FieldPanel("assured_by"), KEPT, PublishingPanel()],
    _("Truth and dates"),
)
SEARCH = ObjectList(
    [
        needed("slug"),
        FieldPanel("source_language"),
        FieldPanel("keywords"),
        Field("service_classes"),
        Field("target_groups"),
        Field("life_events"),
    ],
    _("Search and exchange"),
)
ENTRY = TabbedInterface([WORDS, REACH, PLACE, TRUTH, SEARCH])
FACT = [
    FieldPanel("region"),
    FieldPanel("key"),
    FieldPanel("type"),
    FieldPanel("owner"),
    InlinePanel(
        "values",
        [
            FieldPanel("value"),
            DATES,
            SOURCE,
            FieldPanel("note"),
        ],
        heading=_("Values, one for each period"),
    ),
    FieldPanel("hurts"),
    KEPT,
]
