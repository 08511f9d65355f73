"""The places of the desk that a phone's bar has no room for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from culture_admin.desk.pages import page
from culture_admin.desk.panels import is_assessor
from culture_admin.interfaces.permissions import may_write


@page("GET")
def more(request: HttpRequest) -> HttpResponse:
    """A list of links, as far as the reader has work there."""
    user = request.user
    context = {
        "may_score": is_assessor(user),
        "may_see_month": bool(may_write(user, "activities.returns", ("see",))),
        "may_confirm": bool(may_write(user, "activities", ("decide",))),
        "may_plan": bool(may_write(user, "activities")),
        "may_see_staff": bool(may_write(user, "stations.officers", ("see",))),
        "may_see_cases": bool(may_write(user, "stations.personnel", ("see",))),
        "may_name": bool(may_write(user, "accounts.substitutes", ("propose",))),
        "may_see_circulars": bool(may_write(user, "stations.replies", ("see",))),
        "may_see_visit_days": bool(may_write(user, "stations.visits", ("see",))),
        "may_see_money": bool(may_write(user, "stations.budgets", ("see",))),
        "may_see_premises": bool(may_write(user, "stations", ("see",))),
        "may_see_standing": bool(may_write(user, "stations", ("see",))),
        "may_see_findings": bool(may_write(user, "stations.findings", ("see",))),
        "may_see_registration": bool(may_write(user, "stations.registration", ("see",))),
        "may_see_assessments": bool(may_write(user, "assessments.self", ("see",))),
        "may_see_targets": bool(may_write(user, "targets", ("see",))),
        "may_see_duty": bool(may_write(user, "stewards.duty", ("see",))),
        "may_see_orders": bool(may_write(user, "stewards.orders", ("see",))),
        "may_see_postings": bool(may_write(user, "stewards", ("see",))),
        "may_see_firm": bool(may_write(user, "stewards", ("propose",))),
        "may_see_acceptances": bool(may_write(user, "stewards.acceptances", ("see",))),
        "may_sign": bool(may_write(user, "stewards.signatures", ("propose",))),
        "may_see_contracts": bool(may_write(user, "stewards.contracts", ("see",))),
        "may_see_evaluations": bool(may_write(user, "stewards.evaluations", ("see",))),
        "may_see_service_findings": bool(may_write(user, "stewards.findings", ("see",))),
        "may_import": bool(may_write(user, "exchange", ("propose",))),
    }
    return render(request, "desk/more.html", context)
