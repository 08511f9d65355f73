"""Two demo districts, built through the same actions as real data."""
