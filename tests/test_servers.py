import pytest
from django.db import connection


@pytest.mark.django_db
def test_tests_connect_as_the_application():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        print(cursor.fetchone())
