import { expect, test } from "vitest";
import { title } from "./title";

test("LOC-05: a tab is called what its page is, and an offer is told before that (OFR-01)", () => {
  const leave = title("place", "Configuration");
  const close = title("page", "Queues");
  expect(document.title).toBe("Queues - Parley");
  const answer = title("news", "New chat - Support");
  expect(document.title).toBe("(1) New chat - Support");
  const next = title("page", "Skills"); // one may walk on while it rings
  close();
  expect(document.title).toBe("(1) New chat - Support");
  answer();
  expect(document.title).toBe("Skills - Parley");
  next();
  expect(document.title).toBe("Configuration - Parley");
  leave();
  expect(document.title).toBe("Parley");
});
