// Reads the records of a test run: what became of each test, and the last it
// said. A test that ran twice counts by its second time. A package or a file is
// a failure only where it failed outside its tests.
import { existsSync, readFileSync } from "node:fs";

/** outcomes returns, by the test's name, { outcome: pass | fail | skip, again: it failed the first time, words }. */
export function outcomes(files) {
  const tests = new Map();
  const ended = (name, outcome, words) => tests.set(name, { outcome, again: tests.get(name)?.outcome === "fail", words });
  for (const file of files) {
    if (!existsSync(file)) ended(`${file} was not written`, "fail", "");
    else if (file.endsWith("go.json")) go(readFileSync(file, "utf8"), ended);
    else vitest(readFileSync(file, "utf8"), ended);
  }
  return tests;
}

const goEnds = ["pass", "fail", "skip"];

function go(text, ended) {
  const said = new Map();
  const blamed = new Set(); // packages whose failure is a test's
  for (const line of text.split("\n")) {
    if (!line.startsWith("{")) continue;
    const event = JSON.parse(line);
    const name = `${event.Package ?? ""} ${event.Test ?? ""}`.trim();
    if (event.Action === "output") said.set(name, `${said.get(name) ?? ""}${event.Output}`);
    if (!goEnds.includes(event.Action)) continue;
    const failed = event.Action === "fail";
    if (event.Test) {
      ended(name, event.Action, failed ? (said.get(name) ?? "") : "");
      if (failed) blamed.add(event.Package);
    } else {
      const alone = failed && !blamed.delete(event.Package);
      ended(`package ${name}`, alone ? "fail" : "pass", alone ? (said.get(name) ?? "") : "");
    }
    said.delete(name);
  }
}

const vitestEnds = { passed: "pass", failed: "fail" };

function vitest(text, ended) {
  for (const file of JSON.parse(text).testResults) {
    const failed = file.assertionResults.filter((test) => test.status === "failed");
    for (const test of file.assertionResults) {
      ended(`${file.name} ${test.fullName}`, vitestEnds[test.status] ?? "skip", test.failureMessages.join("\n"));
    }
    const alone = file.status === "failed" && failed.length === 0;
    ended(`package ${file.name}`, alone ? "fail" : "pass", alone ? file.message : "");
  }
}
