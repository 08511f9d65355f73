"""The web server's entry."""

import os

from django.core.wsgi import get_wsgi_application

from culture_admin.interfaces.requests import Utf8Request

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "culture_admin.settings")
application = get_wsgi_application()
application.request_class = Utf8Request
