# One image for the application, the worker and every command; it holds no secret and no data.

FROM node:22-bookworm-slim AS packages
WORKDIR /srv/sitefinder
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM python:3.11-slim-bookworm AS environment
COPY requirements.txt .
RUN python -m venv /opt/sitefinder \
    && /opt/sitefinder/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.11-slim-bookworm
# pg_dump and pg_restore, of the version that docker-compose.yml runs.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client-15 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --home-dir /srv/sitefinder --shell /usr/sbin/nologin sitefinder \
    && install --directory --owner=sitefinder /data

WORKDIR /srv/sitefinder
COPY --from=environment /opt/sitefinder /opt/sitefinder
COPY --from=packages /srv/sitefinder/node_modules node_modules
COPY . .
# The same layout as a checkout, so that templates and packages are found in the same way.
RUN python -c "from pathlib import Path; from seed import packages; \
packages.add_project(Path('/opt/sitefinder'))" \
    && /opt/sitefinder/bin/python -m compileall -q /opt/sitefinder/lib .

ENV PATH=/opt/sitefinder/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    SITEFINDER_DATA=/data \
    SITEFINDER_HOST=0.0.0.0 \
    SITEFINDER_PORT=8000

USER sitefinder
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["python", "-c", \
    "import os, urllib.request as web; web.urlopen(f\"http://127.0.0.1:{os.environ['SITEFINDER_PORT']}/health/live\", timeout=4)"]
CMD ["sitefinder", "serve"]
