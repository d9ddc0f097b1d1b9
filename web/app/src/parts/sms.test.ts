import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type SmsSize, smsSize } from "./sms";

type Vector = SmsSize & { name: string; text: string; repeat?: number };
const vectors = JSON.parse(readFileSync("../../testdata/sms.json", "utf8")) as Vector[];

test.each(vectors)("CNV-05: $name", ({ name: _, text, repeat = 1, ...want }) => {
  expect(smsSize(text.repeat(repeat))).toEqual(want);
});
