/** Finds passwords and keys in text that leaves the project, and takes them out. Errs on the side of taking out. */

interface SecretRule {
  readonly name: string;
  /** Group 1 is kept, the rest of the match is the secret. Linear-time: no nested quantifiers. */
  readonly pattern: RegExp;
}

const rules: readonly SecretRule[] = [
  {
    name: 'password in a connection string',
    pattern:
      /((?:^|[\s;,"'{(&?])(?:password|passwd|pwd|user_?pass|secret|api_?key|access_?key|account_?key|shared_?access_?key|client_?secret|auth_?token)["']?\s{0,3}[=:]\s{0,3}["']?)[^\s"';,&)}]{3,200}/gi,
  },
  { name: 'password in a URL', pattern: /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/]{1,100}:)[^\s@/]{1,200}(?=@)/gi },
  { name: 'AWS access key', pattern: /()\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  { name: 'private key', pattern: /(-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)[^-]{1,20000}/g },
  {
    name: 'IDENTIFIED BY password',
    pattern: /(\bidentified\s{1,10}by\s{1,10}(?:values\s{1,10})?)["']?[^\s"';]{1,200}["']?/gi,
  },
];

export const REDACTED = '[removed secret]';

/** What a value is that is no secret: a parameter, a type, nothing. */
const harmless = /^(?:\$|null\b|none\b|varchar|char|text|string|integer|true|false|\*+$)/i;

export interface Redaction {
  readonly text: string;
  /** Kind and number of what was taken out. */
  readonly findings: readonly { readonly name: string; readonly count: number }[];
}

/** The text with every secret replaced; unchanged where none is found. */
export function redactSecrets(text: string): Redaction {
  const findings: { name: string; count: number }[] = [];
  let clean = text;
  for (const { name, pattern } of rules) {
    let count = 0;
    clean = clean.replace(pattern, (match: string, kept: string) => {
      const secret = match.slice(kept.length);
      if (harmless.test(secret) || secret.startsWith(REDACTED.slice(0, 8))) return match;
      count += 1;
      return `${kept}${REDACTED}`;
    });
    if (count > 0) findings.push({ name, count });
  }
  return { text: clean, findings };
}
