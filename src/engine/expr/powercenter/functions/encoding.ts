/** Encoding functions. */
import type { Expr } from '../../ast.ts';
import { atom, type TypedSql } from '../../typed-sql.ts';
import { coerce } from '../coerce.ts';
import type { Compiler, FunctionRule, FunctionTable } from '../../compiler.ts';
import { argument } from '../../translation-state.ts';

/** A function that DuckDB lacks: kept as it is, so that it is seen and fails when run. */
function lacking(name: string, type: TypedSql['type'], arity: FunctionRule['arity']): FunctionRule {
  return {
    arity,
    translate: (compiler, args) => {
      compiler.unsupported(name, `${name} has no equivalent in DuckDB; it is passed through as it is`);
      return atom(`${name}(${args.map((arg) => compiler.value(arg).text).join(', ')})`, type);
    },
  };
}

function md5Sql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  compiler.assume('MD5 gives lower-case hexadecimal');
  return atom(`md5(${coerce.text(compiler, argument(args, 0)).text})`, 'string');
}

function encodeBase64Sql(compiler: Compiler, args: readonly Expr[]): TypedSql {
  const value = compiler.value(argument(args, 0));
  return atom(value.type === 'binary' ? `to_base64(${value.text})` : `to_base64(encode(${value.text}))`, 'string');
}

export const encodingFunctions: FunctionTable = {
  MD5: { arity: [1, 1], translate: md5Sql },
  ENC_BASE64: { arity: [1, 1], translate: encodeBase64Sql },
  DEC_BASE64: {
    arity: [1, 1],
    translate: (compiler, args) => atom(`from_base64(${coerce.text(compiler, argument(args, 0)).text})`, 'binary'),
  },
  CRC32: {
    arity: [1, 1],
    translate: (compiler, args) => compiler.macro('pc_crc32', 'bigint', coerce.text(compiler, argument(args, 0)).text),
  },
  AES_ENCRYPT: lacking('AES_ENCRYPT', 'binary', [2, 3]),
  AES_DECRYPT: lacking('AES_DECRYPT', 'string', [2, 3]),
  COMPRESS: lacking('COMPRESS', 'binary', [1, 2]),
  DECOMPRESS: lacking('DECOMPRESS', 'binary', [1, 2]),
};
