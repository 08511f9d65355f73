"""Firms, contracts, stewards, and what they serve: one file a subject."""

from stewards.models.acceptance import Acceptance, AcceptanceLine, ContractPayment, Deduction, Signature
from stewards.models.contracts import Contract, Coverage, Measure, ServiceLine
from stewards.models.duty import Absence, DutyDay
from stewards.models.evaluations import Evaluation, EvaluationItem, ServiceFinding, SpotCheck, SpotCheckRow, TownRating
from stewards.models.firms import Firm, FirmStanding, Penalty, PoolMember, Qualification, Steward
from stewards.models.orders import Delivery, LineAlert, ServiceOrder
from stewards.models.postings import Posting
from stewards.models.terms import FactorStep, PlannedPayment, Supplement

__all__ = [
    "Absence",
    "Acceptance",
    "AcceptanceLine",
    "Contract",
    "ContractPayment",
    "Coverage",
    "Deduction",
    "Delivery",
    "DutyDay",
    "Evaluation",
    "EvaluationItem",
    "FactorStep",
    "Firm",
    "FirmStanding",
    "LineAlert",
    "Measure",
    "Penalty",
    "PlannedPayment",
    "PoolMember",
    "Posting",
    "Qualification",
    "ServiceFinding",
    "ServiceLine",
    "ServiceOrder",
    "Signature",
    "SpotCheck",
    "SpotCheckRow",
    "Steward",
    "Supplement",
    "TownRating",
]
