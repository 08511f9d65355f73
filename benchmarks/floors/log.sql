-- One activity, as a body gives it, into the twin of its table.
INSERT INTO floor_activity (
    client_uuid, title, kind_id, station_id, division_id, county_id, venue, begins_on, ends_on, attendance, estimated,
    led_by, note, state, version, recorded_at)
VALUES (
    gen_random_uuid(), %(title)s, %(kind)s, %(station)s, %(division)s, %(county)s, %(venue)s, %(begins_on)s, %(ends_on)s,
    %(attendance)s, false, %(led_by)s, '', %(state)s, 1, now())
RETURNING id
