// A client of X's API, written by others, against the simulated X.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import http from 'node:http';
import { createRequire } from 'node:module';
import { account, base, check, done, phone, receiver, say, weather } from './lib.mjs';

const require = createRequire(import.meta.url);
const https = require('node:https');
const { ApiResponseError, TwitterApi } = require('twitter-api-v2');

const me = '2244994945';
const ada = '1830218901527773184'; // beyond 2^53: Number would make it another
const keys = {
  user_id: me,
  consumer_key: 'consumer-key',
  consumer_secret: 'consumer secret & more',
  access_token: `${me}-token`,
  access_token_secret: 'token+secret/with=signs',
  bearer_token: 'app-bearer-token',
  client_id: 'client-id',
  client_secret: 'client-secret',
  oauth2_token: 'first-access-token',
  refresh_token: 'first-refresh-token',
};
const hooks = await receiver();
const crc = (path, secret) => ({
  status: 200,
  type: 'application/json',
  unheard: true,
  body: JSON.stringify({
    response_token: `sha256=${createHmac('sha256', secret).update(new URL(path, base).searchParams.get('crc_token')).digest('base64')}`,
  }),
});
let secret = keys.consumer_secret;
hooks.respond = (one) => (one.method === 'GET' ? crc(one.path, secret) : undefined);
const it = await account('x', keys, `${hooks.url}/in/x/7`);

// The client speaks TLS, and to X only; everything else of it stays as it is, what it signs too.
https.request = (options, ...rest) => {
  const there = new URL(it.base_url);
  assert.equal(options.host, 'api.x.com');
  return http.request({ ...options, protocol: 'http:', host: there.hostname, port: there.port, path: there.pathname + options.path }, ...rest);
};
const at = (credentials) => new TwitterApi(credentials);
const user = { appKey: keys.consumer_key, appSecret: keys.consumer_secret, accessToken: keys.access_token, accessSecret: keys.access_token_secret };
const v1 = at(user).v2;
const app = at(keys.bearer_token).v2;
const refused = (promise, status, detail) =>
  assert.rejects(promise, (e) => {
    assert.ok(e instanceof ApiResponseError, String(e));
    assert.equal(e.code, status, e.message);
    assert.match(JSON.stringify(e.data), detail);
    return true;
  });
const signed = (hook, with_ = keys.consumer_secret) =>
  assert.equal(hook.headers['x-twitter-webhooks-signature'], `sha256=${createHmac('sha256', with_).update(hook.body).digest('base64')}`);
const event = async () => {
  const hook = await hooks.next();
  signed(hook);
  assert.equal(hook.headers['x-twitter-webhooks-signature-oauth2'], `sha256=${createHmac('sha256', keys.client_secret).update(hook.body).digest('base64')}`);
  return JSON.parse(hook.body);
};

await check('OAuth 1.0a: who am I', async () => assert.equal((await v1.me()).data.id, me));
await check('OAuth 1.0a: a wrong secret is 401', () => refused(at({ ...user, accessSecret: 'another' }).v2.me(), 401, /Unauthorized/));
await check('OAuth 2.0: who am I', async () => assert.equal((await at(keys.oauth2_token).v2.me()).data.id, me));
await check('OAuth 2.0: an unknown token is 401', () => refused(at('nonsense').v2.me(), 401, /Unauthorized/));

await check('nobody is written to who has not written', () => refused(v1.sendDmToParticipant(ada, { text: 'Hello' }), 403, /permission to DM/));
await check('a webhook whose challenge fails is refused', async () => {
  secret = 'another';
  await refused(app.post('webhooks', { url: `${hooks.url}/in/x/7` }), 400, /CrcValidationFailed/);
  secret = keys.consumer_secret;
});
let hook;
await check('a webhook is registered after its challenge', async () => {
  hook = (await app.post('webhooks', { url: `${hooks.url}/in/x/7` })).data;
  assert.equal(hook.valid, true);
  assert.equal((await app.get('webhooks')).meta.result_count, 1);
});
await check('the same address twice is refused', () => refused(app.post('webhooks', { url: hook.url }), 400, /DuplicateUrlFailed/));
await check('a private event needs the user', () =>
  refused(app.post('activity/subscriptions', { event_type: 'dm.received', filter: { user_id: me }, webhook_id: hook.id }), 403, /OAuth 2.0 User Context/));
