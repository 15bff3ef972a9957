/** Variables and macros that the engine itself provides. */
import type { Compiler } from '../compiler.ts';
import { runTime } from '../powercenter/run-time.ts';
import { numberLiteral, textLiteral } from '../powercenter/coerce.ts';
import { atom, type TypedSql } from '../typed-sql.ts';

const marks: ReadonlyMap<string, number> = new Map([
  ['@IM', 255],
  ['@FM', 254],
  ['@AM', 254],
  ['@VM', 253],
  ['@SM', 252],
  ['@SVM', 252],
  ['@TM', 251],
]);
const ofJob: ReadonlySet<string> = new Set([
  'DSHOSTNAME',
  'DSPROJECTNAME',
  'DSJOBNAME',
  'DSJOBCONTROLLER',
  'DSJOBINVOCATIONID',
  'DSJOBWAVENO',
  '@USERNAME',
  '@PATH',
  '@WHO',
  '@LOGNAME',
  '@USERNO',
]);

type Writer = (compiler: Compiler) => TypedSql;

function rowNumber(name: string, confidence: number): Writer {
  return (compiler) => {
    compiler.markOrderSensitive();
    compiler.assume(
      `${name} counts the rows of all partitions in their order; the source tool counts within each partition`,
      confidence,
    );
    return atom(`row_number() OVER (ORDER BY ${compiler.rowOrder})`, 'bigint', { notNull: true });
  };
}

function single(name: string, value: string): Writer {
  return (compiler) => {
    compiler.assume(`${name} is ${value}: the pipeline runs as one partition`, 0.9);
    return numberLiteral(value);
  };
}

const dayNumber: Writer = (compiler) =>
  atom(`datediff('day', DATE '1967-12-31', ${runTime(compiler, 'SESSSTARTTIME').text})`, 'bigint');

const writers: ReadonlyMap<string, Writer> = new Map<string, Writer>([
  ['@INROWNUM', rowNumber('@INROWNUM', 0.88)],
  ['@OUTROWNUM', rowNumber('@OUTROWNUM', 0.7)],
  ['@PARTITIONNUM', single('@PARTITIONNUM', '0')],
  ['@NUMPARTITIONS', single('@NUMPARTITIONS', '1')],
  ['@TRUE', () => numberLiteral('1')],
  ['@FALSE', () => numberLiteral('0')],
  ['@NULL.STR', () => textLiteral('')],
  ['@DATE', dayNumber],
  [
    '@TIME',
    (compiler) => atom(`date_part('epoch', CAST(${runTime(compiler, 'SESSSTARTTIME').text} AS TIME))`, 'double'),
  ],
  ['@DAY', (compiler) => atom(`strftime(${runTime(compiler, 'SESSSTARTTIME').text}, '%d')`, 'string')],
  ['@MONTH', (compiler) => atom(`strftime(${runTime(compiler, 'SESSSTARTTIME').text}, '%m')`, 'string')],
  ['@YEAR', (compiler) => atom(`strftime(${runTime(compiler, 'SESSSTARTTIME').text}, '%y')`, 'string')],
  ['DSJOBSTARTDATE', (compiler) => atom(`strftime(${runTime(compiler, 'SESSSTARTTIME').text}, '%Y-%m-%d')`, 'string')],
  ['DSJOBSTARTTIME', (compiler) => atom(`strftime(${runTime(compiler, 'SESSSTARTTIME').text}, '%H:%M:%S')`, 'string')],
  [
    'DSJOBSTARTTIMESTAMP',
    (compiler) => atom(`strftime(${runTime(compiler, 'SESSSTARTTIME').text}, '%Y-%m-%d %H:%M:%S')`, 'string'),
  ],
]);

/** The value of a system variable or job macro; null where the name is none. */
export function systemVariable(compiler: Compiler, name: string): TypedSql | null {
  const upper = name.toUpperCase();
  const mark = marks.get(upper);
  if (mark !== undefined) return atom(`chr(${mark})`, 'string', { notNull: true });
  if (ofJob.has(upper)) {
    compiler.parameter(name);
    compiler.assume(`${name} is given as a parameter of the run`, 0.85);
    return atom(`CAST(getvariable('${name}') AS VARCHAR)`, 'string');
  }
  return writers.get(upper)?.(compiler) ?? null;
}
