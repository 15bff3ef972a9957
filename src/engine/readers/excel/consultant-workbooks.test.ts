import type ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { readSheets, type SheetText } from '../../../../test/support/read-sheets.ts';

describe('mapping workbooks as consultants make them', () => {
  it.each<[string, readonly SheetText[], readonly string[]]>([
    [
      'with a title block, the header in row 7 and merged headings',
      [
        {
          name: 'STTM',
          text: `Source to Target Mapping
Project:|Phoenix
Author:|J. Doe
Version:|1.3

|SOURCE|<|<|<|TARGET|<|<|<|
#|Table|Column|Type|Comment|Table|Column|Type|Comment|Transformation
1|CUST|CUST_NO|NUMBER(10)|Number|customer|customer_id|bigint|key|Direct
2|CUST|NAME|VARCHAR2(40)||customer|full_name|text||TRIM(NAME)
3|ADDR|CITY|VARCHAR2(30)||customer|city|text||Lookup on CUST_NO`,
        },
      ],
      [
        'CUST: CUST_NO NUMBER(10) {Number} | NAME VARCHAR2(40)',
        'ADDR: CITY VARCHAR2(30)',
        'CUST.CUST_NO -> customer.customer_id [Direct]',
        'CUST.NAME -> customer.full_name [TRIM(NAME)]',
        'ADDR.CITY -> customer.city [Lookup on CUST_NO]',
      ],
    ],
    [
      'with the target named above the lines of each table',
      [
        {
          name: 'Mapping',
          text: `STM Document
Target table: DIM_CUSTOMER
Source Table|Source Column|Source Datatype|Target Column|Target Datatype|Mapping Logic
CUST|ID|INT|CUST_SK|BIGINT|Surrogate

Target table: dw.FACT_SALES
Source Table|Source Column|Source Datatype|Target Column|Target Datatype|Mapping Logic
SALES|AMT|DECIMAL(10,2)|AMOUNT|DECIMAL(18,2)|SUM`,
        },
      ],
      [
        'CUST: ID INT',
        'SALES: AMT DECIMAL(10,2)',
        'CUST.ID -> DIM_CUSTOMER.CUST_SK [Surrogate]',
        'SALES.AMT -> dw.FACT_SALES.AMOUNT [SUM]',
      ],
    ],
    [
      'with paths in place of columns',
      [
        {
          name: 'map',
          text: `Legacy Field|New Field|Comment
KNA1-KUNNR|CUSTOMER.CUSTOMER_ID|key
KNA1-NAME1|CUSTOMER.NAME|
KNA1-ORT01|n/a|not migrated`,
        },
      ],
      [
        'KNA1: KUNNR - | NAME1 - | ORT01 -',
        'KNA1.KUNNR -> CUSTOMER.CUSTOMER_ID',
        'KNA1.NAME1 -> CUSTOMER.NAME',
        'KNA1.ORT01 -> nowhere',
      ],
    ],
    [
      'of a dictionary with a form above it',
      [
        {
          name: 'Spec',
          text: `Table Name:|T_ACCOUNT
Schema:|BANK
Description:|Accounts of clients

Seq|Field Name|Type|Len|Dec|Mandatory|Key|Remarks
1|ACC_NO|CHAR|10||Y|PK|Number
2|BAL|DEC|15|2|N||Balance`,
        },
      ],
      ['BANK.T_ACCOUNT {Accounts of clients}: ACC_NO CHAR(10)! {Number} | BAL DEC(15,2) {Balance} pk ACC_NO'],
    ],
    [
      'of a dictionary with headings over the whole line and a footer',
      [
        {
          name: 'DD',
          text: `Field|Type|Size|Required|Description
CUSTOMER|<|<|<|<
ID|Number|10|Yes|key
ORDER HEADER|<|<|<|<
ID|Number|10|Yes|key
TOTAL|Currency||No|sum
Total columns: 3||||`,
        },
      ],
      ['CUSTOMER: ID Number(10)! {key}', 'ORDER HEADER: ID Number(10)! {key} | TOTAL Currency {sum}'],
    ],
    [
      'with the target first',
      [
        {
          name: 'Map',
          text: `Target Table Name|Target Column Name|Target Data Type|Nullable (Y/N)|Source System|Source Schema|Source Table Name|Source Column Name|Source Data Type|Transformation Rule / Logic|Comments
DIM_CUST|CUST_KEY|INTEGER|N||||||Generate surrogate key|
DIM_CUST|CUST_ID|VARCHAR(20)|N|SAP|dbo|KNA1|KUNNR|CHAR(10)|Straight move|key
DIM_CUST|CITY|VARCHAR(40)|Y|SAP|dbo|KNA1|ORT01|CHAR(35)|UPPER|`,
        },
      ],
      [
        'dbo.KNA1: KUNNR CHAR(10) {key} | ORT01 CHAR(35)',
        'dbo.KNA1.KUNNR -> DIM_CUST.CUST_ID [Straight move]',
        'dbo.KNA1.ORT01 -> DIM_CUST.CITY [UPPER]',
      ],
    ],
    [
      'in German',
      [
        {
          name: 'Zuordnung',
          text: `Quelltabelle|Quellfeld|Quelldatentyp|Quelllänge|Zieltabelle|Zielfeld|Zieldatentyp|Pflichtfeld|Transformationsregel|Bemerkung
KUNDEN|KDNR|CHAR|10|customer|customer_no|VARCHAR(10)|ja|1:1|Schlüssel
KUNDEN|NAME1|CHAR|35|customer|name|VARCHAR(70)|ja|NAME1 + NAME2|
KUNDEN|ALTFELD|CHAR|3|entfällt|entfällt|||entfällt|`,
        },
      ],
      [
        'KUNDEN: KDNR CHAR(10) | NAME1 CHAR(35) | ALTFELD CHAR(3)',
        'KUNDEN.KDNR -> customer.customer_no [1:1]',
        'KUNDEN.NAME1 -> customer.name [NAME1 + NAME2]',
        'KUNDEN.ALTFELD -> nowhere [entfällt]',
      ],
    ],
    [
      'in Italian',
      [
        {
          name: 'Mappatura',
          text: `Tabella sorgente|Campo sorgente|Tipo sorgente|Tabella destinazione|Campo destinazione|Tipo destinazione|Regola di trasformazione
CLIENTI|COD_CLI|CHAR(8)|customer|id|INTEGER|CAST
CLIENTI|RAG_SOC|CHAR(50)|customer|name|VARCHAR(50)|TRIM`,
        },
      ],
      [
        'CLIENTI: COD_CLI CHAR(8) | RAG_SOC CHAR(50)',
        'CLIENTI.COD_CLI -> customer.id [CAST]',
        'CLIENTI.RAG_SOC -> customer.name [TRIM]',
      ],
    ],
    [
      'in French',
      [
        {
          name: 'Correspondance',
          text: `Table source|Champ source|Type source|Table cible|Champ cible|Type cible|Règle de gestion|Commentaires
CLIENT|NOM|CHAR(30)|customer|last_name|VARCHAR(30)|Reprise à l'identique|
CLIENT|DT_NAIS|CHAR(8)|customer|birth_date|DATE|Conversion AAAAMMJJ|`,
        },
      ],
      [
        'CLIENT: NOM CHAR(30) | DT_NAIS CHAR(8)',
        "CLIENT.NOM -> customer.last_name [Reprise à l'identique]",
        'CLIENT.DT_NAIS -> customer.birth_date [Conversion AAAAMMJJ]',
      ],
    ],
    [
      'in Spanish',
      [
        {
          name: 'Mapeo',
          text: `Tabla origen|Campo origen|Tipo de dato origen|Tabla destino|Campo destino|Tipo de dato destino|Regla de transformación|Observaciones
CLIENTES|NOMBRE|VARCHAR2(30)|customer|name|text|Directo|ok
CLIENTES|FEC_ALTA|DATE|customer|created_on|date|Directo|`,
        },
      ],
      [
        'CLIENTES: NOMBRE VARCHAR2(30) | FEC_ALTA DATE',
        'CLIENTES.NOMBRE -> customer.name [Directo]',
        'CLIENTES.FEC_ALTA -> customer.created_on [Directo]',
      ],
    ],
    [
      'in Polish',
      [
        {
          name: 'Mapowanie',
          text: `Tabela źródłowa|Kolumna źródłowa|Typ danych źródłowy|Tabela docelowa|Kolumna docelowa|Typ danych docelowy|Reguła transformacji|Uwagi
KLIENCI|NAZWA|VARCHAR2(50)|customer|name|text|bez zmian|
KLIENCI|NIP|CHAR(10)|customer|tax_id|text|usuń kreski|klucz`,
        },
      ],
      [
        'KLIENCI: NAZWA VARCHAR2(50) | NIP CHAR(10)',
        'KLIENCI.NAZWA -> customer.name [bez zmian]',
        'KLIENCI.NIP -> customer.tax_id [usuń kreski]',
      ],
    ],
    [
      'with several sources in one row, by commas or lines',
      [
        {
          name: 'M',
          text: `Source Table|Source Column|Target Table|Target Column|Transformation
CUST|FIRST_NAME, LAST_NAME|customer|full_name|Concatenate
CUST|ID|customer|id|Direct`,
          change: (sheet) => {
            sheet.addRow(['CUST', 'STREET\nHOUSE_NO', 'customer', 'address', 'Concat with blank']);
            sheet.addRow(['CUST, ADDR', 'CUST.ZIP, ADDR.CITY', 'customer', 'place', 'Join']);
          },
        },
      ],
      [
        'CUST: FIRST_NAME - | LAST_NAME - | ID - | STREET - | HOUSE_NO - | ZIP -',
        'ADDR: CITY -',
        'CUST.FIRST_NAME -> customer.full_name [Concatenate]',
        'CUST.LAST_NAME -> customer.full_name [Concatenate]',
        'CUST.ID -> customer.id [Direct]',
        'CUST.STREET -> customer.address [Concat with blank]',
        'CUST.HOUSE_NO -> customer.address [Concat with blank]',
        'CUST.ZIP -> customer.place [Join]',
        'ADDR.CITY -> customer.place [Join]',
      ],
    ],
    [
      'with a table a section and its name above the columns',
      [
        {
          name: 'Mapping',
          text: `Mapping CUSTOMER

Source Field|Source Type|Target Field|Target Type|Rule
CUST_ID|NUMBER(9)|id|bigint|1:1
NAME|VARCHAR2(9)|name|text|1:1`,
        },
      ],
      ['CUST_ID -> id [1:1]', 'NAME -> name [1:1]'],
    ],
    [
      'in other words',
      [
        {
          name: 'A',
          text: `Legacy Table|Legacy Field|Legacy Format|New Table|New Field|New Format|Conversion Rule|Status
KUND|KNR|N(8)|customer|number|int|copy|approved
KUND|ORT|A(30)|customer|city|text|trim|open`,
        },
        {
          name: 'B',
          text: `From Entity|From Attribute|To Entity|To Attribute|Mapping Logic
ORD|ONR|order|order_no|copy
ORD|DAT|order|order_date|to_date`,
        },
        {
          name: 'C',
          text: `Src Tbl|Src Col|Src Datatype|Tgt Tbl|Tgt Col|Tgt Datatype|Xform
INV|INO|int|invoice|invoice_no|bigint|cast
INV|AMT|money|invoice|amount|numeric(18,2)|cast`,
        },
        {
          name: 'D',
          text: `Input Table|Input Column|Output Table|Output Column|Derivation
PAY|PNO|payment|payment_no|copy
PAY|PDT|payment|paid_on|copy`,
        },
        {
          name: 'E',
          text: `Source Field (Table.Column)|Target Field (Table.Column)|Mapping Type
STK.SNO|stock.stock_no|Direct
STK.QTY|stock.quantity|Direct`,
        },
      ],
      [
        'KUND: KNR N(8) | ORT A(30)',
        'ORD: ONR - | DAT -',
        'INV: INO int | AMT money',
        'PAY: PNO - | PDT -',
        'STK: SNO - | QTY -',
        'KUND.KNR -> customer.number [copy] (approved)',
        'KUND.ORT -> customer.city [trim] (open)',
        'ORD.ONR -> order.order_no [copy]',
        'ORD.DAT -> order.order_date [to_date]',
        'INV.INO -> invoice.invoice_no [cast]',
        'INV.AMT -> invoice.amount [cast]',
        'PAY.PNO -> payment.payment_no [copy]',
        'PAY.PDT -> payment.paid_on [copy]',
        'STK.SNO -> stock.stock_no [Direct]',
        'STK.QTY -> stock.quantity [Direct]',
      ],
    ],
  ])('%s', async (_, sheets, expected) => {
    expect(await readSheets(sheets)).toEqual(expected);
  });
});

