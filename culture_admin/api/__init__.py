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
from culture_admin.api.ground import DecisionViewSet, DivisionViewSet, RootView, TasksView, UnitViewSet
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
from culture_admin.statistics.api import MetricsView, StatisticsView
from stations.api import (
    CertificateViewSet,
    ClosureViewSet,
    FacilityViewSet,
    FindingViewSet,
    GradingViewSet,
    OtherUseViewSet,
    StationViewSet,
    ThresholdViewSet,
    TitleViewSet,
)
from stewards.api import FirmViewSet, PostingViewSet, StewardViewSet

router = Router()
router.register("divisions", DivisionViewSet)
router.register("units", UnitViewSet)
router.register("boundary-changes", BoundaryChangeViewSet)
router.register("decisions", DecisionViewSet)
router.register("stations", StationViewSet)
router.register("certificates", CertificateViewSet)
router.register("gradings", GradingViewSet)
router.register("titles", TitleViewSet)
router.register("facilities", FacilityViewSet)
router.register("closures", ClosureViewSet)
router.register("other-uses", OtherUseViewSet)
router.register("findings", FindingViewSet)
router.register("thresholds", ThresholdViewSet)
router.register("firms", FirmViewSet)
router.register("stewards", StewardViewSet)
router.register("postings", PostingViewSet)
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
