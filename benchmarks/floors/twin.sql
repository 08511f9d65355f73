-- The table of activities with its columns and indexes, without triggers, foreign keys and check constraints.
DROP TABLE IF EXISTS floor_activity;
CREATE TABLE floor_activity (LIKE activities_activity INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING INDEXES);
