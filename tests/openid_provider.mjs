// A real OpenID provider for tests: node tests/openid_provider.mjs PORT LEAN_PORT
//
// The first port puts every claim in the ID token; the second, lean, only in its userinfo answer.
// POST /test/person {sub, ...claims} chooses who signs in next without a form, and POST /test/fault
// {...claims} what is changed in the next ID tokens, which are signed with the provider's own key.

import { createServer } from "node:http";
import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from "jose";
import { Provider } from "oidc-provider";

const CLAIMS = [
  "sub", "name", "email", "email_verified", "preferred_username", "oid", "tid", "roles", "groups",
  "realm_access",
];
const { privateKey } = await generateKeyPair("RS256", { extractable: true });
const key = { ...(await exportJWK(privateKey)), kid: "test", alg: "RS256", use: "sig" };

function serve(port, isLean) {
  const people = new Map();
  let next = null;
  let fault = {};
  const issuer = `http://127.0.0.1:${port}`;
  const numbers = Array.from({ length: 9 }, (_, index) => index + 1);
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: "sitefinder",
        client_secret: "a secret & of: 32 characters, long",
        redirect_uris: numbers.map((n) => `http://127.0.0.1:8000/sign-in/provider/${n}/callback`),
        post_logout_redirect_uris: ["http://127.0.0.1:8000/"],
      },
    ],
    claims: { openid: CLAIMS },
    conformIdTokenClaims: isLean,
    cookies: { keys: ["only for tests"] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_, id) => ({ accountId: id, claims: () => people.get(id) ?? { sub: id } }),
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    jwks: { keys: [key] },
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client.clientId,
        accountId: ctx.oidc.session.accountId,
      });
      grant.addOIDCScope("openid profile email");
      await grant.save();
      return grant;
    },
    pkce: { required: () => true },
    scopes: ["openid", "profile", "email"],
  });

  async function changed(token) {
    return new SignJWT({ ...decodeJwt(token), ...fault })
      .setProtectedHeader({ alg: "RS256", kid: "test" })
      .sign(privateKey);
  }

  provider.use(async (ctx, onward) => {
    await onward();
    if (ctx.path === "/token" && ctx.body?.id_token && Object.keys(fault).length) {
      ctx.body.id_token = fault.alg === "none" ? unsigned(ctx.body.id_token)
        : await changed(ctx.body.id_token);
    }
  });

  function unsigned(token) {
    const header = Buffer.from('{"alg":"none"}').toString("base64url");
    return `${header}.${token.split(".")[1]}.`;
  }

  async function body(request) {
    const parts = [];
    for await (const part of request) parts.push(part);
    return JSON.parse(Buffer.concat(parts).toString());
  }

  const callback = provider.callback();
  createServer(async (request, response) => {
    if (request.url === "/test/person") {
      next = await body(request);
      people.set(next.sub, next);
      response.end();
    } else if (request.url === "/test/fault") {
      fault = await body(request);
      response.end();
    } else if (request.url.startsWith("/interaction/")) {
      await provider.interactionDetails(request, response);
      const result = next ? { login: { accountId: next.sub } } : { error: "access_denied" };
      await provider.interactionFinished(request, response, result);
    } else {
      callback(request, response);
    }
  }).listen(port, "127.0.0.1");
}

const [port, leanPort] = process.argv.slice(2).map(Number);
serve(port, false);
serve(leanPort, true);
