// Prints every test that failed and the last it said, so that the end of a log
// tells what its middle showed.
import { existsSync, readFileSync } from "node:fs";

const linesMost = 40;

function go(text) {
  const said = new Map();
  const failed = [];
  for (const line of text.split("\n")) {
    if (!line.startsWith("{")) continue;
    const event = JSON.parse(line);
    const name = `${event.Package ?? ""} ${event.Test ?? ""}`.trim();
    if (event.Action === "output") said.set(name, `${said.get(name) ?? ""}${event.Output}`);
    else if (event.Action === "fail") failed.push(name);
    else said.delete(name);
  }
  for (const name of failed) tell(name, said.get(name) ?? "");
}

function vitest(text) {
  for (const file of JSON.parse(text).testResults) {
    for (const test of file.assertionResults) {
      if (test.status === "failed") tell(test.fullName, test.failureMessages.join("\n"));
    }
    if (file.status === "failed" && file.message) tell(file.name, file.message);
  }
}

function tell(name, words) {
  console.log(`-- failed: ${name}`);
  console.log(words.trimEnd().split("\n").slice(-linesMost).join("\n"));
}

for (const file of process.argv.slice(2)) {
  if (!existsSync(file)) continue;
  const text = readFileSync(file, "utf8");
  if (file.endsWith("go.json")) go(text);
  else vitest(text);
}
