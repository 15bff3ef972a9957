import type { Pair } from '../pair.ts';

/** German names; the target has rows that show how it writes names. */
export const germanClinic: Pair = {
  name: 'clinic, German',
  source: `
CREATE TABLE PATIENT (PATIENT_NR INTEGER NOT NULL PRIMARY KEY, VORNAME VARCHAR(40), NACHNAME VARCHAR(40), STRASSE VARCHAR(60), HAUSNR VARCHAR(8), PLZ CHAR(5), ORT VARCHAR(40),
  VORWAHL VARCHAR(6), RUFNUMMER VARCHAR(12), GEBURTSDATUM DATE, GESCHLECHT CHAR(1), STATION_NR INTEGER REFERENCES STATION (STATION_NR));
CREATE TABLE STATION (STATION_NR INTEGER NOT NULL PRIMARY KEY, BEZEICHNUNG VARCHAR(40));
CREATE TABLE RECHNUNG (RECHNUNG_NR INTEGER NOT NULL PRIMARY KEY, PATIENT_NR INTEGER, RECHNUNG_DATUM DATE, BRUTTO DECIMAL(10,2), MWST DECIMAL(10,2));`,
  target: `
CREATE TABLE patient (patient_number INTEGER NOT NULL PRIMARY KEY, full_name VARCHAR(90), street_address VARCHAR(70), postal_code CHAR(5), city VARCHAR(40),
  phone VARCHAR(20), birth_date DATE, age INTEGER, gender CHAR(1), station_name VARCHAR(40), tenant_code VARCHAR(10) NOT NULL);
CREATE TABLE invoice (invoice_number INTEGER NOT NULL PRIMARY KEY, patient_number INTEGER, invoice_date DATE, net_amount DECIMAL(10,2), tax_amount DECIMAL(10,2), gross_amount DECIMAL(10,2));`,
  rows: {
    PATIENT: [
      '1|Anna|Becker|Lindenweg|12|50667|Koeln|0221|445566|1970-05-04|W|3',
      '2|Jan|Vogel|Am Markt|3a|10115|Berlin|030|99887|1988-11-30|M|4',
      '3|Eva|Kraus|Ringstr.|101|80331|Muenchen|089|123456|2001-01-15|W|3',
    ],
    STATION: ['3|Innere', '4|Chirurgie'],
    RECHNUNG: ['9|1|2024-03-01|119.00|19.00', '8|2|2024-03-04|238.00|38.00'],
  },
  targetRows: {
    patient: [
      '900|Becker, Anna|Lindenweg 12|50667|Koeln|0221/445566|1970-05-04|53|W|Innere|KLN',
      '901|Sommer, Ute|Talstr. 4|50668|Koeln|0221/11223|1969-03-02|55|W|Innere|KLN',
      '902|Winter, Max|Bergstr. 9|50669|Koeln|0221/77881|1949-01-22|75|M|Chirurgie|KLN',
      '903|Herbst, Leo|Talstr. 1|50669|Koeln|0221/44321|1959-02-22|65|M|Chirurgie|KLN',
      '904|Lenz, Ida|Hofstr. 1|50669|Koeln|0221/55555|1979-02-22|45|W|Chirurgie|KLN',
    ],
  },
  truth: {
    'patient.full_name': { type: 'merge', sources: ['VORNAME', 'NACHNAME'] },
    'patient.street_address': { type: 'merge', sources: ['STRASSE', 'HAUSNR'] },
    'patient.phone': { type: 'merge', sources: ['VORWAHL', 'RUFNUMMER'] },
    'patient.age': { type: 'calculated', sources: ['GEBURTSDATUM'] },
    'patient.station_name': { type: 'lookup', sources: ['BEZEICHNUNG'] },
    'patient.tenant_code': { type: 'constant', sources: [] },
    'invoice.net_amount': { type: 'calculated', sources: ['BRUTTO', 'MWST'] },
  },
};
