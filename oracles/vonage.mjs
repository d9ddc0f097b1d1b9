// Vonage's own client and signature check against the simulated SMS API.
import assert from 'node:assert/strict';
import { AlgorithmTypes, Auth } from '@vonage/auth';
import { SMS } from '@vonage/sms';
import { account, check, done, phone, receiver, say, weather } from './lib.mjs';

const ours = '15145550100';
const sam = '+15145550134';
const keys = { api_key: 'abcd1234', api_secret: 'a-secret-of-amy', address: `+${ours}` };
const hooks = await receiver();
const inbound = `${hooks.url}/in/vonage/7`;
const client = (it, secret = keys.api_secret) => new SMS(new Auth({ apiKey: keys.api_key, apiSecret: secret }), { restHost: it.base_url });
const json = (hook) => JSON.parse(hook.body);

const it = await account('vonage', keys, inbound);
await check('saving the address asks for it once, without parameters', async () => {
  const hook = await hooks.next();
  assert.deepEqual([hook.method, hook.path, hook.body], ['GET', '/in/vonage/7', '']);
});
const sms = client(it);
const send = (more) => sms.send({ from: ours, to: sam.slice(1), text: 'On it!', ...more });
const refused = (status, more, text) =>
  assert.rejects(send(more), (e) => {
    const [failed] = e.getFailedMessages();
    assert.equal(failed.status, status, JSON.stringify(failed));
    assert.match(failed.errorText, text ?? /./);
    return true;
  });

