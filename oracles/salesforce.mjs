// A client of Salesforce's REST API, written by others, against the simulated Salesforce.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import jsforce from 'jsforce';
import { account, base, check, done, weather } from './lib.mjs';

const it = await account('salesforce', { client_id: '3MVG9', client_secret: 's3cret', people: 'demo' }, '');
const connect = (clientSecret, at = it.base_url) => new jsforce.Connection({ loginUrl: at, instanceUrl: at, version: '66.0', oauth2: { clientId: '3MVG9', clientSecret, loginUrl: at } });
const sf = connect('s3cret');
const refused = (promise, code) =>
  assert.rejects(promise, (e) => {
    assert.equal(e.errorCode ?? e.name, code, String(e));
    return true;
  });
const names = async (soql) => (await sf.query(soql)).records.map((row) => row.Name);

await check('a wrong secret is invalid_client', () => refused(connect('another').authorize({ grant_type: 'client_credentials' }), 'invalid_client'));
await check('no token is INVALID_SESSION_ID', () => 
  refused(new jsforce.Connection({ instanceUrl: it.base_url, accessToken: 'nonsense', version: '66.0' }).query('SELECT Id FROM Contact'), 'INVALID_SESSION_ID'));
await check('client credentials buy a token, and where to use it', async () => {
  await sf.authorize({ grant_type: 'client_credentials' });
  assert.equal(sf.instanceUrl, it.base_url);
  assert.match(sf.userInfo.organizationId, /^00D[0-9A-Za-z]{15}$/);
});
await check('who we are', async () => assert.deepEqual(await names(`SELECT Name FROM User WHERE Id = '${sf.userInfo.id}'`), ['Parley Integration']));
await check('a number is found through its separators, by LIKE', async () => {
  assert.deepEqual(await names("SELECT Name FROM Contact WHERE MobilePhone LIKE '%5550101%'"), []);
  assert.deepEqual(await names("SELECT Name FROM Contact WHERE MobilePhone LIKE '%4%5%5%5%0%1%0%1%' OR Phone LIKE '%4%5%5%5%0%1%0%1%' ORDER BY Name ASC"), ['Marie Tremblay', 'Marie Tremblay-Roy']);
});
await check("the client's own quoting", async () => {
  const found = await sf.sobject('Contact').find({ LastName: "O'Brien" }, ['Name']).limit(5).execute();
  assert.deepEqual(found.map((row) => row.Name), ["Sean O'Brien"]);
  assert.equal((await sf.sobject('Contact').find({ LastName: "x' OR LastName != '" }, ['Name']).execute()).length, 0);
});
await check("the client's own conditions", async () => {
  const found = await sf.sobject('Contact').find({ Email: { $like: 'marie.%' }, Title: null }, ['Id', 'Name']).sort({ Name: 1 }).limit(1).execute();
  assert.deepEqual(found.map((row) => row.Name), ['Marie Tremblay']);
});
await check('a record of another is reached by its name', async () => {
  const [roy] = (await sf.query("SELECT Name, Account.Name FROM Contact WHERE LastName = 'Tremblay-Roy'")).records;
  assert.equal(roy.Account.Name, 'Boulangerie du Parc');
});
await check('a query that is none is MALFORMED_QUERY', () => refused(sf.query("SELECT Id FROM Contact WHERE LastName = 'O'Brien'"), 'MALFORMED_QUERY'));
await check('an unknown field is INVALID_FIELD', () => refused(sf.query('SELECT Nothing FROM Contact'), 'INVALID_FIELD'));
await check('an unknown object is INVALID_TYPE', () => refused(sf.query('SELECT Id FROM Nothing'), 'INVALID_TYPE'));

