"""The whole matrix: who proposes, consents, decides, is told and sees, on which basis."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from culture_admin.desk.pages import page
from culture_admin.workflow.explaining import whole_matrix


@page("GET")
def matrix(request: HttpRequest) -> HttpResponse:
    """Every power as a card; what the reader himself has is marked."""
    return render(request, "desk/whole_matrix.html", {"powers": whole_matrix(request.user)})
