"""Steps, decisions, deadlines, jobs and the inbox; the only writer of states."""
