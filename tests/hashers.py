"""The hasher of the tests: the real one at its cheapest, because every district has thirty passwords."""

from culture_admin.accounts.hashers import Argon2id


class QuickArgon2id(Argon2id):
    time_cost = 1
    memory_cost = 8
