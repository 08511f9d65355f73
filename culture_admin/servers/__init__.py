"""A real PostgreSQL and a real Redis beside the checkout, for development, tests and the first run.

account    whom the servers run as, and where that user may keep its state
binaries   the programs, found in their wheels
sockets    short private directories that a later run can sweep
processes  children that cannot outlive their parent
postgres   one PostgreSQL
redis      one Redis
embedded   both of them for one data directory: start, stop, find, borrow
supervisor the demo: both servers, the web and the worker
"""
