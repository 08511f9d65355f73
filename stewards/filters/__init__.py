"""What lists of stewards are narrowed by: one file a subject."""

from stewards.filters.contracts import ContractFilter, ServiceLineFilter, SupplementFilter
from stewards.filters.credit import FirmStandingFilter, PenaltyFilter, QualificationFilter
from stewards.filters.deliveries import DeliveryFilter, LineAlertFilter
from stewards.filters.duty import AbsenceFilter, DutyDayFilter
from stewards.filters.evaluations import (
    EvaluationFilter,
    EvaluationItemFilter,
    ServiceCheckFilter,
    ServiceFindingFilter,
    TownRatingFilter,
)
from stewards.filters.firms import FirmFilter, PoolMemberFilter, StewardFilter
from stewards.filters.money import (
    AcceptanceFilter,
    AcceptanceLineFilter,
    ContractPaymentFilter,
    DeductionFilter,
    PlannedPaymentFilter,
    SignatureFilter,
)
from stewards.filters.orders import ServiceOrderFilter
from stewards.filters.postings import PostingFilter

__all__ = [
    "AbsenceFilter",
    "AcceptanceFilter",
    "AcceptanceLineFilter",
    "ContractFilter",
    "ContractPaymentFilter",
    "DeductionFilter",
    "DeliveryFilter",
    "DutyDayFilter",
    "EvaluationFilter",
    "EvaluationItemFilter",
    "FirmFilter",
    "FirmStandingFilter",
    "LineAlertFilter",
    "PenaltyFilter",
    "PlannedPaymentFilter",
    "PoolMemberFilter",
    "PostingFilter",
    "QualificationFilter",
    "ServiceCheckFilter",
    "ServiceFindingFilter",
    "ServiceLineFilter",
    "ServiceOrderFilter",
    "SignatureFilter",
    "StewardFilter",
    "SupplementFilter",
    "TownRatingFilter",
]
