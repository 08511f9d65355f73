"""The addresses that residents open."""

from django.urls import path

from culture_admin.public import calendar, ical, rating

app_name = "public"
urlpatterns = [
    path("calendar/<str:station>.ics", ical.feed, name="feed"),
    path("calendar/<str:station>/", calendar.calendar, name="calendar"),
    path("rate/<str:token>/", rating.rate, name="rate"),
]
