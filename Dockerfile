# syntax=docker/dockerfile:1

FROM node:24-bookworm-slim AS build
WORKDIR /srv/pinchy
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN node scripts/build.ts

# What runs: the bundle, the few packages that must stay packages, the migrations. No compiler, no tests, no database.
FROM node:24-bookworm-slim AS packages
WORKDIR /srv/pinchy
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev --omit=optional

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=7777 PINCHY_HOME=/var/lib/pinchy DATA_ROOT=/data MALLOC_ARENA_MAX=1
WORKDIR /srv/pinchy
COPY --from=packages /srv/pinchy/node_modules node_modules
COPY --from=build /srv/pinchy/dist dist
COPY package.json package-lock.json LICENSE ./
COPY server/db/migrations server/db/migrations
COPY openclaw-plugin openclaw-plugin
COPY openclaw-gateway openclaw-gateway
# The image's user `node` has the id 1000; only the state directory is its own.
RUN install -d -o node -g node -m 0700 /var/lib/pinchy && install -d /data
USER 1000:1000
VOLUME /var/lib/pinchy
EXPOSE 7777
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/api/health').then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--expose-gc", "dist/server/pinchy.js"]
CMD ["start"]
