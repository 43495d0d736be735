package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/qala-city/qala/internal/workspace"
)

// done is a document that a request made, which its key remembers.
type done struct {
	Request string         `json:"request"`
	Kind    workspace.Kind `json:"kind"`
	ID      string         `json:"id"`
}

// once makes a document in one transaction, unless the key of the request has
// made it before: then again is true. make gives the document's id.
func (d *Desk) once(ctx context.Context, by By, kind workspace.Kind, make func(w workspace.Writer) (id string, err error)) (id string, again bool, err error) {
	err = d.Store.Write(ctx, func(w workspace.Writer) error {
		id, again = "", false
		before, err := d.before(w, by)
		switch {
		case err != nil:
			return err
		case before != nil && before.Request != by.Request:
			return ErrKeyReused
		case before != nil:
			id, again = before.ID, true
			return nil
		}
		if id, err = make(w); err != nil || by.Key == "" {
			return err
		}
		return d.insert(w, by, workspace.Document{Kind: workspace.KindReply, ID: by.Who + "/" + by.Key}, done{by.Request, kind, id})
	})
	return id, again, err
}

// before is what the key of a request has made; nil for nothing.
func (d *Desk) before(r workspace.Reader, by By) (*done, error) {
	if by.Key == "" {
		return nil, nil
	}
	document, err := r.Document(workspace.KindReply, by.Who+"/"+by.Key)
	if errors.Is(err, workspace.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var made done
	return &made, decode(document, &made)
}

// insert keeps a new document with a body.
func (d *Desk) insert(w workspace.Writer, by By, document workspace.Document, body any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	now := workspace.Now(d.Now())
	document.Created, document.Changed, document.By, document.Body = now, now, by.Who, data
	return w.Insert(document)
}

// replace keeps another body of a document that was read in the same transaction.
func (d *Desk) replace(w workspace.Writer, by By, document workspace.Document, body any) (int64, error) {
	data, err := json.Marshal(body)
	if err != nil {
		return 0, err
	}
	document.Changed, document.By, document.Body = workspace.Now(d.Now()), by.Who, data
	return w.Replace(document)
}

// Item is a document with its body.
type Item[T any] struct {
	workspace.Document
	Content T
}

func decode(document workspace.Document, body any) error {
	if err := json.Unmarshal(document.Body, body); err != nil {
		return fmt.Errorf("reading %s %s: %w", document.Kind, document.ID, err)
	}
	return nil
}

// fetch is a document with its body, as a reader sees it.
func fetch[T any](r workspace.Reader, kind workspace.Kind, id string) (Item[T], error) {
	document, err := r.Document(kind, id)
	item := Item[T]{Document: document}
	if err != nil {
		return item, err
	}
	return item, decode(document, &item.Content)
}

// get is a document with its body.
func get[T any](ctx context.Context, d *Desk, kind workspace.Kind, id string) (Item[T], error) {
	var item Item[T]
	err := d.Store.Read(ctx, func(r workspace.Reader) (err error) {
		item, err = fetch[T](r, kind, id)
		return err
	})
	return item, err
}

// list is a page of the documents that belong to a parent.
func list[T any](ctx context.Context, d *Desk, kind workspace.Kind, parent string, page workspace.Page) ([]Item[T], error) {
	var items []Item[T]
	err := d.Store.Read(ctx, func(r workspace.Reader) error {
		items = nil
		documents, err := r.Children(kind, parent, page)
		if err != nil {
			return err
		}
		for _, document := range documents {
			item := Item[T]{Document: document}
			if err := decode(document, &item.Content); err != nil {
				return err
			}
			items = append(items, item)
		}
		return nil
	})
	return items, err
}

// change changes the body of a document at a revision (0: whichever is current).
func change[T any](ctx context.Context, d *Desk, by By, kind workspace.Kind, id string, revision int64, to func(w workspace.Writer, body *T) error) (Item[T], error) {
	var item Item[T]
	err := d.Store.Write(ctx, func(w workspace.Writer) (err error) {
		if item, err = fetch[T](w, kind, id); err != nil {
			return err
		}
		if revision != 0 && revision != item.Revision {
			return workspace.ErrStale
		}
		if err = to(w, &item.Content); err != nil {
			return err
		}
		item.Revision, err = d.replace(w, by, item.Document, item.Content)
		return err
	})
	if err != nil {
		return item, err
	}
	return get[T](ctx, d, kind, id)
}

// remove deletes a document that nothing belongs to.
func (d *Desk) remove(ctx context.Context, kind workspace.Kind, id string, revision int64, children ...workspace.Kind) error {
	return d.Store.Write(ctx, func(w workspace.Writer) error {
		document, err := w.Document(kind, id)
		if err != nil {
			return err
		}
		for _, child := range children {
			below, err := w.Children(child, id, workspace.Page{Limit: 1})
			if err != nil {
				return err
			}
			if len(below) > 0 {
				return fmt.Errorf("%s %s: %w: %s %s", kind, id, ErrInUse, child, below[0].ID)
			}
		}
		if revision == 0 {
			revision = document.Revision
		}
		return w.Delete(kind, id, revision)
	})
}
