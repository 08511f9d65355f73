"""The menu of the admin, in the order of a bureau's day; each reader sees what the matrix opens to him."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from culture_admin.exchange.paper.register import PAPERS
from culture_admin.interfaces.permissions import may_write


def powers_of_papers() -> set[str]:
    return {paper.power for paper in PAPERS.values()}


@dataclass(frozen=True)
class Entry:
    """One line of the menu: where it leads, and the line of the matrix whose `see` opens it; without one it is everybody's.

    any_of: gives lines of which one is enough.
    """

    label: object
    icon: str
    address: str
    power: str = ""
    any_of: Callable[[], Iterable[str]] = tuple

    def is_open_to(self, user) -> bool:
        powers = [self.power] if self.power else list(self.any_of())
        return not powers or any(may_write(user, power, ("see",)) for power in powers)

    @cached_property
    def link(self) -> str:
        return reverse(self.address if ":" in self.address else f"admin:{self.address}")


MENU = (
    (
        "",
        (
            Entry(_("Overview"), "dashboard", "index"),
            Entry(_("Tasks"), "inbox", "tasks"),
            Entry(_("Notices"), "alarm", "notices"),
            Entry(_("Deadlines"), "alarm", "workflow_deadline_changelist", "deadlines"),
            Entry(_("Calendar of duties"), "calendar_month", "desk:duty_calendar", "deadlines"),
            Entry(_("Statistics"), "bar_chart", "statistics", "statistics"),
            Entry(pgettext_lazy("of a year", "Targets"), "target", "statistics_target_changelist", "targets"),
            Entry(_("Snapshots"), "fact_check", "statistics_snapshot_changelist", "snapshots"),
            Entry(_("Forms to print"), "print", "desk:papers", any_of=powers_of_papers),
        ),
    ),
    (
        _("Stations"),
        (
            Entry(_("Stations"), "home_work", "stations_station_changelist", "stations"),
            Entry(_("Certificates"), "badge", "stations_certificate_changelist", "stations.certificates"),
            Entry(_("Registration cases"), "assignment", "stations_registration_changelist", "stations.registration"),
            Entry(_("Registration board"), "view_kanban", "stations_registration_board", "stations.registration"),
            Entry(_("Sanctions"), "gavel", "stations_sanction_changelist", "stations.sanctions"),
            Entry(_("Grades"), "military_tech", "stations_grading_changelist", "stations.grading"),
            Entry(
                pgettext_lazy("of a town", "Titles"), "emoji_events", "stations_title_changelist", "stations.grading"
            ),
            Entry(_("Features of towns"), "star", "stations_feature_changelist", "stations.features"),
            Entry(_("Safety checks"), "fact_check", "stations_safetycheck_changelist", "stations.safety"),
            Entry(_("Complaints"), "inbox", "stations_complaint_changelist", "stations.complaints"),
            Entry(_("Facts of the year"), "bar_chart", "stations_yearlyfacts_changelist", "stations.facts"),
            Entry(_("Premises"), "meeting_room", "stations_facility_changelist", "stations"),
            Entry(_("Closures"), "door_front", "stations_closure_changelist", "stations.hours"),
            Entry(_("Other uses of premises"), "storefront", "stations_otheruse_changelist", "stations.uses"),
            Entry(_("Findings"), "fact_check", "stations_finding_changelist", "stations.findings"),
            Entry(_("Thresholds"), "straighten", "stations_threshold_changelist", "stations.thresholds"),
        ),
    ),
    (
        _("Money of stations"),
        (
            Entry(_("Budgets"), "account_balance", "stations_budget_changelist", "stations.budgets"),
            Entry(_("Purposes"), "pie_chart", "stations_budgetline_changelist", "stations.budgets"),
            Entry(_("Instalments"), "event_upcoming", "stations_instalment_changelist", "stations.budgets"),
            Entry(_("Payments"), "payments", "stations_appropriation_changelist", "stations.appropriations"),
            Entry(_("Spendings"), "receipt_long", "stations_spending_changelist", "stations.spending"),
            Entry(_("Changes of purpose"), "swap_horiz", "stations_purposechange_changelist", "stations.purposes"),
        ),
    ),
    (
        _("Guidance"),
        (
            Entry(_("The year's guidance"), "target", "guidance", "stations.trainings"),
            Entry(_("Trainings"), "school", "stations_training_changelist", "stations.trainings"),
            Entry(
                _("Attendance at trainings"),
                "how_to_reg",
                "stations_attendance_changelist",
                "stations.trainings.attendance",
            ),
            Entry(_("Pairings"), "diversity_3", "stations_pairing_changelist", "stations.pairings"),
            Entry(_("Visit days"), "event_available", "stations_pairingvisit_changelist", "stations.visits"),
            Entry(_("Professional backbone"), "person", "stations_backbone_changelist", "stations.pairings"),
            Entry(_("Meetings"), "groups", "stations_meeting_changelist", "stations.meetings"),
            Entry(_("Presence at meetings"), "how_to_reg", "stations_meetingpresence_changelist", "stations.meetings"),
            Entry(_("Follow-ups"), "fact_check", "stations_followup_changelist", "stations.follow_ups"),
            Entry(_("Circulars"), "message", "stations_circular_changelist", "stations.circulars"),
            Entry(_("Replies"), "chat", "stations_reply_changelist", "stations.replies"),
            Entry(_("Information reports"), "description", "stations_report_changelist", "stations.reports"),
            Entry(_("Adoptions"), "star", "stations_adoption_changelist", "stations.reports"),
        ),
    ),
    (
        _("Staff of stations"),
        (
            Entry(_("Personnel cases"), "work", "stations_personnelcase_changelist", "stations.personnel"),
            Entry(_("Officers"), "person", "stations_officer_changelist", "stations.officers"),
            Entry(_("Posts"), "account_tree", "stations_post_changelist", "stations.officers"),
            Entry(_("Postings of officers"), "badge", "stations_officerposting_changelist", "stations.officers"),
            Entry(_("Off-post ledger"), "do_not_disturb_alt", "stations_offpost_changelist", "stations.off_post"),
            Entry(
                _("Objections to off-post entries"),
                "report_problem",
                "stations_offpostobjection_changelist",
                "stations.objections",
            ),
            Entry(_("Applications for titles"), "school", "stations_titleapplication_changelist", "stations.promotion"),
        ),
    ),
    (
        _("Assessments"),
        (
            Entry(_("Schemes"), "straighten", "scoring_scheme_changelist", "schemes"),
            Entry(
                pgettext_lazy("of assessment", "Years"), "calendar_month", "assessments_cycle_changelist", "assessments"
            ),
            Entry(_("Towns"), "apartment", "assessments_assessment_changelist", "assessments.self"),
            Entry(_("Assessors on the spot"), "person_pin", "assessments_panelseat_changelist", "assessments.panel"),
            Entry(_("Results"), "bar_chart", "assessments_computation_changelist", "assessments.results"),
            Entry(_("Scores"), "tag", "assessments_result_changelist", "assessments.results"),
            Entry(
                pgettext_lazy("to a score", "Objections"),
                "report_problem",
                "assessments_objection_changelist",
                "assessments.objections",
            ),
            Entry(_("Awards"), "emoji_events", "assessments_award_changelist", "assessments.awards"),
            Entry(_("Payments of awards"), "payments", "assessments_awardpayment_changelist", "assessments.awards"),
            Entry(_("Re-checks"), "fact_check", "assessments_recheck_changelist", "assessments.rechecks"),
        ),
    ),
    (
        _("Stewards"),
        (
            Entry(_("Stewards"), "person_pin", "stewards_steward_changelist", "stewards"),
            Entry(_("Postings"), "pin_drop", "stewards_posting_changelist", "stewards"),
            Entry(_("Days on duty"), "event_available", "stewards_dutyday_changelist", "stewards.duty"),
            Entry(_("Absences"), "event_busy", "stewards_absence_changelist", "stewards.duty"),
            Entry(_("Orders"), "shopping_cart", "stewards_serviceorder_changelist", "stewards.orders"),
            Entry(_("Service providers"), "handshake", "stewards_firm_changelist", "stewards"),
            Entry(_("Contracts"), "description", "stewards_contract_changelist", "stewards.contracts"),
            Entry(_("Service lines"), "receipt_long", "stewards_serviceline_changelist", "stewards.contracts"),
            Entry(_("Deliveries"), "fact_check", "stewards_delivery_changelist", "stewards.deliveries"),
            Entry(_("Alerts on service lines"), "bar_chart", "stewards_linealert_changelist", "stewards.deliveries"),
            Entry(_("Supplements to contracts"), "assignment", "stewards_supplement_changelist", "stewards.contracts"),
            Entry(
                pgettext_lazy("of contracts", "Acceptances"),
                "fact_check",
                "stewards_acceptance_changelist",
                "stewards.acceptances",
            ),
            Entry(_("Lines of acceptances"), "dataset", "stewards_acceptanceline_changelist", "stewards.acceptances"),
            Entry(_("Signatures"), "edit_square", "stewards_signature_changelist", "stewards.signatures"),
            Entry(_("Deductions"), "report_problem", "stewards_deduction_changelist", "stewards.deductions"),
            Entry(_("Payment plans"), "schedule", "stewards_plannedpayment_changelist", "stewards.payments"),
            Entry(_("Payments of contracts"), "payments", "stewards_contractpayment_changelist", "stewards.payments"),
            Entry(_("Resource pool"), "groups", "stewards_poolmember_changelist", "stewards"),
            Entry(_("Qualifications"), "school", "stewards_qualification_changelist", "stewards"),
            Entry(_("Penalties"), "gavel", "stewards_penalty_changelist", "stewards.credit"),
            Entry(
                _("Standings of service providers"),
                "military_tech",
                "stewards_firmstanding_changelist",
                "stewards.credit",
            ),
            Entry(
                _("Evaluations of contracts"), "fact_check", "stewards_evaluation_changelist", "stewards.evaluations"
            ),
            Entry(_("Ratings by towns"), "star", "stewards_townrating_changelist", "stewards.ratings"),
            Entry(
                pgettext_lazy("in a service", "Findings"),
                "report_problem",
                "stewards_servicefinding_changelist",
                "stewards.findings",
            ),
            Entry(
                pgettext_lazy("of a contract", "Spot checks"),
                "fact_check",
                "stewards_spotcheck_changelist",
                "stewards.findings",
            ),
        ),
    ),
    (
        _("Activities"),
        (
            Entry(_("Activities and sessions"), "event", "activities_activity_changelist", "activities"),
            Entry(_("Calendar"), "calendar_month", "desk:calendar", "activities"),
            Entry(_("Series"), "event_repeat", "activities_series_changelist", "activities"),
            Entry(_("Bookings of rooms"), "event_available", "activities_venuebooking_changelist", "activities"),
            Entry(_("Public-security permits"), "local_police", "activities_permit_changelist", "activities"),
            Entry(_("Spot checks"), "fact_check", "activities_spotcheck_changelist", "activities.checks"),
            Entry(_("Courses"), "school", "activities_course_changelist", "activities"),
            Entry(_("Learners"), "person", "activities_learner_changelist", "activities.learners"),
            Entry(_("Teams"), "groups", "activities_team_changelist", "activities.teams"),
            Entry(_("Star ratings"), "star", "activities_teamstar_changelist", "activities.teams.filing"),
            Entry(_("Works"), "music_note", "activities_work_changelist", "activities.works"),
            Entry(_("Prizes"), "trophy", "activities_prize_changelist", "activities.works"),
            Entry(_("Ratings by residents"), "star", "activities_rating_changelist", "activities.ratings"),
            Entry(_("Monthly returns"), "bar_chart", "activities_monthlyreturn_changelist", "activities.returns"),
            Entry(
                _("Visits in free opening"), "meeting_room", "activities_openingvisits_changelist", "activities.visits"
            ),
            Entry(_("Imports"), "upload_file", "exchange_import_changelist", "exchange"),
        ),
    ),
    (
        _("Accounts"),
        (
            Entry(_("People"), "person", "accounts_user_changelist", "accounts"),
            Entry(_("Offices held"), "work", "accounts_membership_changelist", "accounts"),
            Entry(_("Substitutes"), "people_alt", "accounts_substitution_changelist", "accounts.substitutes"),
            Entry(_("API keys"), "key", "accounts_apikey_changelist", "accounts"),
            Entry(
                _("Read log of personal data"),
                "visibility",
                "accounts_personalreading_changelist",
                "accounts.readings",
            ),
        ),
    ),
    (
        _("Registers"),
        (
            Entry(_("Divisions"), "account_tree", "territory_division_changelist", "territory"),
            Entry(_("Changes of boundaries"), "alt_route", "boundaries_boundarychange_changelist", "boundaries"),
            Entry(_("Successions"), "alt_route", "territory_succession_changelist", "territory"),
            Entry(_("Residents"), "diversity_3", "territory_residents_changelist", "territory"),
            Entry(_("Units"), "apartment", "territory_unit_changelist", "territory"),
            Entry(_("Kinds of activity"), "category", "activities_kind_changelist", "activities"),
            Entry(_("Genres"), "palette", "activities_genre_changelist", "activities"),
            Entry(_("Registers of documents"), "category", "exchange_documentregister_changelist", "documents"),
            Entry(_("Document numbers"), "tag", "exchange_documentnumber_changelist", "documents"),
            Entry(_("Prints"), "print", "exchange_printout_changelist", "statistics"),
            Entry(_("Decisions"), "gavel", "workflow_decision_changelist", "activities"),
            Entry(_("Who decides what"), "account_tree", "matrix"),
            Entry(_("Messages sent out"), "inbox", "workflow_message_changelist", "notices"),
        ),
    ),
)


def navigation(request: HttpRequest) -> list[dict]:
    """The menu as Unfold draws it. The reader is at one entry: of those his address begins with, the one that says most."""
    links = {entry.link for _title, entries in MENU for entry in entries}
    around = [link for link in links if request.path.startswith(link) and link != reverse("admin:index")]
    here = max(around, key=len, default=request.path)
    return [
        {
            "title": title,
            "items": [
                {"title": entry.label, "icon": entry.icon, "link": entry.link, "active": entry.link == here}
                for entry in entries
                if entry.is_open_to(request.user)
            ],
        }
        for title, entries in MENU
    ]
