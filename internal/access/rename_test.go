package access

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/workspace"
)

// A name is one's own to change. It is not in the chain of the log, and goes with the person.
func TestRename(t *testing.T) {
	h, admin := begun(t)
	id := h.with(admin, "ben")
	self := ledger.Origin{Who: id, Address: from.Address}
	for _, name := range []string{"", " ", "a\nb", "a\u202eb", strings.Repeat("x", 101), "\xff"} {
		if err := h.Rename(t.Context(), self, name); !errors.Is(err, ErrName) {
			t.Errorf("%q: %v", name, err)
		}
	}
	if err := h.Rename(t.Context(), self, "Бен Каримов"); err != nil {
		t.Fatal(err)
	}
	if got, err := h.Account(t.Context(), id); err != nil || got.Name != "Бен Каримов" || got.Login != "ben" {
		t.Errorf("%+v %v", got, err)
	}
	entries, err := h.log.About(t.Context(), workspace.KindAccount, id, workspace.Page{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	if last := entries[len(entries)-1]; last.Verb != ledger.Change || last.Who != id || last.Aside == "" || strings.Contains(fmt.Sprint(last), "Каримов") {
		t.Errorf("%+v", last)
	}
	if err := h.EraseAccount(t.Context(), admin, id); err != nil {
		t.Fatal(err)
	}
	if err := h.Rename(t.Context(), self, "Somebody again"); !errors.Is(err, workspace.ErrNotFound) {
		t.Errorf("somebody who is erased: %v", err)
	}
	if verdict, err := h.log.Verify(t.Context(), ledger.Trust{}); err != nil || verdict.Fault != nil {
		t.Errorf("%+v %v", verdict, err)
	}
}
