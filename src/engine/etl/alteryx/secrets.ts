/** Passwords and keys never reach the model: a secret setting is null, a connection string loses its secret part. */
const secretName = /passw|pwd|secret|api[_-]?key|access[_-]?token|auth[_-]?token|client[_-]?key|credential/i;
const secretPart = /\b(pwd|password|secretkey|secret|accesskey|token|sig|apikey|api_key)(\s*=\s*)(?!;|"|$)[^;&"|\s]+/gi;
const loginInUrl = /(:\/\/[^/\s:@]{1,100}:)[^/\s@]{1,200}@/g;

export interface Cleaned {
  readonly value: string | null;
  readonly removed: boolean;
}

/** `value` of the setting called `name` without its secrets. */
export function withoutSecret(name: string, value: string): Cleaned {
  if (secretName.test(name) && value.trim() !== '' && !/^(?:true|false|\d{1,2})$/i.test(value.trim()))
    return { value: null, removed: true };
  if (!value.includes('=') && !value.includes('@')) return { value, removed: false };
  const looksLikeConnection = /(?:driver|server|data source|dsn|uid|user id|provider|host|sig)\s*=|:\/\//i.test(value);
  if (!looksLikeConnection || value.length > 20_000) return { value, removed: false };
  const cleaned = value.replace(secretPart, '$1$2').replace(loginInUrl, '$1@');
  return { value: cleaned, removed: cleaned !== value };
}
