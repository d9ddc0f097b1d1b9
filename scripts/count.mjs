// Prints "passed failed skipped" from a test run's own record.
import { existsSync, readFileSync } from "node:fs";

const [kind, file] = process.argv.slice(2);
const count = { pass: 0, fail: 0, skip: 0 };
if (existsSync(file)) {
  const text = readFileSync(file, "utf8");
  if (kind === "go") {
    for (const line of text.split("\n")) {
      if (!line.startsWith("{")) continue;
      const event = JSON.parse(line);
      if (event.Test && event.Action in count) count[event.Action]++;
      if (!event.Test && event.Action === "fail") count.fail++;
    }
  } else {
    const run = JSON.parse(text);
    count.pass = run.numPassedTests;
    count.fail = run.numFailedTests + run.numFailedTestSuites;
    count.skip = run.numPendingTests;
  }
}
console.log(count.pass, count.fail, count.skip);
