"""What is exported can be loaded again and changes nothing; it says what the databank says."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from satama.databank.models import FactValue, Organisation, Region, Text
from satama.databank.packs.check import all_packs, read_packs
from satama.databank.packs.export import NotExported, _plain, _yaml, export_region
from satama.databank.packs.files import read_text
from satama.databank.packs.load import Result, load_packs
from satama.databank.packs.readers import tidy

from .sample_pack import write_pack


def records(packs):
    return {(item.kind, item.slug): item.record for pack in packs for item in pack.items}


@pytest.mark.django_db
def test_our_own_packs_go_round_without_a_change(tmp_path):
    packs = read_packs(all_packs(settings.CONTENT), settings.CONTENT)
    assert load_packs(packs).created == sum(len(pack.items) for pack in packs)
    for pack in packs:
        export_region(Region.objects.get(slug=pack.slug), tmp_path)
    again = read_packs(all_packs(tmp_path), tmp_path)
    assert [str(fault) for pack in again for fault in pack.faults] == []
    assert records(again) == records(packs)
    assert load_packs(again) == Result(unchanged=sum(len(pack.items) for pack in packs))


@pytest.mark.django_db
def test_an_export_is_the_same_each_time_and_in_the_order_of_the_format(tmp_path):
    load_packs(read_packs([write_pack(tmp_path / "in")], tmp_path / "in"))
    region = Region.objects.get()
    first, second = (export_region(region, tmp_path / name) for name in "ab")
    files = sorted(path.relative_to(first).as_posix() for path in first.rglob("*.yaml"))
    assert files == [
        "entries/card.yaml", "entries/office.yaml", "facts/facts.yaml", "municipalities.yaml",
        "organisations.yaml", "pack.yaml", "places.yaml", "topics.yaml",
    ]  # fmt: skip
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in files)
    assert (first / "entries/office.yaml").read_text() == (
        "slug: office\nkind: office\ntopics: [money]\nstatus: active\nconfirmed: true\n"
        "after: [card]\ntexts:\n  en:\n    title: Welcome Office\n    summary: Advice in person.\n"
    )


@pytest.mark.django_db
def test_staffs_edits_are_in_the_export_and_then_agree_with_the_databank(tmp_path):
    load_packs(read_packs([write_pack(tmp_path / "in")], tmp_path / "in"))
    Text.objects.filter(entry__slug="card", language="en").update(body="  A: b\r\n\r\n- c #d  \r\n")
    Organisation.objects.filter(slug="vero").update(names={"en": "yes", "sv": "null", "fi": "- [1"})
    FactValue.objects.filter(fact__key="fee", valid_from=None).update(note="line\n  two: x")
    export_region(Region.objects.get(), tmp_path / "out")
    packs = read_packs(all_packs(tmp_path / "out"), tmp_path / "out")
    assert [str(fault) for pack in packs for fault in pack.faults] == []
    assert load_packs(packs) == Result(unchanged=13)


@pytest.mark.django_db
def test_an_export_never_writes_over_something(tmp_path):
    load_packs(read_packs([write_pack(tmp_path)], tmp_path))
    with pytest.raises(NotExported, match="is not empty"):
        export_region(Region.objects.get(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["harbour"]


@pytest.mark.django_db
def test_the_command_names_the_regions_there_are(tmp_path):
    load_packs(read_packs([write_pack(tmp_path)], tmp_path))
    with pytest.raises(CommandError, match="There is no region 'haven'; there is: harbour"):
        call_command("export", "haven", to=tmp_path / "out")
    out = StringIO()
    call_command("export", "harbour", to=tmp_path / "out", stdout=out)
    assert out.getvalue() == f"Exported harbour to {tmp_path}/out/harbour.\n"


@hypothesis_settings(max_examples=300, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\t"), min_size=1)
)
@example("?0")
@example("null")
@example("2026")
@example("a: b\n\n   c\n\t- d #e")
@example("مرحبا: «قطة»\n# x")
def test_any_text_comes_back_as_it_was(text):
    text = tidy(text)
    stream = StringIO()
    _yaml().dump({"alone": _plain(text), "in_a_list": _plain([text, text])}, stream)
    read = read_text(stream.getvalue()).value
    assert tidy(read["alone"].value or "") == text
    assert [tidy(one.value or "") for one in read["in_a_list"].value] == [text, text]
