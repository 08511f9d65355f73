"""The worker's and the clock's entry; what runs and how is in the settings that begin with CELERY."""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_embedded_init, worker_init, worker_process_init

from culture_admin.privileges import refuse_wrong_role
from culture_admin.servers.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "culture_admin.settings")
app = Celery("culture_admin")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def refuse_a_mighty_worker(**_: Any) -> None:
    refuse_wrong_role()


@worker_process_init.connect
@beat_embedded_init.connect
def leave_with_the_worker(**_: Any) -> None:
    """The worker's own processes end when it is killed; jobs go on where the next worker finds them."""
    die_with_parent()
