-- One activity, as a body gives it, into the twin of its table.
INSERT INTO floor_activity (
    client_uuid, title, kind_id, genre_id, station_id, division_id, county_id, venue, begins_on, begins_time, ends_on,
    attendance, estimated, posting_id, steward_id, firm_id, led_by, note, content, effect, counted_by, planned, late,
    late_reason, state, version, recorded_at)
VALUES (
    %(client_uuid)s, %(title)s, %(kind)s, %(genre)s, %(station)s, %(division)s, %(county)s, %(venue)s, %(begins_on)s,
    %(begins_time)s, %(ends_on)s, %(attendance)s, false, %(posting)s, %(steward)s, %(firm)s, %(led_by)s, %(note)s,
    '', '', 'heads', false, false, '', %(state)s, 1, now())
RETURNING id
