"""The collections of /api/v1/."""

urlpatterns = []
