"""What a small form on a page of the admin does: a verb, and what is said of it afterwards."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest

from culture_admin.interfaces.text import clean_line
from culture_admin.workflow.actions import StepRefused


def done(request: HttpRequest, work: Callable[[], str]) -> bool:
    """Does it and says what was done; what is refused is said instead."""
    try:
        messages.success(request, work())
    except StepRefused as refused:
        messages.error(request, str(refused.text))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    except PermissionDenied as refused:
        messages.error(request, str(refused))
    else:
        return True
    return False


def line(request: HttpRequest, name: str, longest: int = 300) -> str:
    """What was written in a field, on one line."""
    return clean_line(request.POST.get(name, ""), max_length=longest)
