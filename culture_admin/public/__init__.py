"""Pages without an account: the calendar of a station and the rating of an activity. They read only what is published."""
