"""The collections of /api/v1/."""

from django.urls import include, path

from activities.api import (
    ActivityViewSet,
    CourseViewSet,
    LearnerViewSet,
    MonthlyReturnViewSet,
    OpeningVisitsViewSet,
    PermitViewSet,
    PrizeViewSet,
    ReceiptsView,
    SeriesViewSet,
    SpotCheckViewSet,
    TeamStarViewSet,
    TeamViewSet,
    VenueBookingViewSet,
    WorkViewSet,
)
from assessments.api import (
    AssessmentViewSet,
    AwardPaymentViewSet,
    AwardViewSet,
    ComputationViewSet,
    CycleViewSet,
    EvidenceViewSet,
    IndicatorScoreViewSet,
    ItemViewSet,
    MarkViewSet,
    ObjectionViewSet,
    PanelSeatViewSet,
    RecheckViewSet,
    ResultViewSet,
)
from culture_admin.api.duties import DeadlineViewSet, NoticeViewSet
from culture_admin.api.ground import DecisionViewSet, DivisionViewSet, RootView, TasksView, UnitViewSet
from culture_admin.api.people import PersonalReadingViewSet, SubstitutionViewSet
from culture_admin.boundaries.api import BoundaryChangeViewSet
from culture_admin.exchange.api import ImportViewSet
from culture_admin.exchange.attachment_api import AttachmentViewSet
from culture_admin.exchange.paper.api import (
    DocumentNumberViewSet,
    DocumentRegisterViewSet,
    PapersView,
    PrintoutViewSet,
)
from culture_admin.exchange.upload_api import UploadViewSet
from culture_admin.interfaces.documents import DocsView, SchemaView
from culture_admin.interfaces.routers import Router
from culture_admin.scoring.api import SchemeViewSet
from culture_admin.statistics.api import MetricsView, StatisticsView
from culture_admin.statistics.snapshot_api import SnapshotViewSet
from culture_admin.statistics.target_api import TargetViewSet
from stations.api import (
    AdoptionViewSet,
    AppropriationViewSet,
    AttendanceViewSet,
    BackboneViewSet,
    BudgetViewSet,
    CertificateViewSet,
    CircularViewSet,
    ClosureViewSet,
    ComplaintViewSet,
    FacilityViewSet,
    FeatureViewSet,
    FindingViewSet,
    FollowUpViewSet,
    GradingViewSet,
    InstalmentViewSet,
    MeetingPresenceViewSet,
    MeetingViewSet,
    OfficerPostingViewSet,
    OfficerViewSet,
    OffPostObjectionViewSet,
    OffPostViewSet,
    OtherUseViewSet,
    PairingViewSet,
    PairingVisitViewSet,
    PersonnelCaseViewSet,
    PostViewSet,
    PurposeChangeViewSet,
    RegistrationViewSet,
    ReplyViewSet,
    ReportViewSet,
    SafetyCheckViewSet,
    SanctionViewSet,
    SpendingViewSet,
    StationViewSet,
    ThresholdViewSet,
    TitleApplicationViewSet,
    TitleViewSet,
    TrainingViewSet,
    YearlyFactsViewSet,
)
from stewards.api import (
    AbsenceViewSet,
    AcceptanceLineViewSet,
    AcceptanceViewSet,
    ContractPaymentViewSet,
    ContractViewSet,
    DeductionViewSet,
    DeliveryViewSet,
    DutyDayViewSet,
    EvaluationItemViewSet,
    EvaluationViewSet,
    FirmStandingViewSet,
    FirmViewSet,
    LineAlertViewSet,
    PenaltyViewSet,
    PlannedPaymentViewSet,
    PoolMemberViewSet,
    PostingViewSet,
    QualificationViewSet,
    ServiceCheckViewSet,
    ServiceFindingViewSet,
    ServiceLineViewSet,
    ServiceOrderViewSet,
    SignatureViewSet,
    StewardViewSet,
    SupplementViewSet,
    TownRatingViewSet,
)

