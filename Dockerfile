# syntax=docker/dockerfile:1
# Two stages: wheels are made where a compiler may be needed, the image that runs has neither compiler nor pip cache.
FROM python:3.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
COPY requirements.txt ./
RUN python -m venv /opt/smallprint \
    && /opt/smallprint/bin/pip install --require-hashes -r requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
COPY config ./config
RUN /opt/smallprint/bin/pip install --no-deps .

FROM python:3.13-slim-bookworm
LABEL org.opencontainers.image.title="Smallprint" \
      org.opencontainers.image.description="Reads the small print for musicians" \
      org.opencontainers.image.licenses="MIT"
# A fixed id, so that a volume's owner stays the same across images.
RUN useradd --system --uid 10001 --user-group --no-create-home smallprint \
    && install -d -o smallprint -g smallprint /var/lib/smallprint /var/lib/smallprint/data
COPY --from=build /opt/smallprint /opt/smallprint
ENV PATH=/opt/smallprint/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    SMALLPRINT_LOG_FORMAT=json \
    SMALLPRINT_HTTP_HOST=127.0.0.1 \
    SMALLPRINT_HTTP_PORT=8080
USER 10001:10001
WORKDIR /var/lib/smallprint
VOLUME ["/var/lib/smallprint/data"]
# The runner stops within ten seconds of SIGTERM with nothing half done.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=1m --timeout=10s --start-period=1m --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/healthz', timeout=8)"]
ENTRYPOINT ["smallprint"]
CMD ["run"]
