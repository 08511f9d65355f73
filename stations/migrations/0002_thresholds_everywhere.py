"""The thresholds that hold wherever no nearer place sets its own, each with its source (DOMAIN.md §2.3)."""

from datetime import date

from django.db import migrations

# The hours are those of a county standard of 2023; Shanghai asks for 56 (its statute, Art. 18), a contract of Beijing for 70,
# Shaanxi's grading of 2013 for 28. The last two numbers are this system's own, for counties to set theirs.
EVERYWHERE = [
    ("weekly_hours", 42, "桃江县公共文化服务标准（2023年）：乡镇综合文化站每周开放不少于42小时"),
    ("closure_notice", 7, "《公共文化体育设施条例》第十八条：暂时停止开放的，提前7日公示"),
    ("rectification", 30, "本系统的默认期限；各县（市、区）可另行规定"),
    ("backdating", 30, "本系统的默认期限；各县（市、区）可另行规定"),
]
SINCE = date(2000, 1, 1)


def enter(apps, schema_editor):
    threshold = apps.get_model("stations", "Threshold")
    for code, number, source in EVERYWHERE:
        threshold.objects.create(code=code, number=number, valid_from=SINCE, source=source)


class Migration(migrations.Migration):
    dependencies = [("stations", "0001_initial")]

    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
