package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/access"
	"github.com/getklar/influencercrm/examples/server/database"
)

const tokenUsage = "use: server token create -name NAME [-scope read|write|admin] [-workspace ID,…] [-days 365], " +
	"server token list, or server token revoke ID; each with -db"

// tokenCommand makes, lists and revokes tokens in the database of a server, which may run meanwhile.
func tokenCommand(ctx context.Context, args []string, env func(string) (string, bool), out, errOut io.Writer) error {
	if len(args) == 0 {
		return errors.New(tokenUsage)
	}
	switch args[0] {
	case "create":
		return createToken(ctx, args[1:], env, out, errOut)
	case "list":
		return listTokens(ctx, args[1:], env, out, errOut)
	case "revoke":
		return revokeToken(ctx, args[1:], env, out, errOut)
	case "-h", "-help", "--help", "help":
		_, err := fmt.Fprintln(out, tokenUsage)
		return err
	}
	return fmt.Errorf("%q is no command for tokens; %s", args[0], tokenUsage)
}

func createToken(ctx context.Context, args []string, env func(string) (string, bool), out, errOut io.Writer) error {
	var db, name, scope string
	var workspaces list
	var days int
	flags := flag.NewFlagSet("server token create", flag.ContinueOnError)
	defineDB(flags, &db)
	flags.StringVar(&name, "name", "", "who acts with it: a `name` for the log of changes")
	flags.StringVar(&scope, "scope", "read",
		"what it may do: read, write or admin, each with what those before it may; workspaces and tokens are made and deleted by admin alone")
	flags.Var(&workspaces, "workspace", "the `id` of the only workspace that it is for; several with commas between; all without it")
	flags.IntVar(&days, "days", 365, "after how many `days` it expires; 0 for never")
	if err := noMore(parseFlags(flags, args, env, errOut)); err != nil {
		return err
	}
	order := access.Order{Name: name}
	var badScope error
	order.Scope, badScope = access.ParseScope(scope)
	bad := []error{badScope}
	for _, text := range workspaces {
		ws, err := crm.ParseID[crm.Workspace](text)
		order.Workspaces, bad = append(order.Workspaces, ws), append(bad, err)
	}
	if days < 0 || days > 36_500 {
		bad = append(bad, fmt.Errorf("-days %d: must be between 0 and 36500", days))
	}
	if err := errors.Join(bad...); err != nil {
		return err
	}
	if days > 0 {
		order.ExpiresAt = time.Now().AddDate(0, 0, days)
	}
	return withTokens(ctx, db, func(tokens *access.Tokens) error {
		issued, err := tokens.Create(ctx, order)
		if err != nil {
			return err
		}
		// Standard output has the token alone, for TOKEN=$(server token create …).
		_, _ = fmt.Fprintf(errOut, "This is the token %s. It is shown this once: it is not stored, only its hash.\n", issued.ID)
		if order.Scope != access.Admin {
			_, _ = fmt.Fprintln(errOut, "It makes no workspace. Where there is none yet, make one with a token of -scope admin.")
		}
		_, err = fmt.Fprintln(out, issued.Secret)
		return err
	})
}

func listTokens(ctx context.Context, args []string, env func(string) (string, bool), out, errOut io.Writer) error {
	var db string
	flags := flag.NewFlagSet("server token list", flag.ContinueOnError)
	defineDB(flags, &db)
	if err := noMore(parseFlags(flags, args, env, errOut)); err != nil {
		return err
	}
	return withTokens(ctx, db, func(tokens *access.Tokens) error {
		w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
		_, _ = fmt.Fprintln(w, "ID\tNAME\tSCOPE\tWORKSPACES\tMADE\tEXPIRES\tREVOKED") // Flush returns its errors
		for after := uuid.Nil; ; {
			page, err := tokens.List(ctx, after, crm.MaxPageSize)
			if err != nil {
				return err
			}
			for _, t := range page {
				_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n",
					t.ID, t.Name, t.Scope, only(t.Workspaces), day(t.CreatedAt), day(t.ExpiresAt), day(t.RevokedAt))
				after = t.ID
			}
			if len(page) < crm.MaxPageSize {
				return w.Flush()
			}
		}
	})
}

func revokeToken(ctx context.Context, args []string, env func(string) (string, bool), out, errOut io.Writer) error {
	var db string
	flags := flag.NewFlagSet("server token revoke", flag.ContinueOnError)
	defineDB(flags, &db)
	rest, err := parseFlags(flags, args, env, errOut)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return errors.New(tokenUsage)
	}
	id, err := uuid.Parse(rest[0])
	if err != nil {
		return fmt.Errorf("%q is no id of a token; `server token list` shows them", rest[0])
	}
	return withTokens(ctx, db, func(tokens *access.Tokens) error {
		if err := tokens.Revoke(ctx, id); err != nil {
			return err
		}
		_, err := fmt.Fprintf(out, "The token %s is revoked. A server that runs takes it for five more seconds at most.\n", id)
		return err
	})
}

// noMore refuses arguments behind the flags.
func noMore(rest []string, err error) error {
	if err == nil && len(rest) > 0 {
		err = fmt.Errorf("%q is no option; see -help", rest[0])
	}
	return err
}

// withTokens opens the tokens of a database.
func withTokens(ctx context.Context, dsn string, do func(*access.Tokens) error) (err error) {
	db, err := database.Open(ctx, dsn, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return do(access.NewTokens(db.State, crm.New(db.Store, nil)))
}

func only(workspaces []crm.WorkspaceID) string {
	if len(workspaces) == 0 {
		return "all"
	}
	names := make([]string, len(workspaces))
	for n, ws := range workspaces {
		names[n] = ws.String()
	}
	return strings.Join(names, ",")
}

func day(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.Format(time.DateOnly)
}
