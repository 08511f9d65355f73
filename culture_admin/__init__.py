"""culture_admin: one record for the grass-roots culture of a county."""
