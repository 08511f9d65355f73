"""The catalogue's tools: which texts they find, and what they complain about."""

import polib
import pytest
from django.utils import translation

from culture_admin.translations import Message, compile_catalogues, messages_of_python, messages_of_template


def test_texts_are_found_in_python():
    source = (
        '_("one"); gettext_lazy("two " "halves"); ngettext("%d row", "%d rows", n); pgettext("month", "May"); _(name)'
    )
    assert set(messages_of_python(source)) == {
        Message("one"),
        Message("two halves"),
        Message("%d row", "%d rows"),
        Message("May", context="month"),
    }


def test_texts_are_found_under_whatever_name_gettext_has():
    source = (
        "from django.utils.translation import gettext as _text, pgettext_lazy as _of\n"
        '_text("one"); _of("month", "May"); print("no text")'
    )
    assert set(messages_of_python(source)) == {Message("one"), Message("May", context="month")}


def test_who_compiles_a_catalogue_reads_it_at_once(tmp_path, settings):
    """`make demo` compiles, and then words what it writes down for those who live there."""
    folder = tmp_path / "zh_Hans/LC_MESSAGES"
    folder.mkdir(parents=True)
    written = polib.POFile()
    written.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=1; plural=0;"}
    written.append(polib.POEntry(msgid="A text of this test", msgstr="本测试的文字"))
    written.save(str(folder / "django.po"))
    settings.LOCALE_PATHS = [tmp_path]
    with translation.override("zh-hans"):
        assert translation.gettext("A text of this test") == "A text of this test"
    assert compile_catalogues(tmp_path) == [folder / "django.mo"]
    with translation.override("zh-hans"):
        assert translation.gettext("A text of this test") == "本测试的文字"


@pytest.mark.parametrize("source", ['_(f"{n} rows")', '_("a" + name)', '_("%d rows" % n)'])
def test_a_text_put_together_before_translation_is_refused(source: str):
    with pytest.raises(ValueError, match="put together"):
        list(messages_of_python(source))


def test_texts_are_found_in_templates():
    source = """{% load i18n %}<h1 title="{% translate 'one' %}">{{ _("two") }}</h1>{% if a %}( "it's"{% endif %}
    {% blocktranslate trimmed with n=a.b count c=rows %}
      {{ n }} row
    {% plural %}{{ n }} rows{% endblocktranslate %}{% trans "May" context "month" %}{% include "x" with y=_("three") %}"""
    assert set(messages_of_template(source)) == {
        Message("one"),
        Message("two"),
        Message("three"),
        Message("%(n)s row", "%(n)s rows"),
        Message("May", context="month"),
    }


def test_compiled_and_written_catalogue_say_the_same(tmp_path):
    written = polib.POFile()
    written.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=1; plural=0;"}
    written.append(polib.POEntry(msgid="%(n)s row", msgid_plural="%(n)s rows", msgstr_plural={0: "%(n)s 行"}))
    written.save_as_mofile(str(tmp_path / "django.mo"))
    assert polib.mofile(str(tmp_path / "django.mo"))[0].msgstr_plural == {0: "%(n)s 行"}
