"""Django's settings. Everything an installation may choose is an environment variable (docs/installation.md)."""

import os
from datetime import timedelta

import pghistory
import pgtrigger
import structlog
from csp.constants import NONE, SELF
from whitenoise.compress import Compressor

from culture_admin.environment import CHECKOUT, Environment, data_dir
from culture_admin.secrets import development_secrets
from culture_admin.servers import embedded
from culture_admin.servers.postgres import APPLICATION, DATABASE, OWNER
from culture_admin.servers.redis import url as embedded_redis
from culture_admin.unfold import UNFOLD  # noqa: F401 - a setting itself

DATA_DIR = data_dir()
DEVELOPMENT = not os.environ.get("DATABASE_URL")
env = Environment((development_secrets(DATA_DIR) if DEVELOPMENT else {}) | os.environ)

DEBUG = env.flag("DEBUG", default=False)
PRODUCTION = not (DEBUG or DEVELOPMENT)
HERE = "localhost 127.0.0.1 [::1]"

SECRET_KEY = env.text("SECRET_KEY")
if len(SECRET_KEY) < 50:
    env.fault("SECRET_KEY", "is missing or shorter than 50 characters", "write one made by `openssl rand -base64 48`")
# {number: key}; the highest number is in use, the others still read what they wrote.
FIELD_KEYS = env.numbered_keys("FIELD_KEYS")
API_KEY_PEPPERS = env.numbered_keys("API_KEY_PEPPERS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "" if PRODUCTION else HERE)
if not ALLOWED_HOSTS:
    env.fault("ALLOWED_HOSTS", "is missing", "write the names under which people open this site")
TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES")
METRICS_ALLOWED = env.networks("METRICS_ALLOWED", "127.0.0.0/8 ::1")
PORT = env.number("PORT", 8000, least=1, most=65535)
SECOND_FACTOR = env.flag("SECOND_FACTOR", default=True)
# mlps: the classified protection of information systems (GB/T 22239), which asks for composition, history and rotation.
PASSWORD_PROFILE = env.choice("PASSWORD_PROFILE", ["mlps", "asvs"])

# --- data -------------------------------------------------------------------------------------------------------------

POSTGRES, SOCKETS = "django.db.backends.postgresql", embedded.sockets(DATA_DIR)
EMBEDDED = {"ENGINE": POSTGRES, "NAME": DATABASE, "USER": APPLICATION, "HOST": str(SOCKETS)}
CONNECTION = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DATABASES = {"default": (env.database("DATABASE_URL") or EMBEDDED) | CONNECTION}
if statistics_replica := env.database("STATISTICS_DATABASE_URL"):
    DATABASES["statistics"] = statistics_replica | CONNECTION
# The role that owns the schema; only `migrate` becomes it (culture_admin/privileges.py).
OWNER_DATABASE = env.database("MIGRATION_DATABASE_URL") or ({"USER": OWNER} if DEVELOPMENT else {})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# One statement writes the history of all its rows at once (territory/history.py).
PGHISTORY_LEVEL = pgtrigger.Statement
PGHISTORY_APPEND_ONLY = True
# History is read by record and by request; an index on each of a model's foreign keys would cost more than the events do.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(db_index=True)
PGHISTORY_CONTEXT_FIELD = pghistory.ContextForeignKey(db_index=True)

if not (DEVELOPMENT or env.text("REDIS_URL")):
    env.fault("REDIS_URL", "is missing", "write it like redis://HOST:6379/0")
REDIS_URL = env.url("REDIS_URL", ("redis", "rediss", "unix"), "redis://HOST:6379/0", embedded_redis(SOCKETS))
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "culture",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
}

