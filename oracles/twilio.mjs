// Twilio's own client and validator against the simulated Twilio.
import assert from 'node:assert/strict';
import twilio from 'twilio';
import { account, base, check, done, phone, receiver, say, weather } from './lib.mjs';

const sid = `AC${'1'.repeat(32)}`;
const token = 'a-token-of-amy';
const ours = '+15145550100';
const sam = '+15145550134';
const hooks = await receiver();
const inbound = `${hooks.url}/in/twilio/7?x=it's%20here`;
const status = `${hooks.url}/status?message=42&part=1`;
const it = await account('twilio', { account_sid: sid, auth_token: token, address: ours, fallback: `${hooks.url}/fallback` }, inbound);

// The client knows two hosts only; everything else of it stays as it is.
class Elsewhere extends twilio.RequestClient {
  request(options) {
    return super.request({ ...options, uri: options.uri.replace(/^https:\/\/(api|messaging)\.twilio\.com/, it.base_url) });
  }
}
const as = (user, password) => twilio(user, password, { httpClient: new Elsewhere(), autoRetry: false, accountSid: sid });
const client = as(sid, token);
const send = (more) => client.messages.create({ from: ours, to: sam, body: 'On it!', ...more });
const refused = (code, httpStatus, more) =>
  assert.rejects(send(more), (e) => {
    assert.equal(e.code, code, e.message);
    assert.equal(e.status, httpStatus);
    assert.equal(e.moreInfo, `https://www.twilio.com/docs/errors/${code}`);
    assert.ok(e.message.length > 10);
    return true;
  });
const form = (hook) => Object.fromEntries(new URLSearchParams(hook.body));
const signed = (hook, url) => {
  assert.equal(hook.headers['content-type'].split(';')[0], 'application/x-www-form-urlencoded');
  assert.ok(twilio.validateRequest(token, hook.headers['x-twilio-signature'], url, form(hook)), 'the signature');
  assert.ok(!twilio.validateRequest(`${token}x`, hook.headers['x-twilio-signature'], url, form(hook)), 'another token');
};

