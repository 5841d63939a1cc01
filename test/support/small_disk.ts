import { spawn, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z as zod } from 'zod';
import { query } from './postgres.ts';
import { until } from './until.ts';

/** A PostgreSQL of its own, on a disk that can be full. Whenever it ends it is started again. */
export interface SmallDiskPostgres {
  readonly url: string;
  /** Takes all the room that is left. Asked again, it takes what has become free since. */
  fill(): Promise<void>;
  /** Gives back what `fill` has taken. */
  empty(): Promise<void>;
  stop(): Promise<void>;
}

/** Of these, 40 are PostgreSQL's own when it is new. */
const MEGABYTES = 200;

/** Mounts made in it are seen by nobody else, and it takes its processes with it. */
const NAMESPACE = ['--mount', '--pid', '--fork', '--mount-proc', '--kill-child'];

/** Segments of 1 MB: the log of what is written soon needs a new file. */
const SERVE = `
  set -e
  mount -t tmpfs -o size=${MEGABYTES}m tmpfs "$FOLDER"
  chown postgres "$FOLDER"
  cd /
  runuser -u postgres -- "$PROGRAMS/initdb" --pgdata "$FOLDER/data" --username relay --auth trust \
    --encoding UTF8 --no-locale --wal-segsize=1 >/dev/null
  while true; do
    runuser -u postgres -- "$PROGRAMS/postgres" -D "$FOLDER/data" -p "$SERVER_PORT" \
      -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
      -c min_wal_size=2MB -c max_wal_size=8MB || true
    sleep 1
  done`;

const VERSIONS = '/usr/lib/postgresql';

function programsFolder(): string | undefined {
  try {
    const versions = readdirSync(VERSIONS).sort((a, b) => Number(a) - Number(b));
    return path.join(VERSIONS, versions.at(-1) ?? '', 'bin');
  } catch {
    return undefined;
  }
}

const PROGRAMS = programsFolder();

/** Why there is no small disk on this machine; undefined where there is one. */
export function smallDiskProblem(): string | undefined {
  if (!PROGRAMS) {
    return `there is no PostgreSQL in ${VERSIONS}`;
  }
  const tried = spawnSync('unshare', [...NAMESPACE, 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()]);
  return tried.status === 0 ? undefined : 'this machine lets nobody mount a small disk';
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = zod.object({ port: zod.number() }).parse(server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const noRoom = zod.object({ code: zod.literal('ENOSPC') });

export async function startPostgresOnSmallDisk(): Promise<SmallDiskPostgres> {
  const folder = await mkdtemp(path.join(tmpdir(), 'small-disk-'));
  const port = await freePort();
  const url = `postgres://relay@127.0.0.1:${port}/postgres`;
  const child = spawn('unshare', [...NAMESPACE, 'bash', '-c', SERVE], {
    env: {
      PATH: process.env.PATH,
      FOLDER: folder,
      PROGRAMS,
      SERVER_PORT: String(port),
    },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  // The folder as the processes in the namespace see it.
  const filler = path.join(`/proc/${child.pid}/root`, folder, 'filler');
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true });
  };
  try {
    await until('PostgreSQL', () =>
      query(url, 'select 1').then(
        () => true,
        () => false,
      ),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
    async fill() {
      const file = await open(filler, 'a');
      try {
        for (;;) {
          await file.write(Buffer.alloc(64 * 1024));
        }
      } catch (error) {
        if (!noRoom.safeParse(error).success) {
          throw error;
        }
      } finally {
        await file.close();
      }
    },
    empty: () => rm(filler),
    stop,
  };
}
