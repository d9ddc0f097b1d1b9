// Prints "passed failed skipped" from the records of a test run.
import { existsSync, readFileSync } from "node:fs";

const [kind, ...files] = process.argv.slice(2);
const count = { pass: 0, fail: 0, skip: 0 };

function go(text) {
  for (const line of text.split("\n")) {
    if (!line.startsWith("{")) continue;
    const event = JSON.parse(line);
    if (event.Test && event.Action in count) count[event.Action]++;
    if (!event.Test && event.Action === "fail") count.fail++;
  }
}

function vitest(text) {
  const run = JSON.parse(text);
  count.pass += run.numPassedTests;
  count.fail += run.numFailedTests + (run.success || run.numFailedTests > 0 ? 0 : 1);
  count.skip += run.numPendingTests + run.numTodoTests;
}

for (const file of files) {
  if (!existsSync(file)) count.fail++;
  else if (kind === "go") go(readFileSync(file, "utf8"));
  else vitest(readFileSync(file, "utf8"));
}
console.log(count.pass, count.fail, count.skip);