await check('a message is created, and its callbacks are signed', async () => {
  const m = await send({ statusCallback: status });
  assert.match(m.sid, /^SM[0-9a-f]{32}$/);
  assert.equal(m.status, 'queued');
  assert.equal(m.direction, 'outbound-api');
  assert.equal(m.accountSid, sid);
  assert.equal(m.numSegments, '1');
  assert.equal(m.errorCode, null);
  assert.ok(m.dateCreated instanceof Date && !Number.isNaN(m.dateCreated.getTime()));
  for (const want of ['sent', 'delivered']) {
    const hook = await hooks.next();
    signed(hook, status);
    assert.equal(hook.path, '/status?message=42&part=1');
    const f = form(hook);
    assert.deepEqual([f.MessageSid, f.SmsSid, f.MessageStatus, f.SmsStatus, f.To, f.From, f.AccountSid, f.ApiVersion], [m.sid, m.sid, want, want, sam, ours, sid, '2010-04-01']);
  }
  assert.equal((await phone(it.id, sam)).at(-1).text, 'On it!');
});
await check('it can be fetched and listed', async () => {
  const m = await send({ body: 'fetch me' });
  const again = await client.messages(m.sid).fetch();
  assert.equal(again.body, 'fetch me');
  assert.ok(['queued', 'sent', 'delivered'].includes(again.status), again.status);
  const listed = await client.messages.list({ to: sam, limit: 5 });
  assert.equal(listed[0].sid, m.sid);
  assert.equal(listed[0].to, sam);
});
await check('the account answers for its credentials', async () => {
  assert.equal((await client.api.v2010.accounts(sid).fetch()).status, 'active');
});
await check('segments are counted', async () => {
  assert.equal((await send({ body: 'a'.repeat(161) })).numSegments, '2');
  assert.equal((await send({ body: '\u{1F44D}'.repeat(36) })).numSegments, '2');
});
await check('MMS goes out', async () => {
  assert.match((await send({ mediaUrl: ['https://example.com/cat.png'] })).sid, /^MM/);
});
for (const [code, more] of [
  [21604, { to: '' }],
  [21603, { from: undefined }],
  [21602, { body: undefined }],
  [21617, { body: 'a'.repeat(1601) }],
  [21211, { to: '+1' }],
  [21606, { from: '+15145550999' }],
  [21266, { to: ours }],
  [21703, { from: undefined, messagingServiceSid: `MG${'0'.repeat(32)}` }],
  [21620, { mediaUrl: ['nonsense'] }],
  [21609, { statusCallback: 'nonsense' }],
  [21211, { to: '+15005550001' }],
  [21612, { to: '+15005550002' }],
  [21408, { to: '+15005550003' }],
  [21610, { to: '+15005550004' }],
  [21614, { to: '+15005550009' }],
  [21212, { from: '+15005550001' }],
  [21611, { from: '+15005550008' }],
]) {
  await check(`error ${code} for ${JSON.stringify(more).slice(0, 60)}`, () => refused(code, 400, more));
}
await check('a wrong token is 20003', () => assert.rejects(as(sid, 'wrong').messages.create({ from: ours, to: sam, body: 'x' }), { code: 20003, status: 401 }));
await check('what is not there is 20404', () => assert.rejects(client.messages(`SM${'0'.repeat(32)}`).fetch(), { code: 20404, status: 404 }));
await check('a phone that is off: undelivered with its code', async () => {
  await say({ account: it.id, from: sam, kind: 'refuse', options: { code: '30003' } });
  await send({ statusCallback: status });
  assert.equal(form(await hooks.next()).MessageStatus, 'sent');
  const f = form(await hooks.next());
  assert.deepEqual([f.MessageStatus, f.ErrorCode], ['undelivered', '30003']);
  await say({ account: it.id, from: sam, kind: 'accept' });
  await say({ account: it.id, from: sam, kind: 'fail', options: { code: '21612', now: 'true' } });
  await refused(21612, 400);
  await send();
});
await check('an inbound message has every field and a signature over the exact address', async () => {
  const id = await say({ account: it.id, from: sam, kind: 'text', text: "It's caf\u00e9 & more: 100% \u{1F44D}" });
  const hook = await hooks.next();
  signed(hook, inbound);
  const f = form(hook);
  assert.equal(f.MessageSid, id);
  assert.equal(f.Body, "It's caf\u00e9 & more: 100% \u{1F44D}");
  for (const name of ['SmsMessageSid', 'SmsSid', 'AccountSid', 'From', 'To', 'NumMedia', 'NumSegments', 'SmsStatus', 'ApiVersion', 'FromCountry', 'ToCountry']) {
    assert.ok(f[name], name);
  }
  assert.match(hook.headers['i-twilio-idempotency-token'], /^[0-9a-f-]{36}$/);
});
await check('a long one may come as base64', async () => {
  const text = 'A long message. '.repeat(40);
  await say({ account: it.id, from: sam, kind: 'text', text, options: { encoding: 'base64' } });
  const hook = await hooks.next();
  signed(hook, inbound);
  assert.equal(Buffer.from(form(hook).Body, 'base64').toString(), text);
});
await check('a picture is at its address, for the account only', async () => {
  await say({ account: it.id, from: sam, kind: 'image', text: 'look' });
  const f = form(await hooks.next());
  assert.deepEqual([f.NumMedia, f.MediaContentType0, f.Body], ['1', 'image/png', 'look']);
  assert.ok(f.MediaUrl0.startsWith(`${base}/sim/api/twilio/`), f.MediaUrl0);
  assert.equal((await fetch(f.MediaUrl0)).status, 401);
  const authorization = `Basic ${Buffer.from(`${sid}:${token}`).toString('base64')}`;
  const media = await fetch(f.MediaUrl0, { headers: { authorization } });
  assert.equal(media.headers.get('content-type'), 'image/png');
  assert.equal(Buffer.from(await media.arrayBuffer()).subarray(1, 4).toString(), 'PNG');
  await weather(it.id, { media_expired: true });
  assert.equal((await fetch(f.MediaUrl0, { headers: { authorization } })).status, 404);
  await weather(it.id, {});
});
await check('STOP blocks until START', async () => {
  await say({ account: it.id, from: sam, kind: 'text', text: 'Stop' });
  assert.equal(form(await hooks.next()).OptOutType, 'STOP');
  await refused(21610, 400);
  await say({ account: it.id, from: sam, kind: 'text', text: 'START' });
  assert.equal(form(await hooks.next()).OptOutType, 'START');
  await send();
});
await check('a refused webhook goes to the fallback address, signed for that', async () => {
  hooks.status = 500;
  const said = say({ account: it.id, from: sam, kind: 'text', text: 'hello?' }).catch(() => null);
  await hooks.next();
  hooks.status = 200;
  const second = await hooks.next();
  await said;
  assert.equal(second.path, '/fallback');
  signed(second, `${hooks.url}/fallback`);
  assert.deepEqual([form(second).ErrorCode, form(second).Body], ['11200', 'hello?']);
});
await check("the account's number says where its messages are posted, and can be told", async () => {
  const [number, ...more] = await client.incomingPhoneNumbers.list({ phoneNumber: ours });
  assert.equal(more.length, 0);
  assert.deepEqual([number.phoneNumber, number.smsUrl, number.smsMethod, number.capabilities.sms], [ours, inbound, 'POST', true]);
  const there = `${hooks.url}/in/twilio/8`;
  const told = await client.incomingPhoneNumbers(number.sid).update({ smsUrl: `${there}#rc=5&rp=ct,rt,5xx`, smsMethod: 'POST' });
  assert.equal(told.smsUrl, `${there}#rc=5&rp=ct,rt,5xx`);
  await say({ account: it.id, from: sam, kind: 'text', text: 'and now?' });
  const hook = await hooks.next();
  assert.equal(hook.path, '/in/twilio/8');
  signed(hook, there);
  assert.equal((await client.incomingPhoneNumbers(number.sid).fetch()).smsUrl, told.smsUrl);
  await client.incomingPhoneNumbers(number.sid).update({ smsUrl: inbound });
});
await check('what is no number of the account is not found, and no address is refused', async () => {
  assert.deepEqual(await client.incomingPhoneNumbers.list({ phoneNumber: '+15145550999' }), []);
  await assert.rejects(client.incomingPhoneNumbers(`PN${'0'.repeat(32)}`).update({ smsUrl: inbound }), { code: 20404, status: 404 });
  const [number] = await client.incomingPhoneNumbers.list();
  await assert.rejects(client.incomingPhoneNumbers(number.sid).update({ smsUrl: 'nonsense' }), { code: 21402, status: 400 });
  await assert.rejects(as(sid, 'wrong').incomingPhoneNumbers.list(), { code: 20003, status: 401 });
});
await check('a messaging service has addresses of its own for messages and statuses', async () => {
  const service = `MG${'1'.repeat(32)}`;
  await assert.rejects(client.messaging.v1.services(service).fetch(), { code: 20404, status: 404 });
  const settings = { account_sid: sid, auth_token: token, address: ours, messaging_service_sid: service };
  const shared = await account('twilio', settings, inbound);
  class There extends twilio.RequestClient {
    request(options) {
      return super.request({ ...options, uri: options.uri.replace(/^https:\/\/(api|messaging)\.twilio\.com/, shared.base_url) });
    }
  }
  const other = twilio(sid, token, { httpClient: new There(), autoRetry: false, accountSid: sid });
  const now = await other.messaging.v1.services(service).fetch();
  assert.deepEqual([now.sid, now.inboundRequestUrl, now.inboundMethod, now.statusCallback, now.useInboundWebhookOnNumber], [service, inbound, 'POST', null, false]);
  const there = `${hooks.url}/in/twilio/9`;
  const told = await other.messaging.v1.services(service).update({ inboundRequestUrl: there, inboundMethod: 'POST', statusCallback: status });
  assert.deepEqual([told.inboundRequestUrl, told.statusCallback], [there, status]);
  const [number] = await other.incomingPhoneNumbers.list({ phoneNumber: ours });
  assert.equal((await other.messaging.v1.services(service).phoneNumbers(number.sid).fetch()).phoneNumber, ours);
  await assert.rejects(other.messaging.v1.services(service).phoneNumbers(`PN${'0'.repeat(32)}`).fetch(), { code: 20404, status: 404 });
  await say({ account: shared.id, from: sam, kind: 'text', text: 'to the service' });
  const hook = await hooks.next();
  signed(hook, there);
  assert.equal(form(hook).MessagingServiceSid, service);
  await other.messages.create({ messagingServiceSid: service, to: sam, body: 'On it!' });
  for (const want of ['queued', 'sent', 'delivered']) {
    const told = await hooks.next();
    signed(told, status);
    assert.equal(form(told).MessageStatus, want);
  }
});
await check('weather: 429 and 500 in its own words', async () => {
  await weather(it.id, { throttle: 1 });
  await refused(20429, 429);
  await weather(it.id, { fail: 1 });
  await refused(20500, 500);
  await weather(it.id, { token_expired: true });
  await refused(20003, 401);
  await weather(it.id, { ok_with_error: 1 });
  const m = await send();
  assert.deepEqual([m.status, m.errorCode], ['failed', 30001]);
});
done();
