"""The collections of courses: courses and their learners."""

from __future__ import annotations

from activities import actions
from activities.filters import CourseFilter, LearnerFilter
from activities.models import Course, Learner
from activities.serializers import CourseSerializer, LearnerSerializer
from culture_admin.interfaces.personal import Revealing
from culture_admin.interfaces.viewsets import ScopedViewSet


class CourseViewSet(ScopedViewSet):
    """Courses. Their sessions are activities: `GET /api/v1/activities/?course=ID`."""

    model = Course
    serializer_class = CourseSerializer
    filterset_class = CourseFilter
    create_verb = actions.open_course
    change_verb = actions.change_course
    verbs_ask = True
    joins = ("genre", "station__unit", "station__division")
    orders = ("-begins_on", "pk")


class LearnerViewSet(Revealing):
    """Names on the rosters of courses: `GET /api/v1/learners/?course=ID`. Telephones are masked; `reveal` opens one."""

    personal = "contact"

    model = Learner
    serializer_class = LearnerSerializer
    filterset_class = LearnerFilter
    create_verb = actions.add_learner
    change_verb = actions.change_learner
    verbs_ask = True
    joins = ("course__station__division", "contact")
