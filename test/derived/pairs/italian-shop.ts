import type { Pair } from '../pair.ts';

/** Italian names, amounts in two columns, orders with date and time. */
export const italianShop: Pair = {
  name: 'shop, Italian',
  source: `
CREATE TABLE CLIENTI (ID_CLIENTE INTEGER NOT NULL PRIMARY KEY, NOME VARCHAR(40), COGNOME VARCHAR(40), VIA VARCHAR(60), NUMERO_CIVICO VARCHAR(8), CITTA VARCHAR(40), CAP CHAR(5));
CREATE TABLE ORDINI (ID_ORDINE INTEGER NOT NULL PRIMARY KEY, ID_CLIENTE INTEGER REFERENCES CLIENTI (ID_CLIENTE), DATA_ORDINE DATE, ORA_ORDINE TIME, STATO CHAR(1));
CREATE TABLE RIGHE_ORDINE (ID_RIGA INTEGER NOT NULL PRIMARY KEY, ID_ORDINE INTEGER, QUANTITA INTEGER, PREZZO_UNITARIO DECIMAL(10,2));`,
  target: `
CREATE TABLE customers (customer_id INTEGER NOT NULL PRIMARY KEY, customer_name VARCHAR(90) NOT NULL, address_line VARCHAR(80), city VARCHAR(40), postal_code CHAR(5), created_by VARCHAR(20) NOT NULL);
CREATE TABLE orders (order_id INTEGER NOT NULL PRIMARY KEY, customer_id INTEGER, order_timestamp TIMESTAMP, status VARCHAR(10), channel VARCHAR(10) NOT NULL CHECK (channel IN ('WEB', 'SHOP')));
CREATE TABLE order_lines (line_id INTEGER NOT NULL PRIMARY KEY, order_id INTEGER, quantity INTEGER, unit_price DECIMAL(10,2), line_total DECIMAL(12,2));`,
  rows: {
    CLIENTI: ['1|Maria|Rossi|Via Roma|12|Torino|10121', '2|Luca|Bianchi|Corso Italia|4|Milano|20100'],
    ORDINI: ['5|1|2024-05-01|10:15:00|A', '6|2|2024-05-02|18:40:00|C'],
    RIGHE_ORDINE: ['1|5|2|9.90', '2|5|1|20.00', '3|6|4|1.25'],
  },
  truth: {
    'customers.customer_name': { type: 'merge', sources: ['NOME', 'COGNOME'] },
    'customers.address_line': { type: 'merge', sources: ['VIA', 'NUMERO_CIVICO'] },
    'customers.created_by': { type: 'constant', sources: [] },
    'orders.order_timestamp': { type: 'merge', sources: ['DATA_ORDINE', 'ORA_ORDINE'] },
    'orders.channel': { type: 'constant', sources: [] },
    'order_lines.line_total': { type: 'calculated', sources: ['QUANTITA', 'PREZZO_UNITARIO'] },
  },
};
