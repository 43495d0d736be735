package access

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/workspace"
)

// factor is a second factor: a secret that an app shares, by which it shows a
// code for every half minute, and codes for when the app is lost.
type factor struct {
	Sealed []byte   `json:"sealed"` // the secret, for whoever has the server's key
	Last   int64    `json:"last"`   // the period of the last code that was used
	Spare  []string `json:"spare"`  // hashes of the codes that are left
}

const (
	spareCodes = 10
	spareBytes = 10 // 80 bits each: nobody tries them all
)

// passes reports whether a code is right, and uses it up.
func (d *Desk) passes(id string, a *account, given string) bool {
	given = strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(given))
	if at := slices.IndexFunc(a.Factor.Spare, func(hash string) bool { return same(hash, spareHash(given)) }); at >= 0 {
		a.Factor.Spare = slices.Delete(slices.Clone(a.Factor.Spare), at, at+1)
		return true
	}
	secret, err := d.unseal(id, a.Factor.Sealed)
	if err != nil {
		return false
	}
	period, ok := used(secret, given, d.Now(), a.Factor.Last)
	if ok {
		a.Factor.Last = period
	}
	return ok
}

func spareHash(code string) string {
	sum := sha256.Sum256([]byte("spare " + code))
	return hex.EncodeToString(sum[:])
}

// BeginFactor draws the secret of a second factor for whoever asks, who shows
// his password, and gives what an app reads from a picture. It counts once it
// was confirmed.
func (d *Desk) BeginFactor(ctx context.Context, by ledger.Origin, password string) (uri string, err error) {
	k, err := d.confirm(ctx, by, password)
	if err != nil {
		return "", err
	}
	secret := make([]byte, factorBytes)
	if _, err := io.ReadFull(d.Random, secret); err != nil {
		return "", err
	}
	sealed, err := d.seal(by.Who, secret)
	if err != nil {
		return "", err
	}
	err = d.Store.Write(ctx, func(w workspace.Writer) error {
		a, document, err := fetch[account](w, workspace.KindAccount, by.Who)
		if err != nil {
			return err
		}
		a.Pending = sealed
		return errors.Join(d.replace(w, by.Who, document, a), d.uncount(w, k, true))
	})
	if err != nil {
		return "", err
	}
	who, err := d.Account(ctx, by.Who)
	return factorURI(secret, who.Login), err
}

// ConfirmFactor makes the second factor count, with the first code that the app
// shows. It gives the codes for when the app is lost, which nobody sees again.
func (d *Desk) ConfirmFactor(ctx context.Context, by ledger.Origin, given string) ([]string, error) {
	codes, hashes, err := d.spares()
	if err != nil {
		return nil, err
	}
	err = d.changeOnly(ctx, by, ledger.Factor, by.Who, func(a *account) error {
		if len(a.Pending) == 0 {
			return ErrFactor
		}
		secret, err := d.unseal(by.Who, a.Pending)
		if err != nil {
			return err
		}
		period, ok := used(secret, given, d.Now(), 0)
		if !ok {
			return ErrCode
		}
		a.Factor, a.Pending, a.Rights = &factor{a.Pending, period, hashes}, nil, a.Rights+1
		return nil
	})
	if err != nil {
		return nil, err
	}
	return codes, nil
}

func (d *Desk) spares() (codes, hashes []string, err error) {
	random := make([]byte, spareBytes)
	for range spareCodes {
		if _, err := io.ReadFull(d.Random, random); err != nil {
			return nil, nil, err
		}
		text := base32Text.EncodeToString(random)
		hashes = append(hashes, spareHash(text))
		codes = append(codes, strings.Join([]string{text[:4], text[4:8], text[8:12], text[12:]}, "-"))
	}
	return codes, hashes, nil
}

// RemoveFactor takes the second factor of whoever asks away, who shows his
// password. An administrator does so for others with Reset.
func (d *Desk) RemoveFactor(ctx context.Context, by ledger.Origin, password string) error {
	k, err := d.confirm(ctx, by, password)
	if err != nil {
		return err
	}
	return d.Store.Write(ctx, func(w workspace.Writer) error {
		err := d.change(w, by, ledger.Factor, by.Who, func(a *account) error {
			a.Factor, a.Pending, a.Rights = nil, nil, a.Rights+1
			return nil
		})
		return errors.Join(err, d.uncount(w, k, true))
	})
}

var errSealed = errors.New("a sealed secret cannot be opened with the server's key")

func (d *Desk) sealer() (cipher.AEAD, error) {
	block, err := aes.NewCipher(d.derive("seal", ""))
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// seal hides a secret of an account from whoever has the documents alone.
func (d *Desk) seal(id string, secret []byte) ([]byte, error) {
	aead, err := d.sealer()
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, aead.NonceSize())
	if _, err := io.ReadFull(d.Random, nonce); err != nil {
		return nil, err
	}
	return aead.Seal(nonce, nonce, secret, []byte(id)), nil
}

func (d *Desk) unseal(id string, sealed []byte) ([]byte, error) {
	aead, err := d.sealer()
	if err != nil {
		return nil, err
	}
	if len(sealed) < aead.NonceSize() {
		return nil, errSealed
	}
	secret, err := aead.Open(nil, sealed[:aead.NonceSize()], sealed[aead.NonceSize():], []byte(id))
	if err != nil {
		return nil, errSealed
	}
	return secret, nil
}
