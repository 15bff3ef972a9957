-- Canonical schema of a utility billing system, PostgreSQL 16.

CREATE TABLE rate_plan (
    rate_code           varchar(10) PRIMARY KEY,
    description         varchar(100) NOT NULL,
    commodity           varchar(12) NOT NULL CHECK (commodity IN ('electricity', 'water')),
    customer_class      varchar(12),
    base_charge         numeric(10, 2) NOT NULL DEFAULT 0,
    tier1_unit_price    numeric(10, 5),
    tier1_limit         integer,
    tier2_unit_price    numeric(10, 5),
    effective_from      date NOT NULL,
    effective_to        date
);

CREATE TABLE customer (
    customer_id         bigint PRIMARY KEY,
    first_name          varchar(40),
    last_name           varchar(60) NOT NULL,
    customer_type       varchar(12) NOT NULL,
    tax_identifier      varchar(11),
    date_of_birth       date,
    email               varchar(120),
    phone_home          varchar(20),
    phone_mobile        varchar(20),
    mailing_street      varchar(60),
    mailing_city        varchar(40),
    mailing_state       char(2),
    mailing_postal_code varchar(10),
    status              varchar(10) NOT NULL,
    is_paperless        boolean NOT NULL DEFAULT false,
    has_medical_priority boolean NOT NULL DEFAULT false,
    preferred_language  char(2) NOT NULL DEFAULT 'en',
    created_at          timestamp
);

CREATE TABLE premise (
    premise_id          bigint PRIMARY KEY,
    street_address      varchar(60) NOT NULL,
    city                varchar(40) NOT NULL,
    state               char(2) NOT NULL,
    postal_code         varchar(10),
    country_code        char(2) NOT NULL DEFAULT 'US',
    latitude            numeric(9, 6),
    longitude           numeric(9, 6),
    premise_type        varchar(12),
    dwelling_units      smallint,
    service_zone        smallint,
    meter_route         varchar(8),
    access_notes        text
);

CREATE TABLE account (
    account_id          bigint PRIMARY KEY,
    account_number      varchar(12) NOT NULL UNIQUE,
    customer_id         bigint NOT NULL REFERENCES customer (customer_id),
    premise_id          bigint REFERENCES premise (premise_id),
    account_class       varchar(12),
    billing_cycle       smallint,
    opened_on           date NOT NULL,
    closed_on           date,
    status              varchar(10) NOT NULL,
    credit_rating       char(1),
    deposit_amount      numeric(12, 2) NOT NULL DEFAULT 0,
    current_balance     numeric(12, 2) NOT NULL DEFAULT 0,
    is_autopay          boolean NOT NULL DEFAULT false,
    CHECK (closed_on IS NULL OR closed_on >= opened_on)
);

CREATE TABLE service_point (
    service_point_id    bigint PRIMARY KEY,
    premise_id          bigint NOT NULL REFERENCES premise (premise_id),
    account_id          bigint REFERENCES account (account_id),
    commodity           varchar(12) NOT NULL,
    rate_code           varchar(10) REFERENCES rate_plan (rate_code),
    effective_from      date,
    effective_to        date,
    voltage_level       varchar(10),
    status              varchar(10) NOT NULL
);

CREATE TABLE meter (
    meter_id            bigint PRIMARY KEY,
    serial_number       varchar(20) NOT NULL UNIQUE,
    service_point_id    bigint REFERENCES service_point (service_point_id),
    manufacturer        varchar(40),
    model               varchar(20),
    installed_on        date,
    removed_on          date,
    register_digits     smallint,
    multiplier          numeric(8, 3) NOT NULL DEFAULT 1,
    is_smart            boolean NOT NULL DEFAULT false,
    last_tested_on      date,
    status              varchar(10) NOT NULL
);

