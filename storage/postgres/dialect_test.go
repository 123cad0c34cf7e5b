package postgres_test

import (
	"fmt"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/getklar/influencercrm/storage/internal/dialect"
	"github.com/getklar/influencercrm/storage/postgres"
)

func TestClassify(t *testing.T) {
	t.Parallel()
	const foreign = `insert or update on table "crm_cooperations_102168" violates foreign key constraint `
	for _, test := range []struct {
		err  error
		want dialect.Failure
	}{
		{&pgconn.PgError{Code: "40001"}, dialect.Failure{Class: dialect.Retry, Refused: true}},
		{&pgconn.PgError{Code: "40P01"}, dialect.Failure{Class: dialect.Retry, Refused: true}},
		{&pgconn.PgError{Code: "23514"}, dialect.Failure{Class: dialect.Other, Refused: true}},
		{&pgconn.PgError{Code: "23505", Message: `… unique constraint "crm_x_fk"`}, dialect.Failure{Class: dialect.Unique, Refused: true}},
		{&pgconn.PgError{Code: "23503", ConstraintName: "crm_cooperations_campaign_fk", Message: foreign + `"crm_other_fk"`},
			dialect.Failure{Class: dialect.Reference, Constraint: "crm_cooperations_campaign_fk", Refused: true}},
		{&pgconn.PgError{Code: "23503", Message: foreign + `"crm_cooperations_campaign_fk_102168"`},
			dialect.Failure{Class: dialect.Reference, Constraint: "crm_cooperations_campaign_fk", Refused: true}},
		{&pgconn.PgError{Code: "23503",
			Message: `« a_fk_cooperations_102168 » viola la contrainte « a_fk_cooperations_influencer_fk_102168 »`},
			dialect.Failure{Class: dialect.Reference, Constraint: "a_fk_cooperations_influencer_fk", Refused: true}},
		{&pgconn.PgError{Code: "23503", Message: "no name"}, dialect.Failure{Class: dialect.Reference, Refused: true}},
		{&pgconn.PgError{Code: "XX000", Message: foreign + `"crm_cooperations_campaign_fk_102168"`}, dialect.Failure{Class: dialect.Other}},
		{&pgconn.PgError{Code: "53100"}, dialect.Failure{Class: dialect.Other}},
		{&pgconn.PgError{Code: "53300"}, dialect.Failure{Class: dialect.Retry}},
		{&pgconn.PgError{Code: "57P01"}, dialect.Failure{Class: dialect.Lost}},
		{&pgconn.PgError{Code: "08006"}, dialect.Failure{Class: dialect.Lost}},
		{&pgconn.PgError{}, dialect.Failure{Class: dialect.Other}},
		{io.ErrUnexpectedEOF, dialect.Failure{Class: dialect.Lost, Code: "lost"}},
		{pgx.ErrTxCommitRollback, dialect.Failure{Class: dialect.Other, Code: "rollback", Refused: true}},
		{io.ErrNoProgress, dialect.Failure{Class: dialect.Other, Code: "none"}},
	} {
		if failure, ok := test.err.(*pgconn.PgError); ok {
			test.want.Code = failure.Code
		}
		if d := cmp.Diff(test.want, postgres.Classify(fmt.Errorf("wrapped: %w", test.err))); d != "" {
			t.Errorf("%#v (-want +got):\n%s", test.err, d)
		}
	}
}
