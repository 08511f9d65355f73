
from tests.stations.cases import *
from stations.models import *
from stations.models.registration import Kind, State
import pytest
from culture_admin.workflow.models import Deadline
from stations.actions import *

def test_way(district):
    case = draft(district)
    bring(district, case, State.ANNOUNCED)
    c = Certificate.objects.get(station=district.east)
    print(vars(c))
    print(list(Deadline.objects.values_list("code","due_on","settled_at", "unit__name_zh")))

def test_change(district):
    case = draft(district, Kind.CHANGE, items=["domicile"], domicile="新街2号", event_on=in_days(40))
    bring(district, case, State.ANNOUNCED)
    print(Certificate.objects.filter(station=district.east).with_standing(in_days(0)).values("valid_from","valid_to","standing","domicile"))
    print(list(Deadline.objects.values_list("code","due_on","settled_at", "unit__name_zh")))

def test_report(district):
    from django.utils import timezone
    at = timezone.now()
    rs = open_annual_reports(year=at.year-1, at=at)
    print(rs, vars(rs[0].report))
