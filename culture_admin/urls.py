"""Where every address leads."""

from django.contrib import admin
from django.urls import include, path

from culture_admin import credentials, doors

urlpatterns = [
    path("", doors.home, name="home"),
    path("login/", doors.SignIn.as_view(), name="login"),
    path("logout/", doors.SignOut.as_view(), name="logout"),
    path("password/", credentials.ChangePassword.as_view(), name="change_password"),
    path("second-factor/", credentials.second_factor, name="second_factor"),
    path("language/", doors.choose_language, name="language"),
    path("welcome/<str:token>/", doors.Welcome.as_view(), name="welcome"),
    path("", include("culture_admin.public.urls")),
    path("desk/", include("culture_admin.desk.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("culture_admin.api")),
    path("healthz", doors.health, name="health"),
    path("metrics", doors.metrics, name="metrics"),
]

handler400 = "culture_admin.interfaces.problems.bad_request"
handler403 = "culture_admin.interfaces.problems.forbidden"
handler404 = "culture_admin.interfaces.problems.not_found"
handler500 = "culture_admin.interfaces.problems.server_error"
