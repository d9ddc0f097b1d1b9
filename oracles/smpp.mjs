// The npm package smpp, an ESME, against the simulated message center.
import assert from 'node:assert/strict';
import smpp from 'smpp';
import { account, check, done, phone, say, weather } from './lib.mjs';

const ours = '15145550100';
const sam = '+15145550134';
const settings = { system_id: 'parley', password: 'secret', address: `+${ours}` };

/** Connects; a waiting room for deliver_sm comes with it. */
async function esme(it) {
  const session = smpp.connect({ url: `smpp://${it.settings.host}:${it.settings.port}` });
  const heard = [];
  const waiting = [];
  session.on('error', () => {});
  session.on('enquire_link', (pdu) => session.send(pdu.response()));
  session.on('deliver_sm', (pdu) => {
    session.send(pdu.response());
    const next = waiting.shift();
    if (next) next(pdu);
    else heard.push(pdu);
  });
  await new Promise((resolve) => session.on('connect', resolve));
  const call = (name, body) => new Promise((resolve) => session[name](body, resolve));
  const next = () => (heard.length ? Promise.resolve(heard.shift()) : new Promise((resolve) => waiting.push(resolve)));
  return { session, call, next };
}
const open = (more) => account('smpp', { ...settings, ...more }, '');
async function bound(it, how = 'bind_transceiver') {
  const e = await esme(it);
  const answer = await e.call(how, { system_id: 'parley', password: 'secret' });
  assert.equal(answer.command_status, 0);
  assert.equal(answer.system_id, 'parley-smsc');
  return e;
}
const message = (more) => ({ source_addr: ours, destination_addr: sam.slice(1), registered_delivery: 1, ...more });
const shown = async (it) => (await phone(it.id, sam)).at(-1).text;
const receipt = (pdu) => Object.fromEntries([...pdu.short_message.message.matchAll(/(id|stat|err|sub|dlvrd):(\S+)/g)].map((m) => [m[1], m[2]]));
/** The text of pieces in any carriage, as an ESME joins it. */
function joined(pdus) {
  const pieces = pdus.map((pdu) => {
    if (pdu.message_payload) return { n: 1, text: pdu.message_payload.message ?? pdu.message_payload };
    const udh = pdu.short_message.udh?.[0];
    const n = udh ? udh.at(-1) : (pdu.sar_segment_seqnum ?? 1);
    return { n, text: pdu.short_message.message };
  });
  return pieces.sort((a, b) => a.n - b.n).map((p) => p.text).join('');
}

