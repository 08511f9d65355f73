"""What the worker does with papers: makes the PDF of a print."""

from __future__ import annotations

from hashlib import sha256

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from culture_admin.accounts.acting import acting
from culture_admin.exchange.keeping import write_file
from culture_admin.exchange.models import Printout
from culture_admin.exchange.paper.pdf import make_pdf
from culture_admin.exchange.paper.printing import JOB, STAGES
from culture_admin.workflow.jobs import beat, job
from culture_admin.workflow.models import Job


@job(JOB)
def make_print(held: Job) -> str:
    """Makes the PDF of a print; called again, it finds what is made and leaves it."""
    printout = Printout.objects.select_related("created_by").get(pk=held.params["printout"])
    with translation.override(printout.language):
        if not printout.made_at:
            beat(held, 1)
            content, pages = make_pdf(printout, laid_out=lambda: beat(held, 2))
            with acting(printout.created_by):
                write_file(printout, content)
                printout.size, printout.pages = len(content), pages
                printout.sha256, printout.made_at = sha256(content).hexdigest(), timezone.now()
                printout.save(update_fields=["file", "size", "pages", "sha256", "made_at"])
            beat(held, STAGES)
        return _("Printed.")
