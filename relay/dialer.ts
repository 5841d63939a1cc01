import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { mayDial, type Targets, targetProblem } from './targets.ts';

/** An address that must not be dialled. */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
  readonly code = 'FORBIDDEN_ADDRESS';
}

/** Looks a name up and keeps those addresses that may be dialled for it. */
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
 * Connects to public addresses only. It is the address about to be dialled that is judged, not one
 * that was looked up before: a name may point elsewhere the next time it is asked for.
 */
export function dialer(targets: Targets): Agent {
  const connect = buildConnector({ timeout: 10_000, lookup: lookupFor(targets) });
  return new Agent({
    // To one host, and almost all targets are on one: enough for a dozen that do not answer.
    connections: 1024,
    pipelining: 1,
    connect(options, callback) {
      const { protocol, hostname, port } = options;
      // Those who subscribed before the list was made shorter are called no more.
      if (targetProblem(`${protocol}//${hostname}${port ? `:${port}` : ''}/`, targets)) {
        callback(new ForbiddenAddress('The relay does not call that host.'), null);
        return;
      }
      const host = hostname.replace(/^\[|\]$/g, '');
      // A literal address is dialled without being looked up.
      if (isIP(host) && !mayDial(hostname, host, targets)) {
        callback(new ForbiddenAddress('It is not on the public internet.'), null);
        return;
      }
      connect(options, callback);
    },
  });
}
