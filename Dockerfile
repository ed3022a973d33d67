# syntax=docker/dockerfile:1

FROM node:24-bookworm-slim AS build
WORKDIR /srv/pinchy
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
# The files that `npm run package` packs for download: Node.js, PostgreSQL, the bundle and what it reads, nothing else.
RUN node scripts/package.ts --unpacked /srv/package

FROM debian:bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=7777 PINCHY_HOME=/var/lib/pinchy DATA_ROOT=/data MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=131072 MALLOC_TRIM_THRESHOLD_=131072
ENV PATH=/srv/pinchy/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin
WORKDIR /srv/pinchy
COPY --from=build /srv/package ./
# Only the state directory is the user's own.
RUN useradd --uid 1000 --user-group --no-create-home --home-dir /var/lib/pinchy pinchy && \
  install -d -o pinchy -g pinchy -m 0700 /var/lib/pinchy && install -d /data
USER 1000:1000
VOLUME /var/lib/pinchy
EXPOSE 7777
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/api/health').then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--expose-gc", "dist/server/pinchy.js"]
CMD ["start"]
