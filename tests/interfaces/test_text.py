"""What text may be stored, and which character is named when it may not."""

import pytest
from django.core.exceptions import ValidationError

from culture_admin.interfaces.text import LineFormField, TextFormField, clean_line, clean_text, validate_text


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("  越剧专场\t\n", "越剧专场"),
        ("\u3000送戏下乡\u3000", "送戏下乡"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("𠮷野村 𰻝𰻝面节", "𠮷野村 𰻝𰻝面节"),
        ("Cafe\u0301", "Café"),
        ("亲子日 👨\u200d👩\u200d👧 ☀\ufe0f", "亲子日 👨\u200d👩\u200d👧 ☀\ufe0f"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("'; DROP TABLE --", "'; DROP TABLE --"),
        ("\ue5e5", "\ue5e5"),
        ("　", ""),
    ],
)
def test_text_is_stored_as_written_in_nfc_without_outer_blanks(written, stored):
    assert clean_line(written) == stored


@pytest.mark.parametrize(
    ("written", "code", "position"),
    [
        ("排舞\x00", "text_control", 3),
        ("排\x85舞", "text_control", 2),
        ("  a\u202eb", "text_bidi", 4),
        ("排\u200b舞", "text_invisible", 2),
        ("\ufeff排舞", "text_invisible", 1),
        ("排\u200d舞", "text_invisible", 2),
        ("排\u00ad舞", "text_invisible", 2),
        ("flag \U000e0067", "text_invisible", 6),
        ("排\ud800", "text_other", 2),
        ("\uffff", "text_other", 1),
        ("z" + "\u0336" * 9, "text_marks", 2),
        ("一\n二", "text_break", 2),
        ("一\t二", "text_break", 2),
    ],
)
def test_a_hidden_character_is_refused_with_its_position(written, code, position):
    with pytest.raises(ValidationError) as refused:
        clean_line(written)
    assert refused.value.code == code
    assert refused.value.params["position"] == position
    assert f"haracter {position} " in refused.value.messages[0] or str(position) in refused.value.messages[0]


def test_text_of_several_lines_keeps_them_with_plain_line_ends():
    assert clean_text("一\r\n二\r三\n") == "一\n二\n三"


def test_the_length_counts_what_would_be_stored():
    assert clean_line(" 甲乙丙 ", max_length=3) == "甲乙丙"
    with pytest.raises(ValidationError) as refused:
        clean_line("甲乙丙丁", max_length=3)
    assert (refused.value.code, refused.value.params) == ("max_length", {"limit_value": 3, "show_value": 4})


def test_the_validator_of_models_refuses_what_the_doors_refuse():
    validate_text("一\n二")
    with pytest.raises(ValidationError):
        validate_text("排\u200b舞")


def test_form_fields_clean_and_require():
    assert LineFormField(required=False).clean("  ") == ""
    assert TextFormField().clean("一\r\n二") == "一\n二"
    with pytest.raises(ValidationError) as refused:
        LineFormField().clean(" \u3000 ")
    assert refused.value.code == "required"
