import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { integer, table } from '../../../test/support/builders.ts';
import type { Table } from '../../shared/model/schema.ts';
import { loadOrder } from './load-order.ts';

const references = (name: string, parents: readonly string[]): Table =>
  table(name, [integer('id')], {
    primaryKey: ['id'],
    foreignKeys: parents.map((parent) => ({
      name: null,
      columns: ['id'],
      references: { schema: null, table: parent, columns: ['id'] },
    })),
  });

describe('loadOrder', () => {
  it('names a circle and still places every table once', () => {
    const { order, cycles } = loadOrder([
      references('a', ['b']),
      references('b', ['c']),
      references('c', ['a']),
      references('d', ['a']),
    ]);
    expect({ order, cycles }).toEqual({ order: ['a', 'b', 'c', 'd'], cycles: [['a', 'b', 'c']] });
  });

  it('puts every parent before its children where there is no circle, in whatever order the tables come', () => {
    const acyclic = fc
      .integer({ min: 1, max: 12 })
      .chain((n) =>
        fc.tuple(
          fc.array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1)), { maxLength: 30 }),
          fc.shuffledSubarray([...Array(n).keys()], { minLength: n }),
        ),
      );
    fc.assert(
      fc.property(acyclic, ([edges, shuffle]) => {
        const tables = shuffle.map((i) =>
          references(
            `t${i}`,
            edges.filter(([child, parent]) => child === i && parent < i).map(([, parent]) => `t${parent}`),
          ),
        );
        const { order, cycles } = loadOrder(tables);
        const late = tables.flatMap((child) =>
          child.foreignKeys.filter((fk) => order.indexOf(fk.references.table) > order.indexOf(child.name)),
        );
        expect({ late, cycles, all: order.toSorted() }).toEqual({
          late: [],
          cycles: [],
          all: tables.map((entry) => entry.name).toSorted(),
        });
      }),
      { seed: 7 },
    );
  });
});