const it = await open({});
const first = await esme(it);
await check('a wrong password: 0x0E, and the bind may be tried again', async () => {
  const answer = await first.call('bind_transceiver', { system_id: 'parley', password: 'wrong' });
  assert.equal(answer.command_status, smpp.errors.ESME_RINVPASWD);
  assert.equal((await first.call('bind_transceiver', { system_id: 'other', password: 'secret' })).command_status, smpp.errors.ESME_RINVSYSID);
  assert.equal((await first.call('submit_sm', message({ short_message: 'x' }))).command_status, smpp.errors.ESME_RINVBNDSTS);
  const again = await first.call('bind_transceiver', { system_id: 'parley', password: 'secret' });
  assert.equal(again.command_status, 0);
  assert.equal(again.sc_interface_version, 0x34);
});
await check('enquire_link both ways', async () => {
  assert.equal((await first.call('enquire_link', {})).command_status, 0);
  const asked = new Promise((resolve) => first.session.once('enquire_link', resolve));
  await fetch(`${it.base_url}/enquire_link`, { method: 'POST' });
  await asked;
});
for (const [name, text, data_coding] of [
  ['GSM 03.38', '@\u00a3$ {braces} \u20ac \u00e9\u00f1\u00c7 ~ ^ [x] | \\', 0],
  ['Latin-1', 'caf\u00e9 \u00e7a va \u00fe', 3],
  ['UCS-2', '\u4f60\u597d \u{1F44D} \u2013', 8],
]) {
  await check(`submit_sm in ${name}, and its receipt`, async () => {
    const coding = { 0: 'ASCII', 3: 'LATIN1', 8: 'UCS2' }[data_coding];
    const answer = await first.call('submit_sm', message({ data_coding, short_message: { message: smpp.encodings[coding].encode(text) } }));
    assert.equal(answer.command_status, 0);
    assert.equal(await shown(it), text);
    const pdu = await first.next();
    assert.equal(pdu.esm_class & 0x3c, 0x04);
    assert.deepEqual(receipt(pdu), { id: answer.message_id, sub: '001', dlvrd: '001', stat: 'DELIVRD', err: '000' });
    assert.deepEqual([pdu.source_addr, pdu.destination_addr], [sam.slice(1), ours]);
  });
}
await check('a long one with an 8-bit header, the last part first', async () => {
  const parts = ['one '.repeat(38), 'two '.repeat(38), 'three'];
  for (const n of [3, 1, 2]) {
    const answer = await first.call('submit_sm', message({ esm_class: 0x40, registered_delivery: 0, short_message: { udh: Buffer.from([5, 0, 3, 77, 3, n]), message: parts[n - 1] } }));
    assert.equal(answer.command_status, 0);
  }
  assert.equal(await shown(it), parts.join(''));
});
await check('with a 16-bit header, an emoji cut in two', async () => {
  const octets = smpp.encodings.UCS2.encode(`${'\u00e9'.repeat(65)}\u{1F44D} fine`);
  for (const [n, piece] of [octets.subarray(0, 132), octets.subarray(132)].entries()) {
    await first.call('submit_sm', message({ esm_class: 0x40, registered_delivery: 0, data_coding: 8, short_message: { udh: Buffer.from([6, 8, 4, 1, 2, 2, n + 1]), message: piece } }));
  }
  assert.equal(await shown(it), `${'\u00e9'.repeat(65)}\u{1F44D} fine`);
});
await check('with SAR parameters', async () => {
  for (const n of [1, 2]) {
    await first.call('submit_sm', message({ registered_delivery: 0, short_message: `part ${n} `, sar_msg_ref_num: 500, sar_total_segments: 2, sar_segment_seqnum: n }));
  }
  assert.equal(await shown(it), 'part 1 part 2 ');
});
await check('with message_payload', async () => {
  const text = 'a long payload '.repeat(60);
  const answer = await first.call('submit_sm', message({ registered_delivery: 0, message_payload: { message: text } }));
  assert.equal(answer.command_status, 0);
  assert.equal(await shown(it), text);
});
await check('what is wrong has its number', async () => {
  const status = async (more) => (await first.call('submit_sm', message({ short_message: 'x', ...more }))).command_status;
  assert.equal(await status({ destination_addr: 'sam' }), smpp.errors.ESME_RINVDSTADR);
  assert.equal(await status({ source_addr: '15145550999' }), smpp.errors.ESME_RINVSRCADR);
  assert.equal(await status({ short_message: 'a'.repeat(161) }), smpp.errors.ESME_RINVMSGLEN);
});
await check('weather: throttled, queue full, system error', async () => {
  const status = async () => (await first.call('submit_sm', message({ short_message: 'x' }))).command_status;
  for (const [w, code] of [
    [{ throttle: 1 }, smpp.errors.ESME_RTHROTTLED],
    [{ ok_with_error: 1 }, smpp.errors.ESME_RMSGQFUL],
    [{ fail: 1 }, smpp.errors.ESME_RSYSERR],
    [{ opt_out: true }, smpp.errors.ESME_RSUBMITFAIL],
  ]) {
    await weather(it.id, w);
    assert.equal(await status(), code);
  }
  await weather(it.id, {});
});
await check('a phone that is off: UNDELIV with the network\'s digits', async () => {
  await say({ account: it.id, from: sam, kind: 'refuse', options: { code: '011' } });
  await first.call('submit_sm', message({ short_message: 'anybody?' }));
  const r = receipt(await first.next());
  assert.deepEqual([r.stat, r.err, r.dlvrd], ['UNDELIV', '011', '000']);
  await say({ account: it.id, from: sam, kind: 'accept' });
  await say({ account: it.id, from: sam, kind: 'fail', options: { code: '0x58', now: 'true' } });
  assert.equal((await first.call('submit_sm', message({ short_message: 'x' }))).command_status, smpp.errors.ESME_RTHROTTLED);
});
await check('receipts twice, and before the answer', async () => {
  await weather(it.id, { statuses: 'twice' });
  await first.call('submit_sm', message({ short_message: 'x' }));
  assert.equal(receipt(await first.next()).id, receipt(await first.next()).id);
  await weather(it.id, { statuses: 'before_answer' });
  const order = [];
  const told = first.next().then(() => order.push('receipt'));
  await first.call('submit_sm', message({ short_message: 'x' })).then(() => order.push('answer'));
  await told;
  assert.deepEqual(order, ['receipt', 'answer']);
  await weather(it.id, {});
});
await check('query_sm', async () => {
  const { message_id } = await first.call('submit_sm', message({ registered_delivery: 0, short_message: 'x' }));
  const answer = await first.call('query_sm', { message_id, source_addr: ours });
  assert.deepEqual([answer.command_status, answer.message_state], [0, 2]);
});
const long = `caf\u00e9 {${'long '.repeat(40)}}`;
for (const carriage of ['udh8', 'udh16', 'sar', 'payload']) {
  for (const [name, text] of [['GSM', long], ['UCS-2', `${long}\u{1F44D}`]]) {
    await check(`a customer's long message in ${name} by ${carriage}`, async () => {
      const other = await open({ carriage });
      const e = await bound(other);
      await say({ account: other.id, from: sam, kind: 'text', text });
      const pdus = [await e.next()];
      const total = pdus[0].message_payload ? 1 : (pdus[0].short_message.udh?.[0].at(-2) ?? pdus[0].sar_total_segments);
      while (pdus.length < total) pdus.push(await e.next());
      assert.equal(joined(pdus), text);
      assert.deepEqual([pdus[0].source_addr, pdus[0].destination_addr], [sam.slice(1), ours]);
      e.session.destroy();
    });
  }
}
await check('a customer\'s message in Latin-1, where the network has that', async () => {
  const other = await open({ latin: 'yes' });
  const e = await bound(other);
  await say({ account: other.id, from: sam, kind: 'text', text: 'caf\u00e9 \u00e7a va \u00fe @ [x]' });
  const pdu = await e.next();
  assert.deepEqual([pdu.data_coding, pdu.short_message.message], [3, 'caf\u00e9 \u00e7a va \u00fe @ [x]']);
  e.session.destroy();
});
await check('hexadecimal ids, decimal in the receipt, which is TLVs only', async () => {
  const other = await open({ hex_ids: 'yes', tlv: 'yes', no_text: 'yes' });
  const e = await bound(other);
  const { message_id } = await e.call('submit_sm', message({ short_message: 'x' }));
  assert.match(message_id, /^[0-9A-F]{8}$/);
  const pdu = await e.next();
  assert.equal(pdu.esm_class & 0x3c, 0x04);
  assert.deepEqual([BigInt(pdu.receipted_message_id), pdu.message_state], [BigInt(`0x${message_id}`), 2]);
  assert.equal(pdu.short_message.message.length, 0);
  e.session.destroy();
});
await check('what was said while nobody was bound comes at the bind, to a receiver too', async () => {
  const other = await open({});
  await say({ account: other.id, from: sam, kind: 'text', text: 'is anybody there?' });
  const e = await bound(other, 'bind_receiver');
  assert.equal((await e.next()).short_message.message, 'is anybody there?');
  assert.equal((await e.call('submit_sm', message({ short_message: 'x' }))).command_status, smpp.errors.ESME_RINVBNDSTS);
  e.session.destroy();
});
await check('a transmitter hears nothing and may send', async () => {
  const other = await open({});
  const e = await bound(other, 'bind_transmitter');
  assert.equal((await e.call('submit_sm', message({ short_message: 'x' }))).command_status, 0);
  assert.equal((await (await fetch(other.base_url)).json()).waiting, 1);
  e.session.destroy();
});
await check('held answers come when they are let go, the last first', async () => {
  const other = await open({ hold: 'yes', window: '3' });
  const e = await bound(other);
  const order = [];
  const three = [1, 2, 3].map((n) => e.call('submit_sm', message({ registered_delivery: 0, short_message: `${n}` })).then(() => order.push(n)));
  assert.equal((await e.call('submit_sm', message({ short_message: '4' }))).command_status, smpp.errors.ESME_RTHROTTLED);
  await fetch(`${other.base_url}/release_backwards`, { method: 'POST' });
  await Promise.all(three);
  assert.deepEqual(order, [3, 2, 1]);
  e.session.destroy();
});
await check('the center unbinds, and cuts', async () => {
  const unbound = new Promise((resolve) => first.session.once('unbind', resolve));
  await fetch(`${it.base_url}/unbind`, { method: 'POST' });
  first.session.send((await unbound).response());
  await new Promise((resolve) => first.session.once('close', resolve));
  const e = await bound(it);
  const closed = new Promise((resolve) => e.session.once('close', resolve));
  await fetch(`${it.base_url}/cut`, { method: 'POST' });
  await closed;
});
done();
