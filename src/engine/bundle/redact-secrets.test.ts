import { describe, expect, it } from 'vitest';
import { redactSecrets } from './redact-secrets.ts';

describe('redactSecrets', () => {
  it.each([
    ['Server=x;User ID=sa;Password=hunter2;Database=y', 'Server=x;User ID=sa;Password=[removed secret];Database=y'],
    ['jdbc:oracle:thin:scott/x@//h?password=abc123&z=1', 'jdbc:oracle:thin:scott/x@//h?password=[removed secret]&z=1'],
    ['postgres://app:s3cr3t@db/prod', 'postgres://app:[removed secret]@db/prod'],
    ['AccountKey=abcd1234==;', 'AccountKey=[removed secret];'],
    ['CREATE USER u IDENTIFIED BY "tiger"', 'CREATE USER u IDENTIFIED BY [removed secret]'],
    ['key AKIAABCDEFGHIJKLMNOP here', 'key [removed secret] here'],
  ])('takes the secret out of %s', (text, clean) => {
    expect(redactSecrets(text).text).toBe(clean);
  });

  it.each([
    'password VARCHAR(20) NOT NULL',
    'PWD_RESET_DT DATE',
    'the password is asked for',
    'Password=$$DB_PASSWORD',
    'secret: null',
  ])('leaves %s alone', (text) => {
    expect(redactSecrets(text)).toEqual({ text, findings: [] });
  });

  it('changes nothing the second time', () => {
    const once = redactSecrets('pwd=abc123; password=def456').text;
    expect(redactSecrets(once)).toEqual({ text: once, findings: [] });
  });
});
