"""The phone-first pages of stations, towns, firms and stewards."""