CREATE TABLE meter_reading (
    reading_id          bigint PRIMARY KEY,
    meter_id            bigint NOT NULL REFERENCES meter (meter_id),
    read_at             timestamp NOT NULL,
    previous_value      numeric(12, 1),
    current_value       numeric(12, 1) NOT NULL,
    consumption         numeric(12, 1),
    peak_demand_kw      numeric(9, 2),
    reading_method      varchar(12),
    is_estimated        boolean NOT NULL DEFAULT false,
    read_by             varchar(12)
);

CREATE TABLE invoice (
    invoice_number      bigint PRIMARY KEY,
    account_id          bigint NOT NULL REFERENCES account (account_id),
    issued_on           date NOT NULL,
    due_on              date,
    period_start        date,
    period_end          date,
    billed_consumption  numeric(12, 1),
    previous_balance    numeric(12, 2),
    current_charges     numeric(12, 2) NOT NULL,
    tax_amount          numeric(10, 2) NOT NULL DEFAULT 0,
    total_due           numeric(12, 2) NOT NULL,
    status              varchar(10) NOT NULL,
    CHECK (period_end IS NULL OR period_end >= period_start)
);

CREATE TABLE invoice_line (
    invoice_number      bigint NOT NULL REFERENCES invoice (invoice_number),
    line_number         smallint NOT NULL,
    service_point_id    bigint REFERENCES service_point (service_point_id),
    charge_type         varchar(12) NOT NULL,
    description         varchar(60),
    quantity            numeric(12, 1),
    unit_of_measure     varchar(8),
    unit_price          numeric(10, 5),
    amount              numeric(12, 2) NOT NULL,
    PRIMARY KEY (invoice_number, line_number)
);

CREATE TABLE payment (
    payment_id          bigint PRIMARY KEY,
    account_id          bigint NOT NULL REFERENCES account (account_id),
    invoice_number      bigint REFERENCES invoice (invoice_number),
    received_on         date NOT NULL,
    amount              numeric(12, 2) NOT NULL,
    method              varchar(12),
    check_number        varchar(12),
    is_reversed         boolean NOT NULL DEFAULT false,
    posted_at           timestamp
);

-- New in this system: nothing of it exists in the legacy schema.
CREATE TABLE service_order (
    order_id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    service_point_id    bigint NOT NULL REFERENCES service_point (service_point_id),
    order_type          varchar(20) NOT NULL,
    requested_at        timestamp with time zone NOT NULL DEFAULT now(),
    completed_at        timestamp with time zone,
    technician          varchar(40)
);

COMMENT ON TABLE customer IS 'A person or company that buys a service';
COMMENT ON COLUMN customer.customer_type IS 'residential, commercial or industrial';
COMMENT ON COLUMN customer.has_medical_priority IS 'Medical equipment depends on supply';
COMMENT ON COLUMN customer.mailing_state IS 'Two-letter state of the mailing address';
COMMENT ON TABLE premise IS 'A location where services are delivered';
COMMENT ON COLUMN premise.meter_route IS 'Route on which the meters are read';
COMMENT ON TABLE account IS 'A billing account of a customer';
COMMENT ON COLUMN account.account_class IS 'residential, commercial, industrial, municipal or employee';
COMMENT ON COLUMN account.deposit_amount IS 'Security deposit held, in dollars';
COMMENT ON TABLE service_point IS 'Where one commodity is delivered and metered';
COMMENT ON TABLE meter IS 'A physical meter';
COMMENT ON COLUMN meter.is_smart IS 'Read remotely';
COMMENT ON TABLE meter_reading IS 'Register values taken from a meter';
COMMENT ON COLUMN meter_reading.consumption IS 'kWh for electricity, kgal for water';
COMMENT ON TABLE rate_plan IS 'Price list that a service point is billed by';
COMMENT ON TABLE invoice IS 'A bill sent to an account';
COMMENT ON TABLE invoice_line IS 'One charge on an invoice';
COMMENT ON TABLE payment IS 'Money received for an account';
COMMENT ON COLUMN payment.amount IS 'Amount in dollars';