MEDIA_ROOT = DATA_DIR / "attachments"
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# --- parts ------------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "culture_admin",
    "unfold.apps.BasicAppConfig",
    "culture_admin.apps.BureauAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "culture_admin.staticfiles.CollectedFiles",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "csp",
    "django_structlog",
    "django_prometheus",
    "culture_admin.territory",
    "culture_admin.accounts",
    "culture_admin.workflow",
    "culture_admin.interfaces",
    "culture_admin.exchange",
    "culture_admin.statistics",
    "culture_admin.scoring",
    "culture_admin.boundaries",
    "stations",
    "stewards",
    "activities",
    "assessments",
    "culture_admin.desk",
    "culture_admin.demo",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "culture_admin.accounts.acting.RequestContextMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "culture_admin.barriers.BarrierMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "culture_admin.interfaces.middleware.AnswersMiddleware",
    "axes.middleware.AxesMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "culture_admin.urls"
WSGI_APPLICATION = "culture_admin.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [CHECKOUT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
# Before the apps' own: our fonts and styles replace Unfold's (FACE.md §2.1).
STATICFILES_DIRS = [CHECKOUT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "culture_admin.staticfiles.HashedFiles"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]

# --- people -----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["culture_admin.accounts.hashers.Argon2id"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# What a profile asks for besides, and after what time it wants a new password.
STRICTER = [
    {"NAME": "culture_admin.accounts.passwords.ComposedValidator"},
    {"NAME": "culture_admin.accounts.passwords.NotReusedValidator"},
]
PROFILES = {"mlps": (STRICTER, timedelta(days=90)), "asvs": ([], None)}
PROFILE_VALIDATORS, PASSWORD_LIFETIME = PROFILES[PASSWORD_PROFILE]
AUTH_PASSWORD_VALIDATORS += PROFILE_VALIDATORS
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"
OTP_TOTP_ISSUER = "culture_admin"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_CLIENT_IP_CALLABLE = "culture_admin.interfaces.authentication.client_address"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "culture_admin.doors.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
if PRODUCTION:
    SESSION_COOKIE_NAME = "__Host-sessionid"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [CHECKOUT / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# Where people open this installation, as far as its settings know; it stands in links that leave the house.
FIRST_HOST = next(iter(ALLOWED_HOSTS), "localhost").lstrip("*.")
SITE = f"http://127.0.0.1:{PORT}" if DEVELOPMENT else f"https://{FIRST_HOST}"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", f"culture@{FIRST_HOST}")
if mail := env.mail("EMAIL_URL"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_SSL = mail
# Mails leave the house; without EMAIL_URL a development prints them, and an installation sends none.
SENDS_MAIL = bool(mail) or not PRODUCTION
# A government messenger, or a gateway of text messages; each message is signed with the secret.
NOTICE_URL = env.url("NOTICE_URL", ("https", "http"), "https://GATEWAY/notices")
NOTICE_SECRET = env.text("NOTICE_SECRET")
if NOTICE_URL and len(NOTICE_SECRET) < 32:
    env.fault(
        "NOTICE_SECRET", "is missing or shorter than 32 characters", "write one made by `openssl rand -base64 32`"
    )

# --- browser ----------------------------------------------------------------------------------------------------------

X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_REFERRER_POLICY = "same-origin"
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS = [
    "security.W021",  # To have a domain preloaded into browsers is its owner's decision.
    "axes.W006",  # Lock-out is by account: a whole office shares one address.
]
# The admin's pages, made by Unfold, need more and say so on their views.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "base-uri": [SELF],
        "object-src": [NONE],
    }
}

# --- interfaces -------------------------------------------------------------------------------------------------------

