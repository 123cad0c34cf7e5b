package postgres

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"slices"
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
			f.Class, f.Problem = dialect.Denied,
				fmt.Sprintf("the server does not let the role %q in: there is no such role, or pg_hba.conf has no line for it, for this host and for TLS or without", c.User)
		case "3D000": // invalid_catalog_name
			f.Class, f.Problem = dialect.Denied, fmt.Sprintf("there is no database %q; make it with CREATE DATABASE", c.Database)
		case "42501": // insufficient_privilege
			f.Class, f.Problem = dialect.Denied,
				fmt.Sprintf("the role %q may not connect to the database %q; GRANT it the right", c.User, c.Database)
		case "57P03": // cannot_connect_now
			f.Problem = "the server is starting or shutting down"
		}
		return f
	}
	f := dialect.Failure{Class: dialect.Lost, Code: lost}
	at := addresses(c)
	var unknown *net.DNSError
	var network net.Error
	switch {
	case errors.As(err, &unknown) && unknown.IsNotFound:
		f.Problem = fmt.Sprintf("the host %q is not known", unknown.Name)
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, fs.ErrNotExist):
		f.Problem = "no server listens at " + at
	case errors.As(err, &network) && network.Timeout():
		f.Problem = "no answer in time from " + at
	case unknown != nil:
		f.Problem = fmt.Sprintf("the host %q cannot be looked up just now", unknown.Name)
	case c.TLSConfig != nil && (isTLS(err) || !errors.As(err, &network)):
		f.Problem = "TLS cannot be agreed on with " + at + "; see sslmode and sslrootcert in the DSN"
	default:
		f.Problem = "no connection to " + at
	}
	return f
}

// isTLS reports whether an error is one of TLS, some of which come as errors of the network.
func isTLS(err error) bool {
	_, alert := errors.AsType[tls.AlertError](err)
	_, record := errors.AsType[tls.RecordHeaderError](err)
	_, certificate := errors.AsType[*tls.CertificateVerificationError](err)
	return alert || record || certificate
}

// addresses are where a server was looked for: a DSN may name several hosts.
func addresses(c *pgconn.Config) string {
	all := []string{}
	add := func(host string, port uint16) {
		at := fmt.Sprintf("%s port %d", host, port)
		if strings.HasPrefix(host, "/") {
			at = fmt.Sprintf("the socket of port %d in %s", port, host)
		}
		if !slices.Contains(all, at) {
			all = append(all, at)
		}
	}
	add(c.Host, c.Port)
	for _, other := range c.Fallbacks {
		add(other.Host, other.Port)
	}
	return strings.Join(all, " or ")
}