describe('data dictionaries as consultants make them', () => {
  it.each<[string, readonly SheetText[], readonly string[]]>([
    [
      'with the header in row 7, table names merged down and notes between',
      [
        {
          name: 'Data Dictionary',
          text: `ACME Corp
Data Dictionary
Version 2.1 as of 2024-01-31

All tables of the billing system.

Table|Column|Data type|Length|Mandatory|PK|Description
INVOICE|INV_NO|NUMBER|10|Y|Y|Number of it
^|INV_DATE|DATE||Y||When issued
^|CUST_NO|NUMBER|10|Y||FK to CUSTOMER.CUST_NO

CUSTOMER|CUST_NO|NUMBER|10|Y|Y|
^|NAME|VARCHAR2|60|N||`,
        },
      ],
      [
        'INVOICE: INV_NO NUMBER(10)! {Number of it} | INV_DATE DATE! {When issued} | CUST_NO NUMBER(10)! {FK to CUSTOMER.CUST_NO} pk INV_NO',
        'CUSTOMER: CUST_NO NUMBER(10)! | NAME VARCHAR2(60) pk CUST_NO',
      ],
    ],
    [
      'one sheet a table in German, beside an overview',
      [
        {
          name: 'Übersicht',
          text: `Nr.|Tabelle|Beschreibung
1|KUNDE|Stammdaten der Kunden
2|AUFTRAG|Aufträge`,
        },
        {
          name: 'KUNDE',
          text: `Feldname|Datentyp|Länge|Pflichtfeld|Schlüssel|Bezeichnung
KNR|CHAR|10|ja|PK|Kundennummer
NAME|CHAR|40|ja||Name
GEBDAT|DATUM||nein||Geburtsdatum`,
        },
        {
          name: 'AUFTRAG',
          text: `Feldname|Datentyp|Länge|Pflichtfeld|Schlüssel|Bezeichnung
ANR|NUMERIC|8,0|ja|PK|Auftragsnummer
KNR|CHAR|10|ja|FK KUNDE.KNR|`,
        },
      ],
      [
        'KUNDE {Stammdaten der Kunden}: KNR CHAR(10)! {Kundennummer} | NAME CHAR(40)! {Name} | GEBDAT DATUM {Geburtsdatum} pk KNR',
        'AUFTRAG {Aufträge}: ANR NUMERIC(8,0)! {Auftragsnummer} | KNR CHAR(10)! pk ANR fk KNR>KUNDE',
      ],
    ],
    [
      'several tables a sheet, each with a title and a description',
      [
        {
          name: 'Tables',
          text: `Table: CUSTOMER
Description: All customers of the company

Column Name|Data Type|Null?|Key|Remarks
ID|int|NOT NULL|PK|
NAME|nvarchar(50)|NULL||the name

Table: ORDERS
Description: Orders by customers

Column Name|Data Type|Null?|Key|Remarks
ID|int|NOT NULL|PK|
CUST_ID|int|NOT NULL|FK|refers to CUSTOMER`,
        },
      ],
      [
        'CUSTOMER {All customers of the company}: ID int! | NAME nvarchar(50) {the name} pk ID',
        'ORDERS {Orders by customers}: ID int! | CUST_ID int! {refers to CUSTOMER} pk ID',
      ],
    ],
    [
      'in Italian, with the table in its own column',
      [
        {
          name: 'Dizionario',
          text: `Nome tabella|Nome campo|Tipo dato|Lunghezza|Obbligatorio|Chiave primaria|Descrizione
CLIENTI|COD_CLI|CHAR|8|S|S|Codice cliente
CLIENTI|RAG_SOC|VARCHAR2|50|N|N|Ragione sociale`,
        },
      ],
      ['CLIENTI: COD_CLI CHAR(8)! {Codice cliente} | RAG_SOC VARCHAR2(50) {Ragione sociale} pk COD_CLI'],
    ],
    [
      'in French, Spanish, Polish and Dutch',
      [
        {
          name: 'FR',
          text: `Nom de la table|Nom du champ|Type de données|Longueur|Obligatoire|Clé primaire|Libellé
CLIENT|NUM_CLI|NUMBER|9|Oui|Oui|Numéro
CLIENT|NOM|VARCHAR2|40|Non||Nom`,
        },
        {
          name: 'ES',
          text: `Nombre de tabla|Nombre del campo|Tipo de dato|Longitud|Permite nulos|Llave primaria|Descripción
PEDIDO|NUM|NUMBER|9|No|Sí|Número
PEDIDO|FECHA|DATE||Sí||Fecha`,
        },
        {
          name: 'PL',
          text: `Nazwa tabeli|Nazwa kolumny|Typ danych|Długość|Wymagane|Klucz główny|Opis
FAKTURA|NR|VARCHAR2|20|tak|tak|numer
FAKTURA|KWOTA|NUMBER|12,2|nie||kwota`,
        },
        {
          name: 'NL',
          text: `Tabelnaam|Kolomnaam|Gegevenstype|Lengte|Verplicht|Primaire sleutel|Omschrijving
KLANT|NR|NUMBER|8|ja|ja|nummer
KLANT|NAAM|VARCHAR2|30|nee||naam`,
        },
      ],
      [
        'CLIENT: NUM_CLI NUMBER(9)! {Numéro} | NOM VARCHAR2(40) {Nom} pk NUM_CLI',
        'PEDIDO: NUM NUMBER(9)! {Número} | FECHA DATE {Fecha} pk NUM',
        'FAKTURA: NR VARCHAR2(20)! {numer} | KWOTA NUMBER(12,2) {kwota} pk NR',
        'KLANT: NR NUMBER(8)! {nummer} | NAAM VARCHAR2(30) {naam} pk NR',
      ],
    ],
    [
      'with hidden rows and columns, rich text, formulas and dates',
      [
        {
          name: 'Dict',
          text: `No|Table Name|Column Name|Type|Last changed|Description
1|T1|A|INTEGER||first
2|T1|B|VARCHAR(5)||second
3|T1|C|DATE||third`,
          change: (sheet) => {
            sheet.getRow(3).hidden = true;
            sheet.getColumn(4).hidden = true;
            sheet.getCell('F2').value = { richText: [{ text: 'fi' }, { font: { bold: true }, text: 'rst' }] };
            sheet.getCell('B4').value = { formula: 'B3', result: 'T1' };
            sheet.getCell('C4').value = { formula: 'UPPER("c")' } as ExcelJS.CellFormulaValue;
            sheet.getCell('E2').value = new Date(Date.UTC(2024, 0, 31));
            sheet.getCell('A4').value = { formula: 'A3+1' } as ExcelJS.CellFormulaValue;
          },
        },
      ],
      ['T1: A INTEGER {first} | B VARCHAR(5) {second}'],
    ],
    [
      'with a table name as a row of its own between the columns',
      [
        {
          name: 'Model',
          text: `Attribute|Type|Mandatory|Definition
CUSTOMER|<|<|<
Id|Integer|Yes|The key
Name|Varchar(40)|No|
ORDER|<|<|<
Id|Integer|Yes|
Customer|Integer|Yes|`,
        },
      ],
      ['CUSTOMER: Id Integer! {The key} | Name Varchar(40)', 'ORDER: Id Integer! | Customer Integer!'],
    ],
    [
      'side by side',
      [
        {
          name: 'S',
          text: `CUSTOMER||||ORDERS||
Column|Type|Key||Column|Type|Key
ID|int|PK||ID|int|PK
NAME|varchar(20)|||CUST_ID|int|FK`,
        },
      ],
      ['CUSTOMER: ID int! | NAME varchar(20) pk ID', 'ORDERS: ID int! | CUST_ID int pk ID'],
    ],
    [
      'with an entity and its physical names beside the logical ones',
      [
        {
          name: 'LDM',
          text: `Entity Name|Attribute Name|Physical Table Name|Physical Column Name|Physical Data Type|Is PK|Is Nullable|Attribute Definition
Customer|Customer Number|T_CUST|CUST_NR|NUMBER(10)|Yes|No|Identifies it
Customer|Customer Name|T_CUST|CUST_NM|VARCHAR2(80)|No|Yes|Its name`,
        },
      ],
      [
        'T_CUST: CUST_NR NUMBER(10)! {Customer Number: Identifies it} | CUST_NM VARCHAR2(80) {Customer Name: Its name} pk CUST_NR',
      ],
    ],
  ])('%s', async (_, sheets, expected) => {
    expect(await readSheets(sheets)).toEqual(expected);
  });
});
