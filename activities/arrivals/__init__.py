"""What a phone has kept comes in here: each entry is done once, and answered by a receipt or by a refusal in words."""

from activities.arrivals.entries import ANSWER, MOST_RECORDS, QueueSerializer, refuse_other_user
from activities.arrivals.taking import take_in

__all__ = ["ANSWER", "MOST_RECORDS", "QueueSerializer", "refuse_other_user", "take_in"]
