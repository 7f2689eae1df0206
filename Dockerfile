# The service without its embedded database: DATABASE_URL and SECRET come from outside (docker-compose.yml shows how).
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /srv/maillon
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit
COPY . .
RUN node bin/build.mjs && npm prune --omit=dev --omit=optional --ignore-scripts --no-audit && rm -rf dist/.tsbuildinfo

FROM node:24.21.0-bookworm-slim
LABEL org.opencontainers.image.title="Maillon" org.opencontainers.image.licenses="EUPL-1.2"
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 MALLOC_ARENA_MAX=2
WORKDIR /srv/maillon
COPY --from=build /srv/maillon/package.json /srv/maillon/LICENSE /srv/maillon/NOTICE ./
COPY --from=build /srv/maillon/node_modules node_modules
COPY --from=build /srv/maillon/bin bin
COPY --from=build /srv/maillon/data data
COPY --from=build /srv/maillon/src src
COPY --from=build /srv/maillon/dist dist
USER node
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 CMD ["node", "bin/health.mjs"]
ENTRYPOINT ["node", "--expose-gc", "--max-semi-space-size=8", "--max-old-space-size=512", "dist/src/boot.js"]
