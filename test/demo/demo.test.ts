import { EACH_SERVICE } from '../support/each_service.ts';
import { quietConsole } from '../support/quiet.ts';
import { expectPromisesKept } from './played.ts';

quietConsole();

/** One service, so that a defect shows quickly; demo.long.test.ts plays it on all the others. */
test.each(EACH_SERVICE.slice(0, 1))(
  'the demo keeps its promises on $key, from Zap to Zap',
  (service) => expectPromisesKept(service, false),
);
