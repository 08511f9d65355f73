-- Five metrics of one county by town and year, over the monthly summary.
SELECT month.division_id,
       extract(year FROM month.month)::int AS year,
       sum(month.number) FILTER (WHERE NOT kind.is_session) AS held,
       sum(month.number) FILTER (WHERE kind.is_session) AS sessions,
       sum(month.class_seconds) FILTER (WHERE kind.is_session) AS class_seconds,
       sum(month.attendance) AS person_times,
       sum(month.online_attendance) AS online_person_times
FROM activities_activitymonth AS month
JOIN activities_kind AS kind ON kind.id = month.kind_id
WHERE month.county_id = %(county)s
  AND month.state = 'confirmed'
  AND month.month BETWEEN %(first)s AND %(last)s
GROUP BY 1, 2
