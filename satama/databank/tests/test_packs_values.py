"""What a fact of each type may say."""

import pytest

from satama.databank.values import check_value, is_language

GOOD = [
    ("money", "590 EUR"), ("money", "12.50 EUR"), ("money", "380-480 EUR"),
    ("phone", "+358 29 419 0600"), ("phone", "112"), ("phone", "116 117"),
    ("phone", "080 005 005"), ("phone", "0800 123 45"), ("phone", "+46 771 111 111"),
    ("email", "welcome.office@kokkola.fi"),
    ("url", "https://dvv.fi/en/foreigner-registration"), ("url", "https://a.fi/?a=1&b=ä"),
    ("date", "2027-01-01"), ("date", "2028-02-29"),
    ("duration", "P14D"), ("duration", "PT2H"), ("duration", "P1M/P2M"), ("duration", "P1Y6M"),
    ("hours", "Mo 15:00-17:00; Th 09:30-11:30; PH off"), ("hours", "24/7"),
    ("text", "Kauppatori 5"), ("text", {"en": "about 100", "fi": "noin 100"}),
]  # fmt: skip
BAD = [
    ("money", "590"), ("money", "590 euro"), ("money", "480-380 EUR"), ("money", "5 XXY"),
    ("money", "1,50 EUR"), ("phone", "+358294190600"), ("phone", "029 419 0600"),
    ("phone", "+358 29"), ("phone", "112 or 113"), ("phone", "+358 ２９ 419 0600"),
    ("email", "office at kokkola.fi"), ("url", "dvv.fi"), ("url", "javascript:alert(1)"),
    ("url", "https://a b.fi"), ("date", "1.1.2027"), ("date", "2027-02-29"), ("date", "20270101"),
    ("duration", "14 days"), ("duration", "P"), ("duration", "P0D"), ("duration", "P2M/P1M"),
    ("duration", "P1D/P2D/P3D"), ("duration", "P99999Y"), ("hours", "weekdays"), ("hours", ""),
    ("text", ""), ("text", {}), ("text", {"en": ""}), ("text", {"english": "a"}),
    ("text", "see [[other]]"), ("text", "x" * 1001), ("money", {"en": "5 EUR"}), ("phone", None),
    ("hours", ["24/7"]),
]  # fmt: skip


@pytest.mark.parametrize(("type", "value"), GOOD)
def test_a_value_of_its_type_passes(type, value):
    check_value(type, value)


@pytest.mark.parametrize(("type", "value"), BAD)
def test_any_other_value_is_refused_with_one_plain_line(type, value):
    with pytest.raises(ValueError) as refused:
        check_value(type, value)
    assert "\n" not in str(refused.value)


def test_languages_are_those_that_cldr_knows():
    known = ["fi", "so", "fa-AF", "zh-Hans", "xq", "english", "", "EN"]
    assert [code for code in known if is_language(code)] == ["fi", "so", "fa-AF", "zh-Hans"]
