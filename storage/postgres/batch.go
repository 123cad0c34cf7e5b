package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/getklar/influencercrm/storage/internal/dialect"
)

// onPgx calls fn with the connection of pgx that stands behind one of database/sql, and reports false if that is of
// another driver, such as one that a host has put around pgx.
func onPgx(conn *sql.Conn, fn func(*pgx.Conn) error) (is bool, err error) {
	err = conn.Raw(func(driver any) error {
		c, ok := driver.(*stdlib.Conn)
		if is = ok; ok {
			return fn(c.Conn())
		}
		return nil
	})
	return is, err
}

// sendBatch is a dialect.Batch: the queries go in one message, and so in one round trip.
func sendBatch(ctx context.Context, conn *sql.Conn, queries []*dialect.Query) (sent bool, done int, err error) {
	sent, err = onPgx(conn, func(c *pgx.Conn) error {
		if len(queries) == 0 {
			return nil
		}
		batch := &pgx.Batch{}
		for _, q := range queries {
			batch.Queue(q.Text, q.Args...)
		}
		results := c.SendBatch(ctx, batch)
		for _, q := range queries {
			if err := readResult(results, q); err != nil {
				return errors.Join(err, results.Close())
			}
			done++
		}
		return results.Close()
	})
	return sent, done, err
}

func readResult(results pgx.BatchResults, q *dialect.Query) error {
	if !q.ReadsRows() {
		tag, err := results.Exec()
		if err == nil && q.Text == "COMMIT" && tag.String() == "ROLLBACK" {
			err = pgx.ErrTxCommitRollback
		}
		q.Count = tag.RowsAffected()
		return err
	}
	rows, err := results.Query()
	if err != nil {
		return err
	}
	defer rows.Close()
	return q.Read(rows)
}

// copyRows is dialect.Copy by COPY.
func copyRows(ctx context.Context, conn *sql.Conn, table string, columns []string, rows [][]any) (sent bool, err error) {
	ids := make([]bool, len(columns))
	for n, column := range columns {
		ids[n] = columnType(column) == "uuid"
	}
	next := make([]any, len(columns))
	return onPgx(conn, func(c *pgx.Conn) error {
		_, err := c.CopyFrom(ctx, strings.Split(table, "."), columns, pgx.CopyFromSlice(len(rows), func(i int) ([]any, error) {
			for n, value := range rows[i] {
				if next[n] = value; ids[n] {
					if next[n], err = binaryID(value); err != nil {
						return nil, err
					}
				}
			}
			return next, nil
		}))
		return err
	})
}

// binaryID is an id as COPY takes it, which has no texts for columns of this type.
func binaryID(value any) (id pgtype.UUID, err error) {
	switch v := value.(type) {
	case string:
		err = id.Scan(v)
	case sql.NullString:
		if v.Valid {
			err = id.Scan(v.String)
		}
	default:
		err = fmt.Errorf("a %T is no id", value)
	}
	return id, err
}