await check('a message is accepted, and its receipts come', async () => {
  const answer = await send({ clientRef: 'message-42' });
  assert.equal(answer.messageCount, '1');
  const [m] = answer.messages;
  assert.deepEqual([m.status, m.to, m.clientRef], ['0', sam.slice(1), 'message-42']);
  assert.ok(m.messageId && m.remainingBalance && m.messagePrice && m.network);
  for (const status of ['accepted', 'delivered']) {
    const hook = await hooks.next();
    assert.deepEqual([hook.method, hook.path], ['POST', '/in/vonage/7']);
    const dlr = json(hook);
    assert.deepEqual([dlr.messageId, dlr.status, dlr.msisdn, dlr.to, dlr['err-code'], dlr['client-ref'], dlr['api-key']], [m.messageId, status, sam.slice(1), ours, '0', 'message-42', keys.api_key]);
    assert.match(dlr.scts, /^\d{10}$/);
    assert.match(dlr['message-timestamp'], /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  }
  assert.equal((await phone(it.id, sam)).at(-1).text, 'On it!');
});
await check('each part is answered, and has its own receipts', async () => {
  const answer = await send({ text: 'a'.repeat(307), callback: `${hooks.url}/receipts` });
  assert.equal(answer.messageCount, '3');
  assert.equal(new Set(answer.messages.map((m) => m.messageId)).size, 3);
  const heard = [];
  for (let i = 0; i < 6; i++) {
    const hook = await hooks.next();
    assert.equal(hook.path, '/receipts');
    heard.push(json(hook));
  }
  for (const m of answer.messages) {
    assert.deepEqual(heard.filter((d) => d.messageId === m.messageId).map((d) => d.status), ['accepted', 'delivered']);
  }
});
await weather(it.id, { receipts: false });
await check('type text squeezes, unicode does not', async () => {
  await send({ text: 'fine \u{1F44D}' });
  assert.equal((await phone(it.id, sam)).at(-1).text, 'fine ?');
  await send({ text: 'fine \u{1F44D}', type: 'unicode' });
  assert.equal((await phone(it.id, sam)).at(-1).text, 'fine \u{1F44D}');
});
for (const [status, more] of [
  ['2', { to: undefined }],
  ['2', { from: undefined }],
  ['2', { text: undefined }],
  ['3', { to: '12' }],
  ['3', { type: 'wappush' }],
  ['12', { text: 'a'.repeat(3201) }],
  ['15', { from: '15145550999' }],
  ['23', { callback: 'nonsense' }],
]) {
  await check(`status ${status} for ${JSON.stringify(more).slice(0, 50)}`, () => refused(status, more));
}
await check('wrong credentials are status 4', () =>
  assert.rejects(client(it, 'wrong').send({ from: ours, to: sam.slice(1), text: 'x' }), (e) => e.getFailedMessages()[0].status === '4'));
await check('key and secret as parameters, in a form', async () => {
  const body = new URLSearchParams({ api_key: keys.api_key, api_secret: keys.api_secret, from: ours, to: sam.slice(1), text: 'by form' });
  const answer = await (await fetch(`${it.base_url}/sms/json`, { method: 'POST', body })).json();
  assert.equal(answer.messages[0].status, '0');
});
await check('the balance proves credentials', async () => {
  const get = (secret) => fetch(`${it.base_url}/account/get-balance?api_key=${keys.api_key}&api_secret=${secret}`);
  assert.equal(typeof (await (await get(keys.api_secret)).json()).value, 'number');
  assert.equal((await get('wrong')).status, 401);
});
await check('throttled in its own form, and errors inside', async () => {
  await weather(it.id, { throttle: 1, receipts: false });
  await refused('1', {}, /please wait \[ \d+ \]/);
  await weather(it.id, { ok_with_error: 1, receipts: false });
  await refused('5');
  await weather(it.id, { fail: 1 });
  await assert.rejects(send(), (e) => !e.getFailedMessages);
  await weather(it.id, { opt_out: true });
  await refused('7');
  await weather(it.id, {});
});
await check('a number refused: at once, in part, or in the receipt', async () => {
  const fail = (code, now) => say({ account: it.id, from: sam, kind: 'fail', options: { code, now } });
  await fail('29', 'true');
  await refused('29');
  await fail('parts:9');
  await assert.rejects(send({ text: 'a'.repeat(161), callback: `${hooks.url}/r` }), (e) => e.getSuccessfulMessages().length === 1 && e.getFailedMessages()[0].status === '9');
  await hooks.next();
  await hooks.next();
  await fail('6');
  await send({ callback: `${hooks.url}/r` });
  await hooks.next();
  const dlr = json(await hooks.next());
  assert.deepEqual([dlr.status, dlr['err-code']], ['rejected', '6']);
});
await check('an inbound message', async () => {
  const id = await say({ account: it.id, from: sam, kind: 'text', text: 'Hello you' });
  const m = json(await hooks.next());
  assert.deepEqual([m.messageId, m.msisdn, m.to, m.text, m.type, m.keyword, m.concat, m.sig], [id, sam.slice(1), ours, 'Hello you', 'text', 'HELLO', undefined, undefined]);
});
await check('a long one in parts, the last first', async () => {
  const text = `${'\u4f60\u597d '.repeat(40)}\u{1F44D}`;
  await say({ account: it.id, from: sam, kind: 'text', text, options: { order: 'reverse' } });
  const parts = [json(await hooks.next()), json(await hooks.next())];
  assert.deepEqual(parts.map((p) => [p.concat, p['concat-total'], p['concat-part'], p.type]), [['true', '2', '2', 'unicode'], ['true', '2', '1', 'unicode']]);
  assert.equal(parts[0]['concat-ref'], parts[1]['concat-ref']);
  assert.notEqual(parts[0].messageId, parts[1].messageId);
  assert.equal(parts[1].text + parts[0].text, text);
});
await check('what was not answered 200 comes again', async () => {
  hooks.status = 500;
  const said = say({ account: it.id, from: sam, kind: 'text', text: 'again' }).catch(() => null);
  const first = json(await hooks.next());
  hooks.status = 200;
  await said;
  assert.deepEqual(json(await hooks.next()), first);
});
for (const [method, type] of [
  ['md5hash', AlgorithmTypes.md5hash],
  ['md5', AlgorithmTypes.md5hmac],
  ['sha1', AlgorithmTypes.sha1hmac],
  ['sha256', AlgorithmTypes.sha256hmac],
  ['sha512', AlgorithmTypes.sha512hmac],
]) {
  for (const [http_method, read] of [
    ['POST-JSON', json],
    ['POST', (hook) => Object.fromEntries(new URLSearchParams(hook.body))],
    ['GET', (hook) => Object.fromEntries(new URL(hook.path, hooks.url).searchParams)],
  ]) {
    await check(`signed by ${method}, sent by ${http_method}`, async () => {
      const secret = 'a-signature-secret';
      const other = await account('vonage', { ...keys, signature_secret: secret, signature_method: method, http_method }, inbound);
      await hooks.next(); // the ping
      const text = 'a&b=c d+e \u00e9 \u{1F44D}';
      await say({ account: other.id, from: sam, kind: 'text', text });
      const params = read(await hooks.next());
      assert.equal(params.text, text);
      assert.ok(params.nonce && Math.abs(params.timestamp - Date.now() / 1000) < 60);
      assert.ok(sms.verifySignature(params.sig, { ...params }, secret, type), 'the signature');
      assert.ok(!sms.verifySignature(params.sig, { ...params, text: `${text}!` }, secret, type), 'another text');
    });
  }
}
done();
