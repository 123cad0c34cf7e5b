package sqlite

import (
	"context"
	"database/sql"
	"errors"
)

// Pools opens the two pools of a host that owns them, for New and for tables of its own: one of a single connection to
// write and one to read, on the file at a path or at a DSN as Open takes it. The file is created; its folder must exist.
// The host closes both after the store.
func Pools(ctx context.Context, path string) (writer, readers *sql.DB, err error) {
	source, err := parseSource(path)
	if err != nil {
		return nil, nil, err
	}
	options, err := (*Options)(nil).orDefaults()
	if err != nil {
		return nil, nil, err
	}
	if writer, readers, err = source.pools(options); err != nil {
		return nil, nil, err
	}
	// The writer creates the file, without which the readers find nothing.
	if err := patiently(ctx, options.BusyTimeout, writer.PingContext); err != nil {
		return nil, nil, errors.Join(source.failed(options.Logger, err), readers.Close(), writer.Close())
	}
	return writer, readers, nil
}

// pools opens both pools, whose connections are made when they are used.
func (s source) pools(o Options) (writer, readers *sql.DB, err error) {
	if writer, err = sql.Open(driverName, s.writer()); err != nil {
		return nil, nil, s.failed(o.Logger, err)
	}
	if readers, err = sql.Open(driverName, s.reader()); err != nil {
		return nil, nil, errors.Join(s.failed(o.Logger, err), writer.Close())
	}
	writer.SetMaxOpenConns(1)
	readers.SetMaxOpenConns(o.Readers)
	readers.SetMaxIdleConns(o.Readers)
	return writer, readers, nil
}
