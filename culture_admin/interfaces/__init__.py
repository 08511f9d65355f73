"""The base classes of every page, endpoint and admin; what a bad input is answered."""
