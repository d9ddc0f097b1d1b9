// A bot that answers customers by itself until they ask for a person, and then
// lets people answer them. README.md says how to try it.
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const { PARLEY_URL, PARLEY_KEY, ENTRY_POINT, QUEUE, WEBHOOK_SECRET, PORT } = process.env;
const known = new Set(); // ids of events: Parley may tell one twice

// ask makes a request to the channel API and returns how the conversation stands.
async function ask(path, body) {
  const answer = await fetch(`${PARLEY_URL}/api/channel/${ENTRY_POINT}${path}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${PARLEY_KEY}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const { state, code } = await answer.json();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${code}`);
  return state;
}

// say is a customer speaking. Whoever people serve is not answered by the bot.
async function say(conversation, text) {
  const said = { conversation, external_id: randomUUID(), text, from: { name: conversation } };
  if ((await ask("/messages", said)) === "active") return "";
  const person = text.includes("person");
  const words = person ? "I get somebody." : `You said: ${text}`;
  await ask("/messages", { conversation, external_id: randomUUID(), sender: "bot", text: words });
  if (person) await ask(`/conversations/${conversation}/handover`, { queue_id: QUEUE });
  return words;
}

// hear is Parley telling us what people said; what it did not sign within five minutes is not from it.
function hear(header, body) {
  const [time, ...signatures] = header.replace("t=", "").split(",v1=");
  const right = createHmac("sha256", WEBHOOK_SECRET).update(`${time}.${body}`).digest();
  const given = signatures.map((one) => Buffer.from(one, "hex"));
  const ours = given.some((one) => one.length === right.length && timingSafeEqual(one, right));
  if (!ours || Math.abs(Date.now() / 1000 - time) > 300) return 403;
  const { id, type, data } = JSON.parse(body);
  if (type === "message" && !known.has(id)) console.log(`${data.conversation} hears: ${data.text}`);
  known.add(id);
  return 200;
}

createServer(async (request, response) => {
  const address = new URL(request.url, "http://bot");
  let body = "";
  for await (const part of request.setEncoding("utf8")) body += part;
  try {
    if (address.pathname === "/say") response.end(await say(address.searchParams.get("from"), body));
    else response.writeHead(hear(request.headers["parley-signature"] ?? "", body)).end();
  } catch (error) {
    console.error(error.message);
    response.writeHead(502).end();
  }
}).listen(Number(PORT), "127.0.0.1");
