/** Legacy schemas as they are named in other languages, in glued short forms and in SAP, each beside the English schema that it moves to, column by column. */
import { describe, expect, it } from 'vitest';
import type { Table } from '../../shared/model/schema.ts';
import { readDdl } from '../readers/ddl/read-ddl.ts';
import { matchSchemas } from './match-schemas.ts';

interface Pair {
  readonly source: string;
  readonly target: string;
}

const pairs: Readonly<Record<string, Pair>> = {
  it: {
    source: `CREATE TABLE ANAGRAFICA_CLIENTI (COD_CLI NUMBER(10) PRIMARY KEY, RAG_SOC VARCHAR2(80), COGNOME VARCHAR2(40), NOME VARCHAR2(40), COD_FISC CHAR(16), P_IVA VARCHAR2(11), DT_NASC DATE, INDIRIZZO VARCHAR2(80), CIVICO VARCHAR2(8), CAP CHAR(5), COMUNE VARCHAR2(40), PROV CHAR(2), TEL VARCHAR2(20), CELL VARCHAR2(20), FLG_ATTIVO CHAR(1), DT_INS DATE, UTE_INS VARCHAR2(20), DT_VAR DATE, UTE_VAR VARCHAR2(20));
CREATE TABLE FATTURE_TESTATA (NUM_FATT NUMBER(12), ANNO NUMBER(4), COD_CLI NUMBER(10), DT_EMISS DATE, DT_SCAD DATE, IMP_NETTO NUMBER(12,2), IMP_IVA NUMBER(12,2), IMP_TOT NUMBER(12,2), STATO CHAR(1), COD_PAG VARCHAR2(4));
CREATE TABLE FATTURE_RIGHE (ANNO NUMBER(4), NUM_FATT NUMBER(12), RIGA NUMBER(5), COD_ART VARCHAR2(15), QTA NUMBER(9,3), PRZ_UNIT NUMBER(12,4), SCONTO NUMBER(5,2), ALIQ_IVA NUMBER(4,2), IMP_RIGA NUMBER(12,2));`,
    target: `CREATE TABLE customer (customer_id bigint primary key, company_name varchar(100), last_name varchar(50), first_name varchar(50), tax_code varchar(16), vat_number varchar(20), birth_date date, street varchar(100), house_number varchar(10), postal_code varchar(10), city varchar(60), province varchar(2), phone varchar(30), mobile varchar(30), is_active boolean, created_at timestamp, created_by varchar(30), updated_at timestamp, updated_by varchar(30));
CREATE TABLE invoice (invoice_number bigint, fiscal_year int, customer_id bigint references customer, issue_date date, due_date date, net_amount numeric(14,2), vat_amount numeric(14,2), total_amount numeric(14,2), status varchar(10), payment_terms_code varchar(4));
CREATE TABLE invoice_line (fiscal_year int, invoice_number bigint, line_number int, product_code varchar(20), quantity numeric(12,3), unit_price numeric(14,4), discount_percent numeric(5,2), vat_rate numeric(5,2), line_amount numeric(14,2));`,
  },
  de: {
    source: `CREATE TABLE KUNDENSTAMM (KDNR INTEGER NOT NULL PRIMARY KEY, ANREDE VARCHAR(10), NACHNAME VARCHAR(40), VORNAME VARCHAR(40), FIRMA VARCHAR(60), STRASSE VARCHAR(60), HAUSNR VARCHAR(10), PLZ CHAR(5), ORT VARCHAR(40), LKZ CHAR(3), TELNR VARCHAR(20), MOBILNR VARCHAR(20), EMAIL VARCHAR(80), GEBDAT DATE, UST_ID VARCHAR(15), ZAHLBED CHAR(4), SPERRKZ CHAR(1), ANGELEGT_AM DATE, ANGELEGT_VON VARCHAR(12), GEAEND_AM DATE, GEAEND_VON VARCHAR(12));
CREATE TABLE AUFTRAGSKOPF (AUFTRNR INTEGER PRIMARY KEY, KDNR INTEGER, BESTELLDATUM DATE, LIEFERDATUM DATE, GESAMTBETRAG DECIMAL(12,2), WAEHR CHAR(3), STATUS CHAR(1), VERTRETER VARCHAR(10));
CREATE TABLE AUFTRAGSPOS (AUFTRNR INTEGER, POSNR INTEGER, ARTNR VARCHAR(15), MENGE DECIMAL(9,3), ME CHAR(3), EINZELPREIS DECIMAL(12,4), RABATT_PROZ DECIMAL(5,2), MWST_SATZ DECIMAL(4,2), NETTOBETRAG DECIMAL(12,2));
CREATE TABLE ZAEHLER (ZAEHLERNR VARCHAR(20), MELO VARCHAR(33), EINBAUDAT DATE, AUSBAUDAT DATE, ZAEHLERART VARCHAR(4), STANDORT VARCHAR(40));
CREATE TABLE ABLESUNG (ZAEHLERNR VARCHAR(20), ABLESEDATUM DATE, ZAEHLERSTAND DECIMAL(12,3), VERBRAUCH DECIMAL(12,3), ABLESEGRUND CHAR(2), ABLESER VARCHAR(20));`,
    target: `CREATE TABLE customer (customer_number bigint primary key, salutation varchar(10), last_name varchar(50), first_name varchar(50), company_name varchar(80), street varchar(80), house_number varchar(10), postal_code varchar(10), city varchar(50), country_code char(2), phone varchar(30), mobile_phone varchar(30), email varchar(100), birth_date date, vat_id varchar(20), payment_terms varchar(10), is_blocked boolean, created_at timestamp, created_by varchar(20), updated_at timestamp, updated_by varchar(20));
CREATE TABLE sales_order (order_number bigint primary key, customer_number bigint references customer, order_date date, delivery_date date, total_amount numeric(14,2), currency char(3), status varchar(10), sales_rep varchar(20));
CREATE TABLE sales_order_item (order_number bigint, line_number int, product_number varchar(20), quantity numeric(12,3), unit_of_measure varchar(5), unit_price numeric(14,4), discount_percent numeric(5,2), vat_rate numeric(5,2), net_amount numeric(14,2));
CREATE TABLE meter (meter_number varchar(20) primary key, metering_point_id varchar(40), installed_on date, removed_on date, meter_type varchar(10), location varchar(60));
CREATE TABLE meter_reading (meter_number varchar(20), reading_date date, reading_value numeric(14,3), consumption numeric(14,3), reading_reason varchar(10), reader_name varchar(40));`,
  },
  fr: {
    source: `CREATE TABLE CLIENTS (NUM_CLI INT PRIMARY KEY, CIVILITE VARCHAR(5), NOM VARCHAR(40), PRENOM VARCHAR(40), RAISON_SOC VARCHAR(60), ADR1 VARCHAR(60), ADR2 VARCHAR(60), CP CHAR(5), VILLE VARCHAR(40), CODE_PAYS CHAR(2), TEL_FIXE VARCHAR(20), TEL_PORT VARCHAR(20), MEL VARCHAR(80), DT_NAISS DATE, SIRET CHAR(14), ACTIF CHAR(1), DT_CREA DATE, UTIL_CREA VARCHAR(10), DT_MAJ DATE, UTIL_MAJ VARCHAR(10));
CREATE TABLE FACTURES (NUM_FACT INT PRIMARY KEY, NUM_CLI INT, DT_FACT DATE, DT_ECH DATE, MT_HT DECIMAL(12,2), MT_TVA DECIMAL(12,2), MT_TTC DECIMAL(12,2), DEVISE CHAR(3), MODE_REGL CHAR(2), STATUT CHAR(1));
CREATE TABLE LIGNES_FACT (NUM_FACT INT, NUM_LIG INT, CODE_ART VARCHAR(15), LIB_ART VARCHAR(60), QTE DECIMAL(9,3), PU_HT DECIMAL(12,4), TX_REMISE DECIMAL(5,2), TX_TVA DECIMAL(4,2));`,
    target: `CREATE TABLE customer (customer_number bigint primary key, title varchar(10), last_name varchar(50), first_name varchar(50), company_name varchar(80), address_line_1 varchar(80), address_line_2 varchar(80), postal_code varchar(10), city varchar(50), country_code char(2), phone varchar(30), mobile_phone varchar(30), email varchar(100), birth_date date, company_registration_number varchar(20), is_active boolean, created_at timestamp, created_by varchar(20), updated_at timestamp, updated_by varchar(20));
CREATE TABLE invoice (invoice_number bigint primary key, customer_number bigint references customer, invoice_date date, due_date date, net_amount numeric(14,2), vat_amount numeric(14,2), gross_amount numeric(14,2), currency char(3), payment_method varchar(10), status varchar(10));
CREATE TABLE invoice_line (invoice_number bigint, line_number int, product_code varchar(20), product_description varchar(80), quantity numeric(12,3), net_unit_price numeric(14,4), discount_rate numeric(5,2), vat_rate numeric(5,2));`,
  },
  es: {
    source: `CREATE TABLE CLIENTES (COD_CLIENTE INT PRIMARY KEY, NOMBRE VARCHAR(40), APELLIDO1 VARCHAR(40), APELLIDO2 VARCHAR(40), NIF VARCHAR(12), DOMICILIO VARCHAR(80), POBLACION VARCHAR(40), PROVINCIA VARCHAR(30), COD_POSTAL CHAR(5), TELEFONO VARCHAR(20), MOVIL VARCHAR(20), CORREO VARCHAR(80), FEC_NAC DATE, SEXO CHAR(1), FEC_ALTA DATE, FEC_BAJA DATE, USU_ALTA VARCHAR(10), FEC_MODIF DATE, OBSERV VARCHAR(200));
CREATE TABLE FACTURAS (NUM_FACTURA INT PRIMARY KEY, COD_CLIENTE INT, FEC_EMISION DATE, FEC_VENC DATE, BASE_IMP DECIMAL(12,2), CUOTA_IVA DECIMAL(12,2), TOTAL DECIMAL(12,2), FORMA_PAGO CHAR(2), ESTADO CHAR(1));
CREATE TABLE CONTADORES (NUM_CONTADOR VARCHAR(20), CUPS VARCHAR(22), FEC_INST DATE, TARIFA VARCHAR(6), POT_CONTRATADA DECIMAL(9,3), LECT_ANT DECIMAL(12,0), LECT_ACT DECIMAL(12,0), CONSUMO DECIMAL(12,0));`,
    target: `CREATE TABLE customer (customer_code bigint primary key, first_name varchar(50), last_name varchar(50), second_last_name varchar(50), tax_id varchar(20), address varchar(80), city varchar(50), province varchar(50), postal_code varchar(10), phone varchar(30), mobile varchar(30), email varchar(100), birth_date date, gender char(1), registered_on date, closed_on date, created_by varchar(20), updated_at timestamp, notes text);
CREATE TABLE invoice (invoice_number bigint primary key, customer_code bigint references customer, issue_date date, due_date date, taxable_amount numeric(14,2), vat_amount numeric(14,2), total_amount numeric(14,2), payment_method varchar(10), status varchar(10));
CREATE TABLE meter (meter_number varchar(20), supply_point_code varchar(30), installation_date date, tariff varchar(10), contracted_power numeric(9,3), previous_reading numeric(12), current_reading numeric(12), consumption numeric(12));`,
  },
  pl: {
    source: `CREATE TABLE KLIENCI (ID_KLIENTA INT PRIMARY KEY, IMIE VARCHAR(40), NAZWISKO VARCHAR(40), NAZWA_FIRMY VARCHAR(80), NIP VARCHAR(12), PESEL CHAR(11), ULICA VARCHAR(60), NR_DOMU VARCHAR(10), NR_LOKALU VARCHAR(10), KOD_POCZT CHAR(6), MIASTO VARCHAR(40), WOJ VARCHAR(30), TEL_KOM VARCHAR(20), EMAIL VARCHAR(80), DATA_UR DATE, PLEC CHAR(1), CZY_AKTYWNY CHAR(1), DATA_DOD DATE, DATA_MOD DATE, UWAGI VARCHAR(200));
CREATE TABLE FAKTURY (NR_FAKTURY VARCHAR(20) PRIMARY KEY, ID_KLIENTA INT, DATA_WYST DATE, TERMIN_PLAT DATE, KWOTA_NETTO DECIMAL(12,2), KWOTA_VAT DECIMAL(12,2), KWOTA_BRUTTO DECIMAL(12,2), WALUTA CHAR(3), SPOSOB_PLAT CHAR(2), STATUS CHAR(1));
CREATE TABLE POZYCJE_FAKTURY (NR_FAKTURY VARCHAR(20), LP INT, KOD_TOWARU VARCHAR(15), NAZWA_TOWARU VARCHAR(60), ILOSC DECIMAL(9,3), JM CHAR(3), CENA_JEDN DECIMAL(12,4), RABAT DECIMAL(5,2), STAWKA_VAT DECIMAL(4,2), WARTOSC DECIMAL(12,2));`,
    target: `CREATE TABLE customer (customer_id bigint primary key, first_name varchar(50), last_name varchar(50), company_name varchar(80), tax_id varchar(20), national_id varchar(20), street varchar(80), house_number varchar(10), apartment_number varchar(10), postal_code varchar(10), city varchar(50), region varchar(50), mobile_phone varchar(30), email varchar(100), birth_date date, gender char(1), is_active boolean, created_at timestamp, updated_at timestamp, notes text);
CREATE TABLE invoice (invoice_number varchar(20) primary key, customer_id bigint references customer, issue_date date, due_date date, net_amount numeric(14,2), vat_amount numeric(14,2), gross_amount numeric(14,2), currency char(3), payment_method varchar(10), status varchar(10));
CREATE TABLE invoice_line (invoice_number varchar(20), line_number int, product_code varchar(20), product_name varchar(80), quantity numeric(12,3), unit_of_measure varchar(5), unit_price numeric(14,4), discount numeric(5,2), vat_rate numeric(5,2), amount numeric(14,2));`,
  },
  glued: {
    source: `CREATE TABLE ITMMAS (ITMNBR CHAR(10) PRIMARY KEY, ITMDSC VARCHAR(60), UPCCD CHAR(13), DPTNBR INT, CLSNBR INT, VNDNBR INT, CSTPRC DECIMAL(10,2), RTLPRC DECIMAL(10,2), UOM CHAR(2), PKSIZE INT, WGTLBS DECIMAL(8,2), DISCFLG CHAR(1), CRTDTE DATE);
CREATE TABLE STRMAS (STRNBR INT PRIMARY KEY, STRNM VARCHAR(40), ADDR1 VARCHAR(40), CITY VARCHAR(30), STCD CHAR(2), ZIP CHAR(10), RGNNBR INT, OPNDTE DATE, SQFT INT, MGRNM VARCHAR(40));
CREATE TABLE SLSTRN (STRNBR INT, REGNBR INT, TRNNBR INT, TRNDTE DATE, TRNTME CHAR(6), ITMNBR CHAR(10), QTYSLD DECIMAL(8,2), UNTPRC DECIMAL(10,2), EXTAMT DECIMAL(10,2), DSCAMT DECIMAL(10,2), TAXAMT DECIMAL(10,2), CSHRID CHAR(6), TNDTYP CHAR(2));
CREATE TABLE INVBAL (STRNBR INT, ITMNBR CHAR(10), ONHQTY DECIMAL(10,2), ONOQTY DECIMAL(10,2), MINQTY DECIMAL(10,2), MAXQTY DECIMAL(10,2), LSTRCVDTE DATE, LSTSLDDTE DATE);`,
    target: `CREATE TABLE item (item_number varchar(20) primary key, item_description varchar(80), upc_code varchar(14), department_number int, class_number int, vendor_number int, cost_price numeric(10,2), retail_price numeric(10,2), unit_of_measure varchar(5), pack_size int, weight_pounds numeric(8,2), is_discontinued boolean, created_date date);
CREATE TABLE store (store_number int primary key, store_name varchar(60), address_line_1 varchar(60), city varchar(50), state_code char(2), postal_code varchar(10), region_number int, opening_date date, square_feet int, manager_name varchar(60));
CREATE TABLE sales_transaction (store_number int, register_number int, transaction_number int, transaction_date date, transaction_time time, item_number varchar(20), quantity_sold numeric(8,2), unit_price numeric(10,2), extended_amount numeric(10,2), discount_amount numeric(10,2), tax_amount numeric(10,2), cashier_id varchar(10), tender_type varchar(10));
CREATE TABLE inventory_balance (store_number int, item_number varchar(20), on_hand_quantity numeric(10,2), on_order_quantity numeric(10,2), minimum_quantity numeric(10,2), maximum_quantity numeric(10,2), last_received_date date, last_sold_date date);`,
  },
  insurance: {
    source: `CREATE TABLE POLMST (POLNO CHAR(12) PRIMARY KEY, INSDNM VARCHAR(60), INSDDOB DATE, EFFDT DATE, EXPDT DATE, ISSDT DATE, PRMAMT DECIMAL(12,2), SUMINS DECIMAL(14,2), DEDAMT DECIMAL(12,2), AGTCD CHAR(6), BRNCD CHAR(4), PLANCD CHAR(6), POLSTS CHAR(2), CCYCD CHAR(3), PAYFRQ CHAR(1), LSTUPDDT DATE, LSTUPDUSR CHAR(8));
CREATE TABLE CLMMST (CLMNO CHAR(12) PRIMARY KEY, POLNO CHAR(12), LOSSDT DATE, RPTDT DATE, CLMSTS CHAR(2), LOSSTYP CHAR(3), ESTAMT DECIMAL(12,2), PAIDAMT DECIMAL(12,2), RSVAMT DECIMAL(12,2), ADJCD CHAR(6), CLSDT DATE, RMKS VARCHAR(200));`,
    target: `CREATE TABLE policy (policy_number varchar(20) primary key, insured_name varchar(80), insured_birth_date date, effective_date date, expiry_date date, issue_date date, premium_amount numeric(12,2), sum_insured numeric(14,2), deductible_amount numeric(12,2), agent_code varchar(10), branch_code varchar(10), plan_code varchar(10), policy_status varchar(10), currency_code char(3), payment_frequency varchar(10), updated_at timestamp, updated_by varchar(20));
CREATE TABLE claim (claim_number varchar(20) primary key, policy_number varchar(20) references policy, loss_date date, reported_date date, claim_status varchar(10), loss_type varchar(10), estimated_amount numeric(12,2), paid_amount numeric(12,2), reserve_amount numeric(12,2), adjuster_code varchar(10), closed_date date, remarks text);`,
  },
  SAP: {
    source: `CREATE TABLE KNA1 (KUNNR VARCHAR(10) PRIMARY KEY, NAME1 VARCHAR(35), NAME2 VARCHAR(35), STRAS VARCHAR(35), ORT01 VARCHAR(35), PSTLZ VARCHAR(10), REGIO VARCHAR(3), LAND1 VARCHAR(3), SPRAS CHAR(1), TELF1 VARCHAR(16), TELFX VARCHAR(31), STCEG VARCHAR(20), KTOKD VARCHAR(4), BRSCH VARCHAR(4), AUFSD VARCHAR(2), LOEVM CHAR(1), ERDAT DATE, ERNAM VARCHAR(12));
CREATE TABLE VBAK (VBELN VARCHAR(10) PRIMARY KEY, AUART VARCHAR(4), AUDAT DATE, VKORG VARCHAR(4), VTWEG VARCHAR(2), SPART VARCHAR(2), KUNNR VARCHAR(10), NETWR DECIMAL(15,2), WAERK VARCHAR(5), BSTNK VARCHAR(20), VDATU DATE);
CREATE TABLE VBAP (VBELN VARCHAR(10), POSNR INT, MATNR VARCHAR(18), KWMENG DECIMAL(15,3), VRKME VARCHAR(3), NETPR DECIMAL(11,2), NETWR DECIMAL(15,2), WERKS VARCHAR(4), LGORT VARCHAR(4), ABGRU VARCHAR(2));
CREATE TABLE MARA (MATNR VARCHAR(18) PRIMARY KEY, MTART VARCHAR(4), MATKL VARCHAR(9), MEINS VARCHAR(3), BRGEW DECIMAL(13,3), NTGEW DECIMAL(13,3), GEWEI VARCHAR(3), EAN11 VARCHAR(18));`,
    target: `CREATE TABLE customer (customer_no varchar(20) primary key, name varchar(80), name_2 varchar(80), street varchar(80), city varchar(60), postal_code varchar(10), region varchar(10), country_code char(2), language_code char(2), phone_number varchar(30), fax_number varchar(30), vat_id varchar(20), account_group varchar(10), industry_code varchar(10), order_block varchar(5), deletion_flag boolean, created_on date, created_by varchar(20));
CREATE TABLE sales_order (order_no varchar(20) primary key, order_type varchar(10), order_date date, sales_organization varchar(10), distribution_channel varchar(10), division varchar(10), customer_no varchar(20) references customer, net_value numeric(15,2), currency varchar(5), customer_po_number varchar(30), requested_delivery_date date);
CREATE TABLE sales_order_item (order_no varchar(20), item_no int, product_no varchar(20), quantity numeric(15,3), sales_unit varchar(5), net_price numeric(11,2), net_value numeric(15,2), plant varchar(10), storage_location varchar(10), rejection_reason varchar(10));
CREATE TABLE product (product_no varchar(20) primary key, product_type varchar(10), product_group varchar(10), base_unit varchar(5), gross_weight numeric(13,3), net_weight numeric(13,3), weight_unit varchar(5), ean varchar(20));`,
  },
};

