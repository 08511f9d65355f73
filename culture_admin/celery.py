"""The worker's and the clock's entry; what runs and how is in the settings that begin with CELERY."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "culture_admin.settings")
app = Celery("culture_admin")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
