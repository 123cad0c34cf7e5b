package postgres

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/getklar/influencercrm/storage/internal/dialect"
)

// unconnected is the failure of a connection that could not be made. Its problem names host, role and database, which are
// no secrets, and never the password.
func unconnected(err *pgconn.ConnectError) dialect.Failure {
	c := err.Config
	var answer *pgconn.PgError
	if errors.As(err, &answer) {
		f := dialect.Failure{Class: classOf(answer.Code), Code: answer.Code}
		switch answer.Code {
		case "28P01": // invalid_password
			f.Class, f.Problem = dialect.Denied, fmt.Sprintf("the server does not take the password of the role %q, or has no such role", c.User)
		case "28000": // invalid_authorization_specification
			f.Class, f.Problem = dialect.Denied, fmt.Sprintf("the server does not let the role %q in: there is no such role, or pg_hba.conf has no line for it, for this host and for TLS or without", c.User)
		case "3D000": // invalid_catalog_name
			f.Class, f.Problem = dialect.Denied, fmt.Sprintf("there is no database %q; make it with CREATE DATABASE", c.Database)
		case "42501": // insufficient_privilege
			f.Class, f.Problem = dialect.Denied, fmt.Sprintf("the role %q may not connect to the database %q; GRANT it the right", c.User, c.Database)
		case "57P03": // cannot_connect_now
			f.Problem = "the server is starting or shutting down"
		}
		return f
	}
	f := dialect.Failure{Class: dialect.Lost, Code: lost}
	at := fmt.Sprintf("%s port %d", c.Host, c.Port)
	if strings.HasPrefix(c.Host, "/") {
		at = "the socket of port " + fmt.Sprint(c.Port) + " in " + c.Host
	}
	var unknown *net.DNSError
	var network net.Error
	switch {
	case errors.As(err, &unknown):
		f.Problem = fmt.Sprintf("the host %q is not known", unknown.Name)
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, fs.ErrNotExist):
		f.Problem = "no server listens at " + at
	case errors.As(err, &network) && network.Timeout():
		f.Problem = "no answer in time from " + at
	case c.TLSConfig != nil && !errors.As(err, &network):
		f.Problem = "TLS cannot be agreed on with " + at + "; see sslmode and sslrootcert in the DSN"
	default:
		f.Problem = "no connection to " + at
	}
	return f
}
