"""What happened: activities, training sessions, teams."""
