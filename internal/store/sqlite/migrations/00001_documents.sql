-- +goose Up
CREATE TABLE documents (
	kind       TEXT    NOT NULL,
	id         TEXT    NOT NULL,
	parent     TEXT    NOT NULL,
	state      TEXT    NOT NULL,
	revision   INTEGER NOT NULL,
	created    INTEGER NOT NULL, -- microseconds since 1970, UTC
	changed    INTEGER NOT NULL,
	changed_by TEXT    NOT NULL,
	body       BLOB    NOT NULL,
	PRIMARY KEY (kind, id)
) STRICT;
CREATE INDEX documents_by_parent ON documents (kind, parent, id);
CREATE INDEX documents_by_state ON documents (kind, state, id);

-- The row that is changed to see whether anything can be.
CREATE TABLE probe (one INTEGER PRIMARY KEY CHECK (one = 1), beats INTEGER NOT NULL) STRICT;
INSERT INTO probe VALUES (1, 0);
