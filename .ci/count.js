// Prints "N passed, N failed" over several runs, and fails when anything failed in one of them:
//   node .ci/count.js <results of jest>:<exit code of the command that wrote them> …
// A test that was in more than one run counts once, and as failed when it failed in one. A command
// that failed although its tests passed (lint, types, a build, a test file that does not load)
// counts as one more that failed.
import { existsSync, readFileSync } from 'node:fs';

const passed = new Set();
const failed = new Set();
let failedCommands = 0;

for (const run of process.argv.slice(2)) {
  const [file, code] = run.split(':');
  const { testResults = [] } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const failedBefore = failed.size;
  for (const { name, assertionResults } of testResults) {
    const namesakes = new Map();
    for (const { fullName, status } of assertionResults) {
      namesakes.set(fullName, (namesakes.get(fullName) ?? 0) + 1);
      const test = `${name}: ${fullName} (${namesakes.get(fullName)})`;
      if (status === 'passed') {
        passed.add(test);
      } else if (status === 'failed') {
        failed.add(test);
      }
    }
  }
  if (code !== '0' && failed.size === failedBefore) {
    failedCommands += 1;
  }
}

const successes = [...passed].filter((test) => !failed.has(test)).length;
const failures = failed.size + failedCommands;
process.stdout.write(`${successes} passed, ${failures} failed\n`);
process.exitCode = failures === 0 ? 0 : 1;
