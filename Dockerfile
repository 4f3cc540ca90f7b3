# The public process. The database is another container; see compose.yaml.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
COPY requirements.lock ./
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check \
        --require-hashes --no-deps --only-binary :all: -r requirements.lock

# The web page. The same Node.js as frontend/requirements-node.lock; none of it is in the result.
FROM node:24-bookworm-slim AS page
WORKDIR /app/frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --ignore-scripts
COPY api/places/data /app/api/places/data
COPY frontend ./
RUN npm run build

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin qiuzhu
WORKDIR /app
COPY --from=build /venv /venv
COPY api ./api
COPY migrations ./migrations
COPY frontend/public ./frontend/public
COPY --from=page /app/frontend/dist ./frontend/dist
COPY LICENSE ./
ENV PATH=/venv/bin:$PATH \
    PYTHONPATH=/app \
    PYTHONSAFEPATH=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    QIUZHU_HOST=0.0.0.0 \
    QIUZHU_PORT=8000
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import http.client as h; c = h.HTTPConnection('127.0.0.1', 8000, timeout=2); c.request('GET', '/livez'); raise SystemExit(c.getresponse().status != 200)"]
CMD ["python", "-m", "api", "serve"]
