-- +goose Up

-- Customers whole: where they live, what language they speak, fields of the
-- center's own, what changed when, and how a record goes and comes back.
ALTER TABLE customers ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN zone TEXT NOT NULL DEFAULT ''; -- IANA name
ALTER TABLE customers ADD COLUMN notes TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN home TEXT NOT NULL DEFAULT ''; -- primary address: JSON, '' = none
ALTER TABLE customers ADD COLUMN other TEXT NOT NULL DEFAULT ''; -- secondary address

CREATE TABLE fields ( -- of customers and cases, besides the built-in ones
	id          TEXT    NOT NULL PRIMARY KEY,
	object      TEXT    NOT NULL CHECK (object IN ('customer', 'case')),
	name        TEXT    NOT NULL,
	label       TEXT    NOT NULL,
	label_fr    TEXT    NOT NULL,
	type        TEXT    NOT NULL CHECK (type IN ('text', 'url', 'number', 'date', 'pick_list')),
	value       TEXT    NOT NULL, -- of a new record
	length      BIGINT  NOT NULL, -- at most; of text, url and number
	options     TEXT    NOT NULL, -- JSON array, of a pick list
	predefined  BOOLEAN NOT NULL, -- may change, not go
	active      BOOLEAN NOT NULL,
	sort_order  BIGINT  NOT NULL,
	rev         BIGINT  NOT NULL
);

CREATE UNIQUE INDEX fields_name ON fields (object, name);

CREATE TABLE field_values (
	record_id TEXT NOT NULL, -- a customer or a case
	field_id  TEXT NOT NULL REFERENCES fields (id) DEFERRABLE INITIALLY DEFERRED,
	value     TEXT NOT NULL,
	PRIMARY KEY (record_id, field_id)
);

CREATE INDEX field_values_value ON field_values (field_id, value, record_id);

CREATE TABLE record_changes ( -- what a person changed of a customer or a case
	record_id TEXT    NOT NULL,
	rev       BIGINT  NOT NULL, -- the one that came of it
	field     TEXT    NOT NULL, -- a name, or the id of a field
	before    TEXT    NOT NULL,
	after     TEXT    NOT NULL,
	by_id     TEXT    NOT NULL, -- an agent or API key, '' = the system
	at        BIGINT  NOT NULL,
	PRIMARY KEY (record_id, rev, field)
);

CREATE TABLE retired_customers ( -- no longer among the customers
	id         TEXT    NOT NULL PRIMARY KEY,
	why        TEXT    NOT NULL CHECK (why IN ('deleted', 'merged', 'erased')),
	survivor   TEXT    NOT NULL, -- whom a merged one became
	first_name TEXT    NOT NULL,
	last_name  TEXT    NOT NULL,
	kept       TEXT    NOT NULL, -- JSON: its rows as they were, '' = erased
	by_id      TEXT    NOT NULL,
	at         BIGINT  NOT NULL,
	until      BIGINT  NOT NULL  -- when a deleted one is erased, 0 = never
);

CREATE INDEX retired_customers_at ON retired_customers (why, at, id);
CREATE INDEX retired_customers_survivor ON retired_customers (survivor) WHERE survivor <> '';
CREATE INDEX retired_customers_until ON retired_customers (until) WHERE until > 0;

CREATE TABLE merges (
	id          TEXT    NOT NULL PRIMARY KEY,
	survivor_id TEXT    NOT NULL,
	gone_id     TEXT    NOT NULL,
	rev         BIGINT  NOT NULL, -- the survivor's afterwards
	kept        TEXT    NOT NULL, -- JSON: the survivor's rows before, '' = erased
	moved       TEXT    NOT NULL, -- JSON: ids by table
	by_id       TEXT    NOT NULL,
	at          BIGINT  NOT NULL,
	undone_by   TEXT    NOT NULL,
	undone_at   BIGINT  NOT NULL  -- 0 = stands
);

CREATE INDEX merges_survivor ON merges (survivor_id, at);
CREATE INDEX merges_gone ON merges (gone_id, at);

CREATE TABLE erasures ( -- who was erased, what it took, and what stays
	id          TEXT    NOT NULL PRIMARY KEY,
	customer_id TEXT    NOT NULL,
	by_id       TEXT    NOT NULL, -- '' = the time was over
	at          BIGINT  NOT NULL,
	done_at     BIGINT  NOT NULL, -- 0 = under way
	receipt     TEXT    NOT NULL  -- JSON: counts and reasons
);

CREATE INDEX erasures_customer ON erasures (customer_id);
CREATE INDEX erasures_open ON erasures (at) WHERE done_at = 0;

INSERT INTO fields (id, object, name, label, label_fr, type, value, length, options, predefined, active, sort_order, rev)
VALUES
	('fld_company', 'customer', 'company', 'Company', 'Entreprise', 'text', '', 85, '[]', TRUE, TRUE, 1, 1),
	('fld_website', 'customer', 'website', 'Website', 'Site web', 'url', '', 255, '[]', TRUE, TRUE, 2, 1),
	('fld_product', 'case', 'product', 'Product', 'Produit', 'text', '', 85, '[]', TRUE, TRUE, 1, 1);
