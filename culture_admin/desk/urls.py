"""The desk's addresses."""

from django.urls import path

from culture_admin.desk.views import activities, confirm, imports, numbers, teams, today

app_name = "desk"
urlpatterns = [
    path("", today.today, name="today"),
    path("log/", activities.log, name="log"),
    path("activities/", activities.activities, name="activities"),
    path("activities/<int:pk>/", activities.activity, name="activity"),
    path("activities/<int:pk>/correct/", activities.correct, name="correct"),
    path("confirm/", confirm.confirm, name="confirm"),
    path("teams/", teams.teams, name="teams"),
    path("teams/add/", teams.add, name="add_team"),
    path("teams/<int:pk>/", teams.team, name="team"),
    path("teams/<int:pk>/change/", teams.change, name="change_team"),
    path("numbers/", numbers.numbers, name="numbers"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<int:pk>/", imports.ledger, name="import"),
    path("imports/<int:pk>/refused/", imports.refused_rows, name="refused_rows"),
]
