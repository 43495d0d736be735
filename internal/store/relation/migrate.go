package relation

import (
	"context"
	"fmt"

	"github.com/pressly/goose/v3"
)

// migrate brings the database to the version of this program, step by step;
// every step is there whole, with its number, or not at all.
func (s *Store) migrate(ctx context.Context) error {
	release, err := s.dialect.Alone(ctx)
	if err != nil {
		return err
	}
	defer release()
	steps, err := goose.NewProvider(s.dialect.Name, s.writers, s.dialect.Migrations,
		goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return err
	}
	has, knows, err := steps.GetVersions(ctx)
	if err != nil {
		return err
	}
	if has > knows {
		return fmt.Errorf("%w: it has version %d, this one knows %d", ErrNewer, has, knows)
	}
	_, err = steps.Up(ctx)
	return err
}