router = Router()
router.register("divisions", DivisionViewSet)
router.register("units", UnitViewSet)
router.register("boundary-changes", BoundaryChangeViewSet)
router.register("schemes", SchemeViewSet)
router.register("snapshots", SnapshotViewSet)
router.register("targets", TargetViewSet)
router.register("decisions", DecisionViewSet)
router.register("substitutions", SubstitutionViewSet)
router.register("personal-readings", PersonalReadingViewSet)
router.register("deadlines", DeadlineViewSet)
router.register("notices", NoticeViewSet)
router.register("stations", StationViewSet)
router.register("certificates", CertificateViewSet)
router.register("registrations", RegistrationViewSet)
router.register("sanctions", SanctionViewSet)
router.register("gradings", GradingViewSet)
router.register("titles", TitleViewSet)
router.register("features", FeatureViewSet)
router.register("safety-checks", SafetyCheckViewSet)
router.register("complaints", ComplaintViewSet)
router.register("yearly-facts", YearlyFactsViewSet)
router.register("facilities", FacilityViewSet)
router.register("budgets", BudgetViewSet)
router.register("instalments", InstalmentViewSet)
router.register("appropriations", AppropriationViewSet)
router.register("spendings", SpendingViewSet)
router.register("purpose-changes", PurposeChangeViewSet)
router.register("closures", ClosureViewSet)
router.register("other-uses", OtherUseViewSet)
router.register("trainings", TrainingViewSet)
router.register("attendances", AttendanceViewSet)
router.register("backbones", BackboneViewSet)
router.register("pairings", PairingViewSet)
router.register("visits", PairingVisitViewSet)
router.register("meetings", MeetingViewSet)
router.register("presences", MeetingPresenceViewSet)
router.register("follow-ups", FollowUpViewSet)
router.register("circulars", CircularViewSet)
router.register("replies", ReplyViewSet)
router.register("reports", ReportViewSet)
router.register("adoptions", AdoptionViewSet)
router.register("findings", FindingViewSet)
router.register("thresholds", ThresholdViewSet)
router.register("posts", PostViewSet)
router.register("officers", OfficerViewSet)
router.register("officer-postings", OfficerPostingViewSet)
router.register("personnel-cases", PersonnelCaseViewSet)
router.register("off-posts", OffPostViewSet)
router.register("off-post-objections", OffPostObjectionViewSet)
router.register("title-applications", TitleApplicationViewSet)
router.register("firms", FirmViewSet)
router.register("pool-members", PoolMemberViewSet)
router.register("penalties", PenaltyViewSet)
router.register("firm-standings", FirmStandingViewSet)
router.register("qualifications", QualificationViewSet)
router.register("contracts", ContractViewSet)
router.register("service-lines", ServiceLineViewSet)
router.register("supplements", SupplementViewSet)
router.register("stewards", StewardViewSet)
router.register("postings", PostingViewSet)
router.register("evaluations", EvaluationViewSet)
router.register("evaluation-items", EvaluationItemViewSet)
router.register("town-ratings", TownRatingViewSet)
router.register("service-findings", ServiceFindingViewSet)
router.register("service-checks", ServiceCheckViewSet)
router.register("acceptances", AcceptanceViewSet)
router.register("acceptance-lines", AcceptanceLineViewSet)
router.register("signatures", SignatureViewSet)
router.register("deductions", DeductionViewSet)
router.register("contract-instalments", PlannedPaymentViewSet)
router.register("contract-payments", ContractPaymentViewSet)
router.register("duty-days", DutyDayViewSet)
router.register("absences", AbsenceViewSet)
router.register("service-orders", ServiceOrderViewSet)
router.register("deliveries", DeliveryViewSet)
router.register("line-alerts", LineAlertViewSet)
router.register("activities", ActivityViewSet)
router.register("series", SeriesViewSet)
router.register("venue-bookings", VenueBookingViewSet)
router.register("permits", PermitViewSet)
router.register("spot-checks", SpotCheckViewSet)
router.register("courses", CourseViewSet)
router.register("learners", LearnerViewSet)
router.register("teams", TeamViewSet)
router.register("team-stars", TeamStarViewSet)
router.register("works", WorkViewSet)
router.register("prizes", PrizeViewSet)
router.register("opening-visits", OpeningVisitsViewSet)
router.register("monthly-returns", MonthlyReturnViewSet)
router.register("assessment-years", CycleViewSet)
router.register("assessments", AssessmentViewSet)
router.register("assessment-items", ItemViewSet)
router.register("evidence", EvidenceViewSet)
router.register("panel-seats", PanelSeatViewSet)
router.register("marks", MarkViewSet)
router.register("computations", ComputationViewSet)
router.register("results", ResultViewSet)
router.register("indicator-scores", IndicatorScoreViewSet)
router.register("objections", ObjectionViewSet)
router.register("awards", AwardViewSet)
router.register("award-payments", AwardPaymentViewSet)
router.register("rechecks", RecheckViewSet)
router.register("imports", ImportViewSet)
router.register("attachments", AttachmentViewSet)
router.register("uploads", UploadViewSet)
router.register("document-registers", DocumentRegisterViewSet)
router.register("document-numbers", DocumentNumberViewSet)
router.register("printouts", PrintoutViewSet)

urlpatterns = [
    path("", RootView.as_view(collections=[prefix for prefix, _viewset, _name in router.registry]), name="root"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(url_name="schema"), name="docs"),
    path("tasks/", TasksView.as_view(), name="tasks"),
    path("metrics/", MetricsView.as_view(), name="metric-list"),
    path("papers/", PapersView.as_view(), name="papers"),
    path("receipts/", ReceiptsView.as_view(), name="receipts"),
    path("statistics/", StatisticsView.as_view(), name="statistics"),
    path("", include(router.urls)),
]
