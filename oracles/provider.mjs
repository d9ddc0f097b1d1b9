// An identity provider written by others, run on this machine: people sign in at
// its own pages. Usage: node provider.mjs <port> <redirect uri>. The account's
// name is what is typed; its e-mail address is that name, and is checked unless
// it begins with "unchecked".
import Provider from 'oidc-provider';

const [port, redirect] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [{ client_id: 'parley', client_secret: 'parley-secret', redirect_uris: [redirect] }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['preferred_username'] },
  pkce: { required: () => true },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: `sub-${id}`, email: id, email_verified: !id.startsWith('unchecked'), preferred_username: id }),
  }),
});
provider.listen(Number(port), '127.0.0.1', () => console.log(`ready ${issuer}`));
