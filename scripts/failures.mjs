// Prints every test that failed and the last it said, so that the end of a log
// tells what its middle showed; and every test that passed only the second time.
import { existsSync } from "node:fs";
import { outcomes } from "./outcomes.mjs";

const linesMost = 40;

for (const [name, { outcome, again, words }] of outcomes(process.argv.slice(2).filter(existsSync))) {
  if (outcome === "pass" && again && !name.startsWith("package ")) console.log(`-- passed the second time only: ${name}`);
  if (outcome !== "fail") continue;
  console.log(`-- failed: ${name}`);
  console.log(words.trimEnd().split("\n").slice(-linesMost).join("\n"));
}
