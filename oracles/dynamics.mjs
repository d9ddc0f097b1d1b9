// A client of Dataverse's Web API, written by others, against the simulated Dynamics 365.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { DynamicsWebApi } from 'dynamics-web-api';
import { account, base, check, done, weather } from './lib.mjs';

const tenant = 'contoso.onmicrosoft.com';
const client = '11112222-3333-4444-5555-666677778888';
const it = await account('dataverse', { tenant_id: tenant, client_id: client, client_secret: 's3cret', people: 'demo' }, '');

async function token(form) {
  const response = await fetch(`${it.base_url}/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: client, scope: `${it.base_url}/.default`, ...form }),
  });
  return { status: response.status, ...(await response.json()) };
}
let current = 'nothing';
const api = new DynamicsWebApi({ serverUrl: `${it.base_url}/`, dataApi: { version: '9.2' }, onTokenRefresh: async () => ({ accessToken: current, expiresOn: new Date(Date.now() + 3600_000) }) });
const refused = (promise, status, code) =>
  assert.rejects(promise, (e) => {
    assert.equal(e.status, status, JSON.stringify(e));
    if (code) assert.equal(e.code, code);
    return true;
  });
const names = (answer) => answer.value.map((row) => row.fullname).sort();
const contacts = (filter, more) => api.retrieveMultiple({ collection: 'contacts', select: ['fullname', 'mobilephone'], filter, ...more });

await check('no token is 401', () => refused(api.callFunction('WhoAmI'), 401));
await check('a wrong secret is AADSTS7000215', async () => {
  const answer = await token({ client_secret: 'another' });
  assert.deepEqual([answer.status, answer.error], [401, 'invalid_client']);
  assert.match(answer.error_description, /^AADSTS7000215: /);
});
await check('a proof that is no JWT is refused', async () => {
  const answer = await token({ client_assertion: 'x.y.z', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' });
  assert.deepEqual([answer.status, answer.error], [401, 'invalid_client']);
});
await check('the secret buys a token for 3599 s', async () => {
  const answer = await token({ client_secret: 's3cret' });
  assert.deepEqual([answer.status, answer.token_type, answer.expires_in], [200, 'Bearer', 3599]);
  current = answer.access_token;
});
await check('who am I', async () => {
  const me = await api.callFunction('WhoAmI');
  assert.match(me.UserId, /^[0-9a-f-]{36}$/);
  assert.equal((await api.retrieve({ collection: 'systemusers', key: me.UserId, select: ['fullname'] })).fullname, '# Parley');
});
await check('contains does not see through separators', async () => assert.deepEqual(names(await contacts("contains(mobilephone,'5550101')")), []));
await check('a wildcard inside the text does', async () =>
  assert.deepEqual(names(await contacts("statecode eq 0 and (contains(mobilephone,'4%5%5%5%0%1%0%1') or contains(telephone1,'4%5%5%5%0%1%0%1'))")), ['Marie Tremblay', 'Marie Tremblay-Roy']));
await check('underscore and sets are wildcards, too', async () => {
  assert.deepEqual(names(await contacts("startswith(lastname,'S_ngh')")), ['Noah Singh']);
  assert.deepEqual(names(await contacts("endswith(lastname,'[a-h]ing')")), []);
  assert.deepEqual(names(await contacts("endswith(lastname,'[a-k]ing')")), ['Ada King']);
});
await check('eq has no wildcards and no case', async () => {
  assert.deepEqual(names(await contacts("lastname eq 'S_ngh'")), []);
  assert.deepEqual(names(await contacts("lastname eq 'sINGH'")), ['Noah Singh']);
});
await check('accents do not count', async () => assert.deepEqual(names(await contacts("firstname eq 'jose'")), ['Jos\u00e9 \u00c1lvarez']));
await check('a quote is written twice', async () => {
  assert.deepEqual(names(await contacts("lastname eq 'O''Brien'")), ["Sean O'Brien"]);
  await refused(contacts("lastname eq 'O'Brien'"), 400, '0x80060888');
});
await check('and before or, not, null', async () => {
  assert.deepEqual(names(await contacts("firstname eq 'Ada' or firstname eq 'Noah' and lastname eq 'King'")), ['Ada King']);
  assert.deepEqual(names(await contacts("not contains(fullname,'a') and mobilephone ne null")), ['Old Record']);
});
await check('an unknown column is 0x80060888', () => refused(contacts("new_nothing eq 'x'"), 400, '0x80060888'));
await check('an unknown table is 404', () => refused(api.retrieveMultiple({ collection: 'nothings' }), 404, '0x80060888'));
await check('order, top, count', async () => {
  const answer = await contacts('statecode eq 0', { orderBy: ['lastname desc', 'firstname asc'], top: 2, count: true });
  assert.deepEqual(answer.value.map((row) => row.fullname), ['Marie Tremblay-Roy', 'Marie Tremblay']);
});
await check('pages', async () => {
  const first = await contacts('statecode eq 0', { maxPageSize: 4 });
  assert.equal(first.value.length, 4);
  const next = await api.retrieveMultiple({ collection: 'contacts', maxPageSize: 4 }, first['@odata.nextLink']);
  assert.equal(next.value.length, 2);
  assert.equal(new Set([...first.value, ...next.value].map((row) => row.contactid)).size, 6);
});
await check('a lookup shows the name of what it leads to', async () => {
  const [roy] = (await api.retrieveMultiple({ collection: 'contacts', select: ['fullname', '_parentcustomerid_value'], filter: "lastname eq 'Tremblay-Roy'", includeAnnotations: '*' })).value;
  assert.equal(roy['_parentcustomerid_value@OData.Community.Display.V1.FormattedValue'], 'Boulangerie du Parc');
});

let zoe;
await check('a contact is made and comes back', async () => {
  zoe = await api.create({ collection: 'contacts', data: { firstname: 'Zo\u00e9', lastname: 'Gagnon', emailaddress1: 'zoe@example.com' }, returnRepresentation: true, duplicateDetection: true });
  assert.equal(zoe.fullname, 'Zo\u00e9 Gagnon');
});
await check('a second one is 0x80040333', () =>
  refused(api.create({ collection: 'contacts', data: { firstname: 'Zoe', lastname: 'G', emailaddress1: 'ZOE@example.com' }, duplicateDetection: true }), 412, '0x80040333'));
await check('unless nobody asks', async () => {
  const id = await api.create({ collection: 'contacts', data: { firstname: 'Zoe', lastname: 'G', emailaddress1: 'zoe@example.com' } });
  assert.equal(await api.deleteRecord({ collection: 'contacts', key: id }), true);
  await refused(api.retrieve({ collection: 'contacts', key: id }), 404, '0x80040217');
});

const call = randomUUID();
const data = { subject: 'WhatsApp with Zo\u00e9', phonenumber: '+15145550101', directioncode: false, actualdurationminutes: 7, actualstart: '2026-03-02T09:00:00Z' };
const bind = { 'regardingobjectid_contact_phonecall@odata.bind': `/contacts(${zoe?.contactid})`, phonecall_activity_parties: [{ participationtypemask: 1, 'partyid_contact@odata.bind': `/contacts(${zoe?.contactid})` }] };
await check('a call is made under an id of ours, once', async () => {
  await api.upsert({ collection: 'phonecalls', key: call, data: { ...data, ...bind }, ifnonematch: '*' });
  const again = await api.upsert({ collection: 'phonecalls', key: call, data, ifnonematch: '*' }).catch((e) => e.status);
  assert.ok(again === null || again === 412, String(again)); // the client turns 412 into null here
  const [one, ...more] = (await api.retrieveMultiple({ collection: 'phonecalls', filter: `_regardingobjectid_value eq ${zoe.contactid}` })).value;
  assert.deepEqual([one.activityid, one.subject, one.actualdurationminutes, more.length], [call, data.subject, 7, 0]);
});
await check('a call is made the user\u2019s who has that address, and of no one who is an app', async () => {
  const people = (filter) => api.retrieveMultiple({ collection: 'systemusers', select: ['fullname'], filter: `isdisabled eq false and applicationid eq null${filter}` });
  assert.deepEqual(names(await people('')), ['Amy Chen']);
  const [amy] = (await people(" and internalemailaddress eq 'AMY@example.com'")).value;
  const owner = async () => (await api.retrieve({ collection: 'phonecalls', key: call, select: ['_ownerid_value'] }))._ownerid_value;
  assert.notEqual(await owner(), amy.systemuserid);
  await api.update({ collection: 'phonecalls', key: call, data: { 'ownerid@odata.bind': `/systemusers(${amy.systemuserid})` } });
  assert.equal(await owner(), amy.systemuserid);
});
await check('update needs that it is there', async () => {
  await api.update({ collection: 'phonecalls', key: call, data: { description: 'Solved' } });
  await refused(api.update({ collection: 'phonecalls', key: randomUUID(), data: { description: 'Solved' } }), 404, '0x80040217');
});
await check('nothing can regard what is not there', () =>
  refused(api.update({ collection: 'phonecalls', key: call, data: { 'regardingobjectid_lead_phonecall@odata.bind': `/leads(${randomUUID()})` } }), 404, '0x80040217'));
await check('a text too long is 0x80044331', () => refused(api.update({ collection: 'phonecalls', key: call, data: { subject: 'x'.repeat(201) } }), 400, '0x80044331'));
await check('a property nobody knows is 0x80048d19', () => refused(api.update({ collection: 'phonecalls', key: call, data: { nothing: 1 } }), 400, '0x80048d19'));
await check('a note holds 100,000 characters', async () => {
  const note = { subject: 'Transcript', 'objectid_phonecall@odata.bind': `/phonecalls(${call})` };
  await api.create({ collection: 'annotations', data: { ...note, notetext: 'x'.repeat(100_000) } });
  await refused(api.create({ collection: 'annotations', data: { ...note, notetext: 'x'.repeat(100_001) } }), 400, '0x80044331');
});
await check('a file comes back', async () => {
  const id = await api.create({ collection: 'annotations', data: { isdocument: true, filename: 't.txt', mimetype: 'text/plain', documentbody: Buffer.from('Bonjour').toString('base64'), 'objectid_phonecall@odata.bind': `/phonecalls(${call})` } });
  const note = await api.retrieve({ collection: 'annotations', key: id, select: ['documentbody', 'filesize'] });
  assert.equal(Buffer.from(note.documentbody, 'base64').toString(), 'Bonjour');
});
await check('a closed call opens before it changes', async () => {
  await api.update({ collection: 'phonecalls', key: call, data: { statecode: 1, statuscode: 4 } });
  await refused(api.update({ collection: 'phonecalls', key: call, data: { subject: 'x' } }), 400);
  await api.update({ collection: 'phonecalls', key: call, data: { statecode: 0 } });
  await api.update({ collection: 'phonecalls', key: call, data: { subject: 'x' } });
  assert.equal((await api.retrieve({ collection: 'phonecalls', key: call, select: ['statuscode'] })).statuscode, 1);
});
await check('an old version is not overwritten', async () => {
  const was = await api.retrieve({ collection: 'contacts', key: zoe.contactid, select: ['jobtitle'] });
  await api.update({ collection: 'contacts', key: zoe.contactid, data: { jobtitle: 'Owner' }, ifmatch: was['@odata.etag'] });
  const stale = await api.update({ collection: 'contacts', key: zoe.contactid, data: { jobtitle: 'Clerk' }, ifmatch: was['@odata.etag'] }).catch((e) => e.status);
  assert.ok(stale === false || stale === 412, String(stale));
  assert.equal((await api.retrieve({ collection: 'contacts', key: zoe.contactid, select: ['jobtitle'] })).jobtitle, 'Owner');
});
await check('weather: 429 with its code and Retry-After, 503', async () => {
  await weather(it.id, { throttle: 1 });
  await assert.rejects(contacts('statecode eq 0'), (e) => e.status === 429 && e.code === '0x80072322');
  await weather(it.id, { fail: 1 });
  await refused(contacts('statecode eq 0'), 503);
  await weather(it.id, {});
});
await check('taken, but never answered: it is there', async () => {
  await weather(it.id, { timeout_after_accept: 1 });
  await assert.rejects(api.update({ collection: 'contacts', key: zoe.contactid, data: { jobtitle: 'Baker' } }));
  await weather(it.id, {});
  assert.equal((await api.retrieve({ collection: 'contacts', key: zoe.contactid, select: ['jobtitle'] })).jobtitle, 'Baker');
});
await check('a right that is missing is 0x80040220', async () => {
  const poor = await account('dataverse', { tenant_id: tenant, client_id: client, client_secret: 's3cret', deny: 'create contact' }, '');
  const answer = await (await fetch(`${poor.base_url}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: client, client_secret: 's3cret', scope: `${poor.base_url}/.default` }) })).json();
  const other = new DynamicsWebApi({ serverUrl: `${poor.base_url}/`, onTokenRefresh: async () => answer.access_token, dataApi: { version: '9.2' } });
  await refused(other.create({ collection: 'contacts', data: { lastname: 'x' } }), 403, '0x80040220');
});
await check('a page shows the record', async () => {
  const page = await fetch(`${it.base_url}/main.aspx?pagetype=entityrecord&etn=contact&id=${zoe.contactid}`);
  assert.ok(page.url.startsWith(`${base}/sim/control/pages/`));
  const html = await page.text();
  assert.match(html, /<h1>Zo\u00e9 Gagnon<\/h1>/);
  assert.doesNotMatch(html, /<script/);
});
done();
