import { EACH_SERVICE } from '../support/each_service.ts';
import { quietConsole } from '../support/quiet.ts';
import { expectPromisesKept } from './played.ts';

quietConsole();

test.each(EACH_SERVICE.slice(1))(
  'the demo keeps its promises on $key, from Zap to Zap',
  (service) => expectPromisesKept(service, false),
);

test.each(EACH_SERVICE)('the demo keeps its promises on $key, through the relay', (service) =>
  expectPromisesKept(service, true),
);
