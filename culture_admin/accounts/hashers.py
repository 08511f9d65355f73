"""How passwords are hashed."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes and one lane: the least memory OWASP recommends, so that a small server lasts."""

    memory_cost = 19456
    time_cost = 2
    parallelism = 1
