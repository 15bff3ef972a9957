/** What must not leave the export: passwords and encrypted values. References to job parameters are kept. */

const secretName = /passw(?:or)?d|passphrase|\bpwd$|secret|privatekey/i;
const encrypted = /\{(?:iisenc|encrypted)\}/i;
const encryptedValue = /\{(?:iisenc|encrypted)\}[A-Za-z0-9+/=]*/gi;
const reference = /^\s*(?:#[^#]*#|\/Connection\/\w+|\(As pre-defined\))?\s*$/;
const inXml =
  /(<(?:Password|ProxyPassword|KeystorePassword|Passphrase|SSLClientPassword)\b[^>]{0,200}>(?:<!\[CDATA\[)?|paramName="[^"<>]{0,200}(?:passw|pwd|secret)[^"<>]{0,200}">)([^<\]]{1,2000})/gi;

/** Whether the value of a property of this name has to be left out. */
export function isSecret(name: string, value: string): boolean {
  if (encrypted.test(value) && !value.includes('<')) return true;
  return (
    secretName.test(name) &&
    !reference.test(value) &&
    value.length < 2000 &&
    !/^\d$|^(?:true|false|none)$/i.test(value.trim())
  );
}

/** The text without the passwords and encrypted values of settings embedded in it. */
export function withoutSecrets(text: string): string {
  const clean = encrypted.test(text) ? text.replace(encryptedValue, '') : text;
  if (!clean.includes('<')) return clean;
  return clean.replace(inXml, (whole, before: string, value: string) => (reference.test(value) ? whole : before));
}
