// What the oracles share: the simulator's control API, a place webhooks arrive at, and checks that are counted.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';

export const base = process.argv[2];
if (!base) throw new Error('usage: node <oracle>.mjs http://127.0.0.1:port');

async function control(method, path, body) {
  const response = await fetch(`${base}/sim/control${path}`, { method, body: body && JSON.stringify(body) });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : null };
}

/** Opens an account; the answer has its base_url and settings. */
export async function account(network, settings, webhook) {
  const { status, body } = await control('POST', '/accounts', { network, settings, webhook });
  assert.equal(status, 201, JSON.stringify(body));
  return body;
}

/** Lets a customer's phone do something; returns the network's id. */
export async function say(what) {
  const { status, body } = await control('POST', '/say', what);
  assert.equal(status, 200, JSON.stringify(body));
  return body.id;
}

export async function weather(id, change) {
  const { status, body } = await control('PUT', `/weather/${id}`, change);
  assert.equal(status, 200, JSON.stringify(body));
}

/** What a phone shows. */
export async function phone(id, who) {
  const { status, body } = await control('GET', `/threads/${id}/${who}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body.messages;
}

/** Listens for webhooks. next() waits for one more; status is what they are answered. */
export async function receiver() {
  const heard = [];
  const waiting = [];
  const it = { status: 200, answer: '', type: 'text/plain' };
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const one = { method: request.method, path: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() };
      const answer = it.respond?.(one);
      response.writeHead(answer?.status ?? it.status, { 'content-type': answer?.type ?? it.type });
      response.end(answer?.body ?? it.answer);
      if (answer?.unheard) return;
      const next = waiting.shift();
      if (next) next(one);
      else heard.push(one);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  it.url = `http://127.0.0.1:${server.address().port}`;
  it.next = () => (heard.length ? Promise.resolve(heard.shift()) : new Promise((resolve) => waiting.push(resolve)));
  it.unread = () => heard.length;
  return it;
}

/** One check. The test that started this script counts the lines that begin with ok. */
export async function check(name, run) {
  try {
    await run();
    console.log(`ok ${name}`);
  } catch (error) {
    console.log(`not ok ${name}\n${error?.stack ?? error}`);
    process.exitCode = 1;
  }
}

/** Ends the script, whatever still listens. */
export function done() {
  process.exit(process.exitCode ?? 0);
}
