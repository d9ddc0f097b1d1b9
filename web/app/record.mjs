// Records a day for reduce.test.ts: what the server tells several people while
// customers come and go, with the snapshot it gives each before and after.
//
//   parley serve --demo --data <fresh folder> --listen 127.0.0.1:8099
//   node record.mjs http://127.0.0.1:8099
//
// Source: R-52.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const server = process.argv[2] ?? "http://127.0.0.1:8080";
const folder = join(import.meta.dirname, "src/live/testdata");

/** ask sends one request and returns what came back; a refusal ends the recording. */
async function ask(method, path, { body, cookie, token } = {}) {
  const headers = { "Content-Type": "application/json" };
  if (cookie) headers.Cookie = cookie;
  if (token) headers.Authorization = `Bearer ${token}`;
  const response = await fetch(server + path, { method, headers, body: body && JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return { value: text ? JSON.parse(text) : undefined, response };
}

/** person signs in and follows the news from a first snapshot on. */
async function person(login) {
  const body = { login, password: "demo", take_over: true };
  const { response } = await ask("POST", "/api/session", { body });
  const cookie = response.headers.getSetCookie()[0].split(";")[0];
  const me = (method, path, sent) => ask(method, path, { body: sent, cookie }).then((r) => r.value);
  const start = await me("GET", "/api/live/snapshot");
  const { ticket } = await me("POST", "/api/live/ticket", {});
  const stream = await fetch(`${server}/api/live?after=${start.n}`, {
    headers: { Accept: "text/event-stream", "Parley-Ticket": ticket, Cookie: cookie },
  });
  const frames = [];
  void listen(stream.body, frames).catch(() => undefined);
  return { login, me, start, frames, id: start.me.id };
}

async function listen(body, frames) {
  let rest = "";
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const data = block.split("\n").filter((l) => l.startsWith("data:"));
      const wire = data.length > 0 ? JSON.parse(data.map((l) => l.slice(5)).join("")) : {};
      if (wire.frame) frames.push(wire.frame);
    }
  }
}

/** until asks again and again until something is there. */
async function until(find) {
  for (let n = 0; n < 1000; n++) {
    const found = await find();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error(`gave up: ${find}`);
}

async function visitor(name, email) {
  const { value } = await ask("POST", "/api/public/entry-points/ent_demo/conversations", {
    body: {
      client_id: crypto.randomUUID(),
      language: "en",
      page: "/",
      zone_offset: -300,
      name,
      email,
      question: "Hello",
    },
  });
  const my = (method, path, body = {}) =>
    ask(method, `/api/public/conversation${path}`, { body, token: value.token });
  return {
    say: (text) => my("POST", "/messages", { client_id: crypto.randomUUID(), text }),
    read: (upTo) => my("PUT", "/receipt", { delivered: upTo, read: upTo }),
    end: () => my("PUT", "/end"),
  };
}

const find = async (p, test) => (await p.me("GET", "/api/live/snapshot")).interactions.find(test);

async function accept(p) {
  const i = await until(() => find(p, (x) => x.offer?.agent_id === p.id));
  await p.me("PUT", `/api/interactions/${i.id}/offers/${i.offer.id.split(".").at(-1)}/acceptance`, {});
  return i;
}

/** finish answers every required list, and wraps up. */
async function finish(p, id) {
  const i = await until(() => find(p, (x) => x.id === id && x.state === "wrapup"));
  const ids = i.lists.filter((l) => l.required).map((l) => l.codes[0].id);
  if (ids.length > 0) await p.me("PUT", `/api/interactions/${id}/dispositions`, { ids });
  if (i.await_ack) await p.me("PUT", `/api/interactions/${id}/view`, {});
  await p.me("PUT", `/api/interactions/${id}/wrap-up`, {});
}

const say = (p, id, text) =>
  p.me("POST", `/api/interactions/${id}/messages`, { client_id: crypto.randomUUID(), text });

async function day([amy, bob, sam]) {
  await amy.me("PUT", "/api/agents/me/presence", { status: "available" });
  const marie = await visitor("Marie", "marie@example.com");
  const first = await accept(amy);
  await say(amy, first.id, "Good morning");
  await marie.say("I have a question");
  await marie.read(3);
  await amy.me("PUT", `/api/interactions/${first.id}/draft`, { text: "Let me" });
  await amy.me("POST", `/api/interactions/${first.id}/notes`, {
    client_id: crypto.randomUUID(),
    text: "A note",
  });
  await sam.me("PUT", `/api/interactions/${first.id}/watch`, {});
  await say(amy, first.id, "One moment");
  await bob.me("PUT", "/api/agents/me/presence", { status: "available" });
  await amy.me("PUT", "/api/agents/me/stop-new", {});
  const luc = await visitor("Luc", "luc@example.com");
  const second = await accept(bob);
  await bob.me("PUT", "/api/agents/me/stop-new", {});
  await amy.me("DELETE", "/api/agents/me/stop-new");
  await amy.me("PUT", `/api/interactions/${first.id}/case`, {});
  const targets = await amy.me("GET", `/api/transfer-targets?interaction=${first.id}`);
  const queue = targets.queues.find((q) => q.staffed).id;
  await amy.me("POST", `/api/interactions/${first.id}/transfers`, { queue, client_id: crypto.randomUUID() });
  await bob.me("DELETE", "/api/agents/me/stop-new");
  const third = await accept(bob);
  await finish(amy, first.id);
  await luc.end();
  await finish(bob, second.id);
  await sam.me("PUT", `/api/agents/${bob.id}/presence`, { status: "on_break" });
  await sam.me("DELETE", `/api/interactions/${first.id}/watch`).catch(() => undefined);
  await bob.me("PUT", `/api/interactions/${third.id}/end`, {});
  await finish(bob, third.id);
  await amy.me("PUT", "/api/agents/me/presence", { status: "work_offline" });
}

const people = [];
for (const login of ["amy", "bob", "sam"]) people.push(await person(login));
await day(people);
mkdirSync(folder, { recursive: true });
const ends = [];
for (const p of people) ends.push(await p.me("GET", "/api/live/snapshot"));
for (const [k, p] of people.entries()) await until(() => (p.frames.at(-1)?.to ?? 0) >= ends[k].n);
for (const [k, p] of people.entries()) {
  const day = { start: p.start, frames: p.frames, end: ends[k] };
  writeFileSync(join(folder, `${p.login}.json`), `${JSON.stringify(day)}\n`);
  console.log(p.login, p.frames.length, "frames up to", ends[k].n);
}
process.exit(0);
