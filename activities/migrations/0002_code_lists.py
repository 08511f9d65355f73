"""The code lists every district starts with: kinds of activity and art genres (DOMAIN.md §7.1, §7.2)."""

from django.db import migrations

KINDS = [
    ("PERF", "文艺演出", "Art performance"),
    ("COMP", "比赛赛事", "Competition"),
    ("EXHB", "展览", "Exhibition"),
    ("LECT", "讲座", "Lecture"),
    ("TRNG", "培训", "Training session"),
    ("READ", "阅读推广", "Reading promotion"),
    ("FILM", "电影放映", "Film screening"),
    ("FEST", "节庆民俗", "Festival and folk custom"),
    ("ICHX", "非遗传承", "Intangible heritage"),
    ("SPRT", "全民健身", "Sport and fitness"),
    ("TOUR", "送文化、文化走亲", "Culture to villages, kinship visits"),
    ("VOLN", "文化志愿", "Volunteering"),
    ("ONLN", "线上活动", "Online activity"),
    ("OTHR", "其他", "Other"),
]
GENRES = [
    ("music", "音乐", "Music"),
    ("chorus", "合唱", "Chorus"),
    ("instrument", "器乐", "Instrumental music"),
    ("dance", "舞蹈", "Dance"),
    ("line-dance", "排舞、广场舞", "Line and square dance"),
    ("drama", "戏剧", "Drama"),
    ("opera", "戏曲", "Chinese opera"),
    ("quyi", "曲艺", "Quyi"),
    ("fine-art", "美术", "Fine art"),
    ("calligraphy", "书画", "Calligraphy and painting"),
    ("photography", "摄影", "Photography"),
    ("literature", "文学", "Literature"),
    ("waist-drum", "腰鼓、民俗表演", "Waist drum and folk performance"),
    ("heritage", "非遗", "Intangible heritage"),
    ("sport", "体育健身", "Sport"),
    ("other", "其他", "Other"),
]


def enter(apps, schema_editor):
    kind, genre = apps.get_model("activities", "Kind"), apps.get_model("activities", "Genre")
    for position, (code, zh, en) in enumerate(KINDS):
        kind.objects.create(code=code, name_zh=zh, name_en=en, is_session=code == "TRNG", position=position)
    for position, (code, zh, en) in enumerate(GENRES):
        genre.objects.create(code=code, name_zh=zh, name_en=en, position=position)


class Migration(migrations.Migration):
    dependencies = [("activities", "0001_initial")]

    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
