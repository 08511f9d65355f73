"""The register of metrics, periods, and the one reader of numbers."""
