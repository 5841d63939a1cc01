import { version as platformVersion } from 'zapier-platform-core';
import packageJson from './package.json' with { type: 'json' };
export default { version: packageJson.version, platformVersion };