let zoe;
await check('a contact is made and comes back', async () => {
  const made = await sf.sobject('Contact').create({ FirstName: 'Zo\u00e9', LastName: 'Gagnon', Email: 'zoe@example.com' });
  assert.equal(made.success, true);
  zoe = made.id;
  assert.equal((await sf.sobject('Contact').retrieve(zoe)).Name, 'Zo\u00e9 Gagnon');
  assert.equal((await sf.sobject('Contact').retrieve(zoe.slice(0, 15))).Id, zoe);
});
await check('a second one is DUPLICATES_DETECTED', () => refused(sf.sobject('Contact').create({ LastName: 'G', Email: 'ZOE@example.com' }), 'DUPLICATES_DETECTED'));
await check('unless the header allows it', async () => {
  const made = await sf.sobject('Contact').create({ LastName: 'G', Email: 'zoe@example.com' }, { headers: { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' } });
  await sf.sobject('Contact').destroy(made.id);
  await refused(sf.sobject('Contact').retrieve(made.id), 'NOT_FOUND');
});
await check('what a contact must have', () => refused(sf.sobject('Contact').create({ FirstName: 'Zoe' }), 'REQUIRED_FIELD_MISSING'));
await check('too long is STRING_TOO_LONG', () => refused(sf.sobject('Contact').update({ Id: zoe, Title: 'x'.repeat(129) }), 'STRING_TOO_LONG'));

const call = randomUUID();
let task;
await check('a task is made under an id of ours, and then changed', async () => {
  const first = await sf.sobject('Task').upsert({ Parley_Id__c: call, Subject: 'WhatsApp with Zo\u00e9', Status: 'Completed', WhoId: zoe, CallDurationInSeconds: 420 }, 'Parley_Id__c');
  const again = await sf.sobject('Task').upsert({ Parley_Id__c: call, Subject: 'Again' }, 'Parley_Id__c');
  assert.deepEqual([first.created, again.created, first.id === again.id], [true, false, true]);
  task = first.id;
  const [one, ...more] = (await sf.query(`SELECT Id, Subject, WhoId, IsClosed FROM Task WHERE Parley_Id__c = '${call}'`)).records;
  assert.deepEqual([one.Subject, one.WhoId, one.IsClosed, more.length], ['Again', zoe, true, 0]);
});
await check('a task about nobody is ENTITY_IS_DELETED', () => refused(sf.sobject('Task').update({ Id: task, WhoId: '003g50000000099AAA' }), 'ENTITY_IS_DELETED'));
await check('a task about a lead and a company is refused', async () => {
  const [lead] = (await sf.query('SELECT Id FROM Lead')).records;
  const [shop] = (await sf.query('SELECT Id FROM Account')).records;
  await refused(sf.sobject('Task').update({ Id: task, WhoId: lead.Id, WhatId: shop.Id }), 'FIELD_INTEGRITY_EXCEPTION');
});
await check('a file, and its next version', async () => {
  const data = (text) => Buffer.from(text).toString('base64');
  const first = await sf.sobject('ContentVersion').create({ Title: 'Transcript', PathOnClient: 't.txt', VersionData: data('Bonjour'), FirstPublishLocationId: task });
  const { ContentDocumentId, Checksum } = await sf.sobject('ContentVersion').retrieve(first.id);
  assert.equal(Checksum, 'ebc58ab2cb4848d04ec23d83f7ddf985'); // md5 of Bonjour
  await sf.sobject('ContentVersion').create({ ContentDocumentId, PathOnClient: 't.txt', Title: 'Transcript', VersionData: data('Au revoir') });
  const versions = (await sf.query(`SELECT IsLatest, ContentSize FROM ContentVersion WHERE ContentDocumentId = '${ContentDocumentId}'`)).records;
  assert.deepEqual(versions.map((v) => [v.ContentSize, v.IsLatest]).sort(), [[7, false], [9, true]].sort());
  await sf.sobject('ContentDocument').destroy(ContentDocumentId);
  assert.equal((await sf.query("SELECT Id FROM ContentVersion WHERE Title = 'Transcript'")).totalSize, 0);
});
await check('usage is told', () => assert.ok(sf.limitInfo.apiUsage.used > 0 && sf.limitInfo.apiUsage.limit === 100_000));
await check('weather: too many, down', async () => {
  await weather(it.id, { throttle: 1 });
  await refused(sf.query('SELECT Id FROM Contact'), 'REQUEST_LIMIT_EXCEEDED');
  await weather(it.id, { fail: 1 });
  await assert.rejects(sf.sobject('Contact').update({ Id: zoe, Title: 'Owner' }));
  await weather(it.id, {});
});
await check('taken, but never answered: it is there', async () => {
  await weather(it.id, { timeout_after_accept: 1 });
  await assert.rejects(sf.sobject('Contact').update({ Id: zoe, Title: 'Baker' }));
  await weather(it.id, {});
  assert.equal((await sf.sobject('Contact').retrieve(zoe)).Title, 'Baker');
});
await check('an object one may not read is none', async () => {
  const poor = await account('salesforce', { client_id: '3MVG9', client_secret: 's3cret', deny: 'read contact' }, '');
  const other = connect('s3cret', poor.base_url);
  await other.authorize({ grant_type: 'client_credentials' });
  await refused(other.query('SELECT Id FROM Contact'), 'INVALID_TYPE');
});
await check('a page shows the record', async () => {
  const page = await fetch(`${it.base_url}/lightning/r/Contact/${zoe}/view`);
  assert.ok(page.url.startsWith(`${base}/sim/control/pages/`));
  const html = await page.text();
  assert.match(html, /<h1>Zo\u00e9 Gagnon<\/h1>/);
  assert.doesNotMatch(html, /<script/);
});
done();