CSRF_FAILURE_VIEW = "culture_admin.interfaces.problems.csrf_failure"
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "culture_admin.interfaces.authentication.KeyAuthentication",
        "culture_admin.interfaces.authentication.BrowserAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["culture_admin.interfaces.permissions.SignedIn"],
    "DEFAULT_PARSER_CLASSES": ["culture_admin.interfaces.parsers.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "culture_admin.interfaces.negotiation.OneLanguage",
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "culture_admin.interfaces.openapi.StrictSchema",
    "EXCEPTION_HANDLER": "culture_admin.interfaces.refusals.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Culture administration",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_PUBLIC": True,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "culture_admin.interfaces.openapi.close_bodies",
    ],
    # Choices that several resources share.
    "ENUM_NAME_OVERRIDES": {
        "CreditStateEnum": "stewards.models.firms.Penalty.State",
        "JudgedEnum": "culture_admin.scoring.judging.Judged",
        "FindingStateEnum": "stewards.models.evaluations.OfServiceFinding",
        "OffPostObjectionStateEnum": "stations.models.off_post.OffPostObjection.State",
        "GatheringStateEnum": "stations.models.gatherings.OfGathering",
        "GradeEnum": "stations.models.standing.Grade",
        "LevelOfRecognitionEnum": "stations.models.features.Feature.Level",
        "PersonnelCaseKindEnum": "stations.models.PersonnelCase.Kind",
        "PersonnelCaseStateEnum": "stations.models.PersonnelCase.State",
        "ProfessionalTitleEnum": "stations.models.officers.Officer.Title",
        "PurposeEnum": "stations.models.purposes.Purpose",
        "RecordStateEnum": "stations.models.standing.OfStanding",
    },
}

# --- worker -----------------------------------------------------------------------------------------------------------

# kombu has a name of its own for a Redis behind a Unix socket.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "unacked_restore_interval": 10,
    "socket_connect_timeout": 2,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
# Without Redis a request goes on at once: the Job row waits for the sweep.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 500_000
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep jobs": {"task": "culture_admin.workflow.tasks.sweep_jobs", "schedule": 15},
    "send notices": {"task": "culture_admin.workflow.tasks.send_notices", "schedule": 30},
    # Asked every hour, and done once: what a day missed is made good.
    "remind of deadlines": {"task": "culture_admin.workflow.tasks.remind_of_deadlines", "schedule": 60 * 60},
    "recompute deadlines": {"task": "culture_admin.workflow.tasks.recompute_deadlines", "schedule": 24 * 60 * 60},
    "forget idempotent calls": {
        "task": "culture_admin.interfaces.tasks.forget_idempotent_calls",
        "schedule": 24 * 60 * 60,
    },
    "forget allowances": {"task": "culture_admin.interfaces.tasks.forget_allowances", "schedule": 60 * 60},
    "sweep unfinished files": {"task": "culture_admin.exchange.tasks.sweep_unfinished_files", "schedule": 60 * 60},
    "purge personal data": {"task": "culture_admin.accounts.tasks.purge_personal", "schedule": 24 * 60 * 60},
    "fold summaries": {"task": "activities.tasks.fold_summaries", "schedule": 30},
    # Asked every hour, and done once: what the first of the month missed is made good.
    "open monthly returns": {"task": "activities.tasks.open_monthly_returns", "schedule": 60 * 60},
    "open yearly facts": {"task": "stations.tasks.open_yearly_facts", "schedule": 60 * 60},
    "open annual reports": {"task": "stations.tasks.open_annual_reports", "schedule": 60 * 60},
    "tell levels reached": {"task": "stewards.tasks.tell_levels_reached", "schedule": 60 * 60},
    "purge summaries": {"task": "activities.tasks.purge_summaries", "schedule": 24 * 60 * 60},
}

# --- logs -------------------------------------------------------------------------------------------------------------

structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "structured": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.dev.ConsoleRenderer()
            if DEBUG
            else structlog.processors.JSONRenderer(ensure_ascii=False),
            "foreign_pre_chain": [
                structlog.contextvars.merge_contextvars,
                structlog.processors.TimeStamper(fmt="iso"),
                structlog.stdlib.add_logger_name,
                structlog.stdlib.add_log_level,
                structlog.processors.format_exc_info,
            ],
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
    "root": {"handlers": ["stderr"], "level": "INFO" if DEBUG else "WARNING"},
}

env.refuse_faults()
