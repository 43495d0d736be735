package relation

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/qala-city/qala/internal/workspace"
)

const columns = "kind, id, parent, state, revision, created, changed, changed_by, body"

// Document is one document, or ErrNotFound.
func (t *transaction) Document(kind workspace.Kind, id string) (workspace.Document, error) {
	if !name(string(kind)) || !name(id) {
		return workspace.Document{}, told(kind, id, workspace.ErrNotFound)
	}
	row := t.tx.QueryRowContext(t.ctx, "SELECT "+columns+" FROM documents WHERE kind = $1 AND id = $2", string(kind), id)
	d, err := scan(row)
	if errors.Is(err, sql.ErrNoRows) {
		return workspace.Document{}, told(kind, id, workspace.ErrNotFound)
	}
	if err != nil {
		return workspace.Document{}, t.fail(err)
	}
	return d, nil
}

// Children lists the documents of a kind that belong to a parent.
func (t *transaction) Children(kind workspace.Kind, parent string, page workspace.Page) ([]workspace.Document, error) {
	return t.list("parent", kind, parent, page)
}

// InState lists the documents of a kind that are in a state.
func (t *transaction) InState(kind workspace.Kind, state string, page workspace.Page) ([]workspace.Document, error) {
	return t.list("state", kind, state, page)
}

func (t *transaction) list(column string, kind workspace.Kind, value string, page workspace.Page) ([]workspace.Document, error) {
	if page.Limit < 1 || page.Limit > workspace.MostPage || !word(page.After) {
		return nil, fmt.Errorf("a page of %d after %q: %w", page.Limit, page.After, workspace.ErrLimit)
	}
	if !name(string(kind)) || !word(value) {
		return nil, nil
	}
	rows, err := t.tx.QueryContext(t.ctx, "SELECT "+columns+" FROM documents WHERE kind = $1 AND "+column+
		" = $2 AND id > $3 ORDER BY id LIMIT $4", string(kind), value, page.After, page.Limit)
	if err != nil {
		return nil, t.fail(err)
	}
	defer func() { _ = rows.Close() }()
	var found []workspace.Document
	for rows.Next() {
		d, err := scan(rows)
		if err != nil {
			return nil, t.fail(err)
		}
		found = append(found, d)
	}
	if err := rows.Err(); err != nil {
		return nil, t.fail(err)
	}
	return found, nil
}

func scan(row interface{ Scan(into ...any) error }) (d workspace.Document, err error) {
	var created, changed int64
	err = row.Scan(&d.Kind, &d.ID, &d.Parent, &d.State, &d.Revision, &created, &changed, &d.By, &d.Body)
	d.Created, d.Changed = time.UnixMicro(created).UTC(), time.UnixMicro(changed).UTC()
	return d, err
}

// Insert keeps a new document.
func (t *transaction) Insert(d workspace.Document) error {
	if err := limits(d); err != nil {
		return err
	}
	rows, err := t.exec("INSERT INTO documents ("+columns+") VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
		string(d.Kind), d.ID, d.Parent, d.State, d.Created.UnixMicro(), d.Changed.UnixMicro(), d.By, bytes(d.Body))
	if err == nil && rows == 0 {
		return told(d.Kind, d.ID, workspace.ErrExists)
	}
	return err
}

// Replace keeps another text of a document at its current revision.
func (t *transaction) Replace(d workspace.Document) (revision int64, err error) {
	if err := limits(d); err != nil {
		return 0, err
	}
	rows, err := t.exec("UPDATE documents SET state = $1, changed = $2, changed_by = $3, body = $4, revision = revision + 1"+
		" WHERE kind = $5 AND id = $6 AND revision = $7",
		d.State, d.Changed.UnixMicro(), d.By, bytes(d.Body), string(d.Kind), d.ID, d.Revision)
	if err != nil {
		return 0, err
	}
	if rows == 0 {
		return 0, t.missed(d.Kind, d.ID)
	}
	return d.Revision + 1, nil
}

// Delete removes a document at its current revision.
func (t *transaction) Delete(kind workspace.Kind, id string, revision int64) error {
	if !name(string(kind)) || !name(id) {
		return told(kind, id, workspace.ErrNotFound)
	}
	rows, err := t.exec("DELETE FROM documents WHERE kind = $1 AND id = $2 AND revision = $3", string(kind), id, revision)
	if err == nil && rows == 0 {
		return t.missed(kind, id)
	}
	return err
}

// missed tells a document that is not there from one at another revision.
func (t *transaction) missed(kind workspace.Kind, id string) error {
	if _, err := t.Document(kind, id); err != nil {
		return err
	}
	return told(kind, id, workspace.ErrStale)
}

// told says of which document an error is.
func told(kind workspace.Kind, id string, err error) error {
	return fmt.Errorf("%s %q: %w", kind, id, err)
}

// bytes is a body that is there, even when it is empty.
func bytes(body []byte) []byte {
	if body == nil {
		return []byte{}
	}
	return body
}
