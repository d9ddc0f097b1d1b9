// Prints the test files of a run that did not pass, one a line.
import { existsSync, readFileSync } from "node:fs";

const [record] = process.argv.slice(2);
if (existsSync(record)) {
  for (const file of JSON.parse(readFileSync(record, "utf8")).testResults) {
    if (file.status === "failed") console.log(file.name);
  }
}
