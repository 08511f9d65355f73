"""What the system's speed and memory are, as ratios to a floor measured in the same run."""
