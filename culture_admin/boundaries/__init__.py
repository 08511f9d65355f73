"""Changes of boundaries: divisions renamed, recoded, moved, merged and split, tried out before they are applied."""
