/**
 * Words that head the columns of data dictionaries, database catalogues and mapping tables: lower case, without accents,
 * words apart. English, German, Spanish, French, Italian, Portuguese, Dutch, Swedish, Polish, Russian, Chinese, Japanese.
 */

export const headerRoles = [
  'schema',
  'table',
  'tableComment',
  'column',
  'qualified',
  'type',
  'length',
  'characters',
  'precision',
  'scale',
  'nullable',
  'required',
  'key',
  'primary',
  'foreign',
  'referencedTable',
  'referencedColumn',
  'unique',
  'identity',
  'default',
  'generated',
  'virtual',
  'hidden',
  'comment',
  'label',
  'position',
  'rule',
  'status',
] as const;
export type HeaderRole = (typeof headerRoles)[number];

const words = (text: string): readonly string[] =>
  text
    .split(/[,\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** What a table is called. */
export const tableWords = words(
  `table, tables, entity, object, view, record, segment, file, dataset, data set, relation, tab, tb, tbl, tabelle, entitat, tabla, entidad, tabela,
   tabella, entita, entite, tabel, entiteit, tabell, tablica, таблица, 表, テーブル`,
);

/** What a column is called. */
export const columnWords = words(
  `column, columns, field, fields, attribute, attributes, element, data element, data field, variable, col, spalte, feld, attribut, merkmal, datenfeld,
   columna, campo, atributo, coluna, colonna, attributo, champ, colonne, kolom, veld, kolumn, falt, kolumna, pole, поле, столбец, колонка, атрибут, 字段, 列,
   カラム, 項目`,
);

/** Words for a name, which say nothing by themselves. */
export const nameWords = words(
  'name, names, nm, id name, technical name, physical name, nombre, nome, nom, naam, namn, nazwa, имя, название, 名, 名称, 物理名',
);

/** Words between others: "nombre de la tabla". */
export const joinWords = words(
  'of, the, de, del, la, le, les, el, du, des, di, da, do, der, des, d, l, van, het, in, db, database',
);

export const roleWords: Readonly<Record<HeaderRole, readonly string[]>> = {
  schema: words(
    `schema, whlib, nspname, table schem, owner, table schema, schema name, schemaname, database, database name, databasename, tabschema, table owner, tbcreator, creator, library,
     system table schema, table catalog schema, esquema, datenbankschema, схема`,
  ),
  table: words(
    `table name, whfile, tablename, relname, tabname, tbname, tab name, entity name, object name, system table name, tabellenname, nombre de tabla, tabelnaam, tabellnamn, nazwa tabeli, file name, record name,
     view name, dataset name, 表名, テーブル名`,
  ),
  tableComment: words(
    'table comment, table comments, table description, table remarks, tabellenbeschreibung, tabellenkommentar',
  ),
  column: words(
    `column name, whflde, columnname, attname, colname, col name, field name, fieldname, attribute name, technical name, physical name, physical column name, element name,
     variable name, data element, data element name, data item, system column name, spaltenname, feldname, veldnaam, kolomnaam, faltnamn, kolumnnamn, nazwa kolumny, 字段名, 列名, カラム名, 項目名`,
  ),
  qualified: words(
    'table column, table column name, table field, column path, qualified name, full column name, entity attribute',
  ),
  type: words(
    `type, whfldt, system type, system type name, user type, data type name, format type, full data type, data type, datatype, datatypes, sql type, typename, type name, coltype, udt name, column type, native type, db type, dtype, datentyp, typ, tipo,
     tipo de dato, tipo de datos, tipo de dados, tipo dati, tipo dato, type de donnees, type de donnee, gegevenstype, datatyp, typ danych, тип, тип данных,
     数据类型, 类型, データ型, 型, format, system type id`,
  ),
  length: words(
    `length, whfldb, len, leng, column size, size, max length, maximum length, data length, character maximum length, width, bytes, max size, laenge, lange, longitud, longueur,
     taille, tamano, tamanho, lunghezza, lengte, langd, dlugosc, длина, 长度, 桁数`,
  ),
  characters: words('char length, character length, char col decl length, max length chars'),
  precision: words(
    'precision, whfldd, prec, numeric precision, data precision, digits, total digits, decimal total digits, genauigkeit, precisione, precisao, точность, 精度',
  ),
  scale: words(
    `scale, dec, whfldp, decimal digits, numeric scale, data scale, decimals, decimal places, decimal, decimal fractional digits, fractional digits, nachkommastellen, dezimalstellen,
     decimales, decimali, casas decimais, decimalen, escala, 小数位`,
  ),
  nullable: words(
    `null, whnull, status null, nulls, nullable, is nullable, nullability, allow null, allow nulls, allows null, allows nulls, null allowed, nulls allowed, null option, optional,
     optionality, null erlaubt, nullwerte, nulo, nulos, permite nulo, permite nulos, admite nulos, acepta nulos, accepte null, nullo, 是否为空, 允许空值, null許可`,
  ),
  required: words(
    `required, attnotnull, is required, mandatory, is mandatory, not null, notnull, m o, mandatory optional, pflicht, pflichtfeld, muss, obligatorio, obligatoire,
     obbligatorio, obrigatorio, verplicht, obligatorisk, wymagane, обязательное, 必填, 必須`,
  ),
  key: words(
    `key, keys, key type, constraint type, column key, pk fk, pk or fk, constraint, constraints, schlussel, schlusselart, clave, llave, cle, chiave, chave, sleutel, nyckel,
     klucz, ключ, 键, キー`,
  ),
  primary: words(
    `pk, keyflag, key flag, is primary key column, primary key, is pk, ispk, is primary key, primary, keyseq, key seq, primarschlussel, clave primaria, llave primaria, cle primaire, chiave primaria,
     chave primaria, primaire sleutel, klucz glowny, первичный ключ, 主键, 主キー`,
  ),
  foreign: words(
    `fk, foreign key, is fk, foreign keys, references, reference, referenced, foreign key reference, fremdschlussel, clave foranea, llave foranea,
     clave externa, cle etrangere, chiave esterna, chave estrangeira, vreemde sleutel, klucz obcy, внешний ключ, 外键, 外部キー`,
  ),
  referencedTable: words(
    'referenced table, r table name, ref table name, referenced table name, reference table, references table, fk table, foreign table, parent table, lookup table, referenztabelle, tabla referenciada',
  ),
  referencedColumn: words(
    'referenced column, r column name, ref column name, referenced column name, reference column, references column, fk column, parent column, foreign column',
  ),
  unique: words('unique, is unique, unique key, eindeutig, unico, unique constraint'),
  identity: words('identity, is identity, identity column, ident, auto increment, autoincrement, extra'),
  generated: words(
    'generation expression, computed definition, computed expression, computed column definition, generated expression',
  ),
  virtual: words('virtual column, is virtual, is computed, computed'),
  hidden: words('hidden column, is hidden'),
  default: words(
    `default, defaultvalue, dflt value, column def, adsrc, coldefault, defaults, default value, data default, column default, standardwert, vorgabewert, vorgabe, valor por defecto, valor predeterminado,
     valeur par defaut, valore predefinito, valor padrao, standaardwaarde, по умолчанию, 默认值, デフォルト値`,
  ),
  comment: words(
    `description, whftxt, descriptions, desc, comment, comments, remark, remarks, definition, meaning, notes, note, business description, column comment,
     column text, comment string, long comment, ddtext, long description, beschreibung, bemerkung, bemerkungen, kommentar, erlauterung, bedeutung, descripcion, comentario,
     comentarios, observaciones, definicion, descricao, observacao, descrizione, commento, commentaire, commentaires, definizione, omschrijving, toelichting,
     beschrijving, beskrivning, opis, komentarz, uwagi, описание, комментарий, 说明, 描述, 备注, 注释, 備考, 説明`,
  ),
  label: words(
    `label, title, column title, logical name, business name, display name, alias, caption, column heading, bezeichnung, fachlicher name, etiqueta, libelle,
     nombre logico, etichetta, 中文名, 論理名`,
  ),
  position: words(
    'position, pos, attnum, cid, ordinal, ordinal position, column id, colno, column number, no, nr, order, seq, sequence, sort order, lfd nr, num, numero, column position',
  ),
  rule: words(
    `rule, rules, mapping rule, mapping rules, transformation, transformations, transformation rule, transformation rules, transformation logic, mapping logic,
     logic, business rule, conversion, conversion rule, derivation, expression, sql expression, mapping, mapping comment, mapping comments, mapping notes, regel,
     mappingregel, transformationsregel, umsetzung, umsetzungsregel, regla, reglas, regla de transformacion, transformacion, regle, regle de transformation,
     regle de gestion, regola, trasformazione, regra, regra de transformacao, transformacao, transformatie, mapping type, move type, transformation type, xform, rule logic, regula,
     правило, 转换规则, 変換ルール`,
  ),
  status: words('status, mapping status, state, approval, approved, estado, statut, stato, статус, 状态'),
};

/** Words that together still mean a rule: "transformation rule / logic", "regola di trasformazione". */
export const ruleWords = words(
  `rule, rules, logic, mapping, transformation, transformations, conversion, derivation, business, regel, regeln, regla, reglas, transformacion, regle, regles,
   gestion, regola, regole, trasformazione, regra, regras, transformacao, regula, reguly, transformacji, mapowania, transformatie`,
);

/** What the database calls a thing, where a dictionary gives its logical name as well. */
export const physicalWords = words(
  'physical, technical, physisch, physischer, technisch, technischer, physique, fisico, fisica, tecnico',
);

/** Which side of a mapping a word speaks of. */
export const sourceWords = words(
  'source, src, from, legacy, old, as is, asis, current, quelle, quell, quellsystem, altsystem, alt, herkunft, origen, origem, origine, sorgente, fonte, bron, kalla, zrodlo, zrodlowa, zrodlowe, zrodlowy, input, источник, 源, ソース',
);
export const targetWords = words(
  'target, tgt, to, new, to be, tobe, destination, dest, ziel, zielsystem, neusystem, neu, destino, cible, destinazione, doel, mal, cel, docelowa, docelowe, docelowy, output, приемник, 目标, ターゲット',
);
