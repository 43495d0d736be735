-- +goose Up
CREATE TABLE documents (
	kind       text   COLLATE "C" NOT NULL,
	id         text   COLLATE "C" NOT NULL,
	parent     text   COLLATE "C" NOT NULL,
	state      text   COLLATE "C" NOT NULL,
	revision   bigint NOT NULL,
	created    bigint NOT NULL, -- microseconds since 1970, UTC
	changed    bigint NOT NULL,
	changed_by text   COLLATE "C" NOT NULL,
	body       bytea  NOT NULL,
	PRIMARY KEY (kind, id)
);
CREATE INDEX documents_by_parent ON documents (kind, parent, id);
CREATE INDEX documents_by_state ON documents (kind, state, id);

-- The row that is changed to see whether anything can be.
CREATE TABLE probe (one integer PRIMARY KEY CHECK (one = 1), beats bigint NOT NULL);
INSERT INTO probe VALUES (1, 0);

CREATE TABLE contents (
	sum   text   COLLATE "C" PRIMARY KEY,
	bytes bigint NOT NULL
);
CREATE TABLE chunks (
	sum    text    COLLATE "C" NOT NULL REFERENCES contents ON DELETE CASCADE,
	number integer NOT NULL,
	body   bytea   NOT NULL, -- of one size but for the last
	PRIMARY KEY (sum, number)
);
-- What is kept is packed already.
ALTER TABLE chunks ALTER COLUMN body SET STORAGE EXTERNAL;
