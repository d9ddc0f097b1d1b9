// Prints "passed failed skipped" from the records of a test run.
import { outcomes } from "./outcomes.mjs";

const count = { pass: 0, fail: 0, skip: 0 };
const tests = outcomes(process.argv.slice(2));
for (const [name, { outcome }] of tests) {
  if (!name.startsWith("package ") || outcome === "fail") count[outcome]++;
}
console.log(count.pass, count.fail, count.skip);
