import { assertionSigner, assertionVerifier, type Actor } from '@zhitong/kit';
import { SignJWT } from 'jose';

const SECRET = 'a secret that only gateway and subgraphs know';
const officer: Actor = { sub: 'o-1', roles: ['OFFICER'], department: 'RSJ' };
const noon = new Date('2026-11-20T12:00:00Z');
const seconds = noon.getTime() / 1000;
const at = (offset: number) => () => new Date(noon.getTime() + offset * 1000);

describe('the assertion by which the gateway vouches for a caller', () => {
  it('carries the actor, and an anonymous caller as null', async () => {
    const sign = assertionSigner(SECRET, () => seconds);
    const verify = assertionVerifier(SECRET, at(0));
    expect(await verify(await sign(officer))).toEqual(officer);
    expect(await verify(await sign(null))).toBeNull();
  });

  it('is worth nothing without the shared secret, after two minutes, when altered, or when missing', async () => {
    const token = await assertionSigner(SECRET, () => seconds)(officer);
    const verify = assertionVerifier(SECRET, at(0));
    expect(await assertionVerifier('another secret of another installation', at(0))(token)).toBeUndefined();
    expect(await assertionVerifier(SECRET, at(121))(token)).toBeUndefined();
    expect(await verify(`${token.slice(0, -2)}xx`)).toBeUndefined();
    expect(await verify(undefined)).toBeUndefined();
    const [head, , signature] = token.split('.');
    const forged = Buffer.from(JSON.stringify({ actor: { sub: 'x', roles: ['AUDITOR'] }, iss: 'zhitong-gateway', exp: seconds + 60 })).toString('base64url');
    expect(await verify([head, forged, signature].join('.'))).toBeUndefined();
  });

  it('stops being accepted when it runs out although it was seen before', async () => {
    let offset = 0;
    const verify = assertionVerifier(SECRET, () => at(offset)());
    const token = await assertionSigner(SECRET, () => seconds)(officer);
    expect(await verify(token)).toEqual(officer);
    offset = 121;
    expect(await verify(token)).toBeUndefined();
  });

  it('refuses an actor that no role table knows', async () => {
    const key = new TextEncoder().encode(SECRET);
    const token = await new SignJWT({ actor: { sub: 'x', roles: ['MAYOR'] } }).setProtectedHeader({ alg: 'HS256' }).setIssuer('zhitong-gateway').setExpirationTime(seconds + 60).sign(key);
    expect(await assertionVerifier(SECRET, at(0))(token)).toBeUndefined();
  });
});
