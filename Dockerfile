# The relay: docker build -t midjourney-relay .
FROM node:22.19-slim

WORKDIR /relay
ENV NODE_ENV=production

# What the relay runs with, and nothing of the Zapier app.
COPY package.json package-lock.json ./
COPY relay/package.json relay/
RUN npm ci --omit=dev --workspace relay --include-workspace-root=false && npm cache clean --force

# Its own code, and the rooms of the app that it reads callbacks with.
COPY delivery delivery
COPY errors errors
COPY midjourney midjourney
COPY services services
COPY relay relay

# Without DATABASE_URL it keeps its data in this folder: mount a volume there.
RUN mkdir /data && chown node:node /data
ENV HOST=0.0.0.0 PORT=8090 RELAY_DATA=/data/relay

USER node
EXPOSE 8090
# Deliveries under way are finished first, which takes up to 45 s: give it that time before it is killed.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD \
  ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/livez`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--disable-warning=ExperimentalWarning", "relay/main.ts"]