await check('X Activity: subscriptions are made and listed', async () => {
  for (const event_type of ['dm.received', 'dm.sent', 'dm.read', 'dm.indicate_typing']) {
    const made = await at(keys.oauth2_token).v2.post('activity/subscriptions', { event_type, filter: { user_id: me }, tag: 'desk', webhook_id: hook.id });
    assert.equal(made.data.event_type, event_type);
  }
  assert.equal((await app.get('activity/subscriptions')).meta.total_subscriptions, 4);
});

let first;
await check('X Activity: what a person writes arrives, signed, with ids as text', async () => {
  first = await say({ account: it.id, from: ada, name: 'Ada King', username: 'ada', kind: 'text', text: 'Fish & <chips> \u{1F41F}' });
  const { data } = await event();
  assert.equal(data.event_type, 'dm.received');
  assert.equal(data.filter.user_id, me);
  const [dm] = data.payload.direct_message_events;
  assert.equal(dm.id, first);
  assert.ok(BigInt(dm.id) > BigInt(Number.MAX_SAFE_INTEGER));
  assert.equal(dm.message_create.sender_id, ada);
  assert.equal(dm.message_create.target.recipient_id, me);
  assert.equal(dm.message_create.message_data.text, 'Fish &amp; &lt;chips&gt; \u{1F41F}');
  assert.equal(data.payload.users[ada].data.username, 'ada');
});
await check('an answer reaches the phone, and its echo comes back', async () => {
  const { data } = await v1.sendDmToParticipant(ada, { text: 'On it! été' });
  assert.equal(data.dm_conversation_id, `${me}-${ada}`);
  const echo = (await event()).data;
  assert.equal(echo.event_type, 'dm.sent');
  assert.equal(echo.payload.direct_message_events[0].id, data.dm_event_id);
  assert.equal(echo.payload.direct_message_events[0].message_create.sender_id, me);
  const read = (await event()).data;
  assert.equal(read.event_type, 'dm.read');
  assert.equal(read.payload.direct_message_mark_read_events[0].last_read_event_id, data.dm_event_id);
  const shown = (await phone(it.id, ada)).at(-1);
  assert.deepEqual([shown.id, shown.text, shown.state], [data.dm_event_id, 'On it! été', 'read']);
});
await check('the conversation by its id is the same one', async () => {
  const { data } = await v1.sendDmInConversation(`${me}-${ada}`, { text: 'And more' });
  assert.equal((await phone(it.id, ada)).at(-1).id, data.dm_event_id);
  await event();
  await event();
});
await check('events are listed, newest first, in pages', async () => {
  const page = await v1.listDmEventsWithParticipant(ada, { max_results: 2 });
  assert.deepEqual(page.events.map((e) => e.text), ['And more', 'On it! été']);
  assert.equal(page.rateLimit.limit, 15);
  await page.fetchNext();
  assert.equal(page.events.length, 3);
  assert.equal(page.events[2].id, first);
  assert.equal(page.events[2].event_type, 'MessageCreate');
});
await check('a picture is uploaded in pieces and sent', async () => {
  const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(2000)]);
  const id = await v1.uploadMedia(png, { media_type: 'image/png', media_category: 'dm_image' }, 1024);
  await v1.sendDmToParticipant(ada, { text: 'Look', attachments: [{ media_id: id }] });
  const echo = (await event()).data.payload.direct_message_events[0].message_create.message_data;
  assert.equal(echo.attachment.media.id_str, id);
  assert.equal(echo.attachment.media.type, 'photo');
  assert.ok(echo.text.endsWith(echo.attachment.media.url));
  await event();
  assert.deepEqual([(await phone(it.id, ada)).at(-1).media.size], [2008]);
});
await check('an unknown picture is refused', () => refused(v1.sendDmToParticipant(ada, { attachments: [{ media_id: '1' }] }), 400, /media IDs are invalid/));
await check('a picture a person sends is fetched by OAuth 2.0, not by 1.0a', async () => {
  await say({ account: it.id, from: ada, kind: 'image', text: 'My invoice' });
  const data = (await event()).data.payload.direct_message_events[0].message_create.message_data;
  const path = data.attachment.media.media_url_https.split('/').slice(-3).join('/');
  await refused(v1.get(`dm_conversations/media/${path}`), 403, /OAuth 2.0/);
  const file = await at(keys.oauth2_token).v2.get(`dm_conversations/media/${path}`, undefined, { forceParseMode: 'buffer' });
  assert.equal(file.subarray(1, 4).toString(), 'PNG');
});
await check('10,000 characters go, one more does not', async () => {
  await v1.sendDmToParticipant(ada, { text: 'x'.repeat(10_000) });
  await event();
  await event();
  await refused(v1.sendDmToParticipant(ada, { text: 'x'.repeat(10_001) }), 403, /354/);
});
await check('typing arrives', async () => {
  await say({ account: it.id, from: ada, kind: 'typing' });
  const { data } = await event();
  assert.equal(data.payload.direct_message_indicate_typing_events[0].sender_id, ada);
});
await check('encrypted chat arrives unreadable', async () => {
  await say({ account: it.id, from: ada, kind: 'encrypted' });
  const { data } = await event();
  assert.equal(data.event_type, 'chat.received');
  assert.equal(data.payload.sender_id, ada);
  assert.ok(data.payload.encoded_event);
});
await check('OAuth 2.0: a refresh token is used once', async () => {
  const anew = await at({ clientId: keys.client_id, clientSecret: keys.client_secret }).refreshOAuth2Token(keys.refresh_token);
  assert.equal(anew.expiresIn, 7200);
  assert.ok(anew.scope.includes('dm.write'));
  assert.equal((await at(anew.accessToken).v2.me()).data.id, me);
  await refused(at({ clientId: keys.client_id, clientSecret: keys.client_secret }).refreshOAuth2Token(keys.refresh_token), 400, /invalid/);
});
await check('expired tokens: 89 by OAuth 1.0a, 401 by 2.0', async () => {
  await weather(it.id, { token_expired: true });
  await refused(v1.me(), 401, /89/);
  await refused(at(keys.oauth2_token).v2.me(), 401, /Unauthorized/);
  await weather(it.id, {});
});
await check('weather: 429 with its headers, 503, 200 with an error', async () => {
  await weather(it.id, { throttle: 1 });
  await assert.rejects(v1.sendDmToParticipant(ada, { text: 'Hello' }), (e) => {
    assert.equal(e.code, 429);
    assert.equal(e.rateLimitError, true);
    assert.equal(e.rateLimit.remaining, 0);
    assert.ok(e.rateLimit.reset > Date.now() / 1000);
    return true;
  });
  await weather(it.id, { fail: 1 });
  await refused(v1.sendDmToParticipant(ada, { text: 'Hello' }), 503, /Unavailable/);
  await weather(it.id, { ok_with_error: 1 });
  assert.equal((await v1.sendDmToParticipant(ada, { text: 'Hello' })).errors.length, 1);
  await weather(it.id, {});
});
await check('taken, but never answered: it is on the phone and in the list', async () => {
  await weather(it.id, { timeout_after_accept: 1, receipts: false });
  await assert.rejects(v1.sendDmToParticipant(ada, { text: 'Lost?' }));
  await weather(it.id, { receipts: false });
  assert.equal((await phone(it.id, ada)).at(-1).text, 'Lost?');
  assert.equal((await v1.listDmEventsWithParticipant(ada, { max_results: 1 })).events[0].text, 'Lost?');
});
await check('15 sends in 15 minutes, then 429', async () => {
  let sent = 0;
  await assert.rejects(
    (async () => {
      for (; sent < 20; sent++) await v1.sendDmToParticipant(ada, { text: `No. ${sent}` });
    })(),
    (e) => e.code === 429 && e.rateLimit.limit === 15,
  );
  assert.equal(sent, 10); // five went before
});
await check('a webhook is deleted', async () => {
  assert.equal((await app.delete(`webhooks/${hook.id}`)).data.deleted, true);
  await refused(app.delete(`webhooks/${hook.id}`), 400, /WebhookIdInvalid/);
});
done();
