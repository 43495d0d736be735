package main

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/qala-city/qala/internal/ledger"
)

const auditVerifyHelp = `Read a log that qala audit export has written and tell whether it is as it was
written: the first line that was changed, removed, moved, put in or cut off is named. No server,
no database and no network is needed.

A log alone shows changes in it. That it was not written anew as a whole is shown by --key, the
public key that export told, and by --anchor, a checkpoint that was kept elsewhere.`

// verifyOrder is what the command line of qala audit verify says.
type verifyOrder struct{ keys, anchors []string }

func (h *house) auditVerifyCommand() *cobra.Command {
	var order verifyOrder
	cmd := &cobra.Command{
		Use:     "verify LOG.jsonl",
		Short:   "Tell whether an exported log is as it was written",
		Long:    auditVerifyHelp,
		Example: "  qala audit verify log.jsonl --anchor /media/stick/2026-11-26.json --key 3b6a27bc...",
		Args:    cobra.ExactArgs(1),
		RunE:    func(_ *cobra.Command, args []string) error { return h.verifyAudit(args[0], order) },
	}
	cmd.Flags().StringArrayVar(&order.keys, "key", nil, "a public key that may have signed the log's end; may be given several times")
	cmd.Flags().StringArrayVar(&order.anchors, "anchor", nil, "a file with a checkpoint of before; may be given several times")
	return cmd
}

func (o verifyOrder) trust() (ledger.Trust, error) {
	var trust ledger.Trust
	for _, text := range o.keys {
		key, err := ledger.ParseKey(text)
		if err != nil {
			return trust, usage(fmt.Errorf("--key: %w", err))
		}
		trust.Keys = append(trust.Keys, key)
	}
	for _, path := range o.anchors {
		anchor, err := readAnchor(path, trust.Keys)
		if err != nil {
			return trust, err
		}
		trust.Anchors = append(trust.Anchors, anchor)
	}
	return trust, nil
}

var errAnchor = errors.New("the checkpoint is not signed by one of the keys")

// readAnchor reads a checkpoint. Where keys are given one of them must have signed it.
func readAnchor(path string, keys []ed25519.PublicKey) (ledger.Checkpoint, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return ledger.Checkpoint{}, unwritten(err)
	}
	anchor, err := ledger.ParseCheckpoint(bytes.TrimSpace(text))
	if err == nil && len(keys) > 0 && !anchor.SignedBy(keys...) {
		err = errAnchor
	}
	if err != nil {
		return ledger.Checkpoint{}, rejected(fmt.Errorf("%s: %w", path, err))
	}
	return anchor, nil
}

// whyWords are the messages for what can be wrong with a log.
var whyWords = map[ledger.Why]string{
	ledger.NotForm:     "cli.audit.why.form",
	ledger.WasChanged:  "cli.audit.why.changed",
	ledger.OutOfOrder:  "cli.audit.why.order",
	ledger.NotNext:     "cli.audit.why.chain",
	ledger.WrongAside:  "cli.audit.why.aside",
	ledger.WasCut:      "cli.audit.why.cut",
	ledger.NotSigned:   "cli.audit.why.signature",
	ledger.Contradicts: "cli.audit.why.anchor",
}

func (h *house) verifyAudit(path string, order verifyOrder) error {
	trust, err := order.trust()
	if err != nil {
		return err
	}
	file, err := os.Open(path)
	if err != nil {
		return unwritten(err)
	}
	verdict, err := ledger.Verify(file, trust)
	if err = errors.Join(err, file.Close()); err != nil {
		return unwritten(err)
	}
	h.answer.Summary = map[string]any{
		"entries": verdict.Entries, "head": verdict.Head, "signed": verdict.Signed, "anchors": len(trust.Anchors), "fault": verdict.Fault,
	}
	if f := verdict.Fault; f != nil {
		return rejected(errors.New(h.words.Say("cli.audit.fault", map[string]any{
			"file": path, "line": f.Line, "number": f.Number, "why": h.words.Say(whyWords[f.Why], nil),
		})))
	}
	h.say("%s", h.words.Say("cli.audit.sound", map[string]any{"entries": h.words.Number(int(verdict.Entries)), "head": verdict.Head}))
	if !verdict.Signed {
		h.say("%s", h.words.Say("cli.audit.unsigned", nil))
	}
	return nil
}
