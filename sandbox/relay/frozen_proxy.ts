import { connect, createServer, type Socket } from 'node:net';

/** A proxy before a database whose open connections can be made to hang. */
export interface FrozenProxy {
  /** The database's URL with the proxy in place of its host. */
  readonly url: string;
  /** From now on what goes over the connections that are open is dropped; new ones work. */
  freeze(): void;
  /** From now on new connections hang as well, until this is called with false. */
  hold(isHeld: boolean): void;
  stop(): Promise<void>;
}

/** Starts a proxy on loopback before the server of this URL. */
export async function startFrozenProxy(databaseUrl: string): Promise<FrozenProxy> {
  const { hostname, port } = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const frozen = new Set<Socket>();
  let isHeld = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    keep(client);
    if (isHeld) {
      return;
    }
    const database = connect(Number(port), hostname);
    keep(database);
    const forward = (from: Socket, to: Socket) => {
      from.on('data', (bytes) => {
        if (!frozen.has(from)) {
          to.write(bytes);
        }
      });
      from.on('close', () => to.destroy());
    };
    forward(client, database);
    forward(database, client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = new URL(databaseUrl);
  url.port = String(typeof address === 'object' ? address?.port : '');
  url.hostname = '127.0.0.1';
  return {
    url: url.href,
    freeze() {
      for (const socket of sockets) {
        frozen.add(socket);
      }
    },
    hold(held) {
      isHeld = held;
    },
    async stop() {
      for (const socket of sockets) {
        socket.destroy();
      }
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
