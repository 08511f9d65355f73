"""People, the offices they hold, their keys, and what an office may do."""
