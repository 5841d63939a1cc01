import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { mayDial, type Targets, targetProblem } from './targets.ts';

/** An address that the relay must not connect to. */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
  readonly code = 'FORBIDDEN_ADDRESS';
}

/** Resolves a host name to the addresses that the relay may connect to. */
export const lookupFor =
  (targets: Targets): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const allowed = (addresses ?? []).filter(({ address }) =>
        mayDial(hostname, address, targets),
      );
      const [first] = allowed;
      if (error || !first) {
        callback(error ?? new ForbiddenAddress('It is not on the public internet.'), []);
      } else if (options.all) {
        callback(null, allowed);
      } else {
        callback(null, first.address, first.family);
      }
    });
  };

/**
 * Connects to public addresses only. The check runs on the address that is being connected to, not
 * on an earlier lookup, because DNS may answer differently the next time (DNS rebinding).
 */
export function dialer(targets: Targets): Agent {
  const connect = buildConnector({ timeout: 10_000, lookup: lookupFor(targets) });
  return new Agent({
    // Per host. Almost all targets share one host: 1024 is enough for a dozen targets that do not
    // answer, at up to 75 attempts each.
    connections: 1024,
    pipelining: 1,
    connect(options, callback) {
      const { protocol, hostname, port } = options;
      // Checked again: RELAY_TARGETS may have become shorter since the hook was subscribed.
      if (targetProblem(`${protocol}//${hostname}${port ? `:${port}` : ''}/`, targets)) {
        callback(new ForbiddenAddress('The relay does not call that host.'), null);
        return;
      }
      const host = hostname.replace(/^\[|\]$/g, '');
      // An IP address in the URL skips the lookup.
      if (isIP(host) && !mayDial(hostname, host, targets)) {
        callback(new ForbiddenAddress('It is not on the public internet.'), null);
        return;
      }
      connect(options, callback);
    },
  });
}
