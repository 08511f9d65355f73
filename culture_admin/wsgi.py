"""The web server's entry."""

import os

from django.core.wsgi import get_wsgi_application

from culture_admin.privileges import refuse_wrong_role

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "culture_admin.settings")
application = get_wsgi_application()
refuse_wrong_role()
