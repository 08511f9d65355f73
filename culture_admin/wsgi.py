"""The web server's entry."""

import gc
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

from culture_admin.privileges import refuse_wrong_role

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "culture_admin.settings")
application = get_wsgi_application()
refuse_wrong_role()
# The first request need not wait for it, and the collector need not go through what is there to stay.
import_module("culture_admin.urls")
gc.collect()
gc.freeze()