const read = (sql: string): readonly Table[] => readDdl(sql, { file: 'pair.sql' }).tables;
const columnsOf = (tables: readonly Table[]): readonly string[] =>
  tables.flatMap((table) => table.columns.map((column) => `${table.name}.${column.name}`));

describe('schemas in other languages and conventions', () => {
  it.each(Object.keys(pairs))(
    '%s: at least nine of ten columns find their counterpart by names alone',
    async (language) => {
      const [source, target] = [read(pairs[language]?.source ?? ''), read(pairs[language]?.target ?? '')];
      const truth = new Map(columnsOf(source).map((column, index) => [column, columnsOf(target)[index]]));
      expect(columnsOf(target)).toHaveLength(truth.size);
      const mappings = await matchSchemas(
        {
          source,
          target,
          profiles: new Map(),
          targetProfiles: new Map(),
          patterns: [],
          settings: { autoApprove: 0.8, flagBelow: 0.5, topCandidates: 5, domain: null },
          rejected: new Map(),
        },
        null,
      );
      const right = mappings.filter(({ candidates: [first], ...mapping }) => {
        const column = `${mapping.source.table}.${mapping.source.column}`;
        return first !== undefined && truth.get(column) === `${first.table}.${first.column}`;
      });
      expect(right.length / truth.size).toBeGreaterThanOrEqual(0.9);
    },
  );
});
